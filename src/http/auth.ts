/**
 * Who calls: verifies a bearer JWT (RFC 7519, RFC 8725) and reads its claims into a `Caller`.
 * It never looks at what is asked for; roles are judged in `access.ts`.
 */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { type Caller, type Role, roles } from '../contracts/caller.ts'
import { AppError } from '../errors.ts'
import {
  secretBytesMin,
  tenantPattern,
  tokenCharactersMax,
  tokenClockToleranceSeconds,
} from '../limits.ts'

export interface VerifierOptions {
  /** key of HS256 tokens, at least `secretBytesMin` bytes */
  readonly secret?: string
  /** address of a JSON Web Key Set with public keys; either this or `secret` */
  readonly jwksUrl?: string
  /** required claim `iss` */
  readonly issuer?: string
  /** required in claim `aud` */
  readonly audience?: string
}

export interface TokenVerifier {
  /** Throws `token-invalid`; `service-unavailable` when the key set can not be fetched. */
  verify(token: string): Promise<Caller>
}

/** Public-key algorithms only: a public key must never be taken for a shared secret (RFC 8725 §2.1). */
const asymmetricAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

/** A subject is stored beside what it made; it is one line of text. */
const subjectPattern = /^[^\p{Cc}\p{Cs}]{1,255}$/u

/** Throws when neither or both keys are given, or the secret is too short to be one. */
export function createVerifier(options: VerifierOptions): TokenVerifier {
  const verifySignature = chooseKey(options)
  const claims: JWTVerifyOptions = {
    requiredClaims: ['exp'],
    clockTolerance: tokenClockToleranceSeconds,
    ...(options.issuer !== undefined && { issuer: options.issuer }),
    ...(options.audience !== undefined && { audience: options.audience }),
  }
  return {
    async verify(token) {
      if (token.length > tokenCharactersMax) throw new AppError('token-invalid')
      return readCaller(await verifySignature(token, claims).catch(rejectToken))
    },
  }
}

type VerifySignature = (token: string, claims: JWTVerifyOptions) => Promise<JWTPayload>

function chooseKey({ secret, jwksUrl }: VerifierOptions): VerifySignature {
  if ((secret === undefined) === (jwksUrl === undefined)) {
    throw new TypeError('token verification needs either a secret or a JWKS URL')
  }
  if (secret !== undefined) {
    const key = encodeSecret(secret)
    return async (token, claims) =>
      (await jwtVerify(token, key, { ...claims, algorithms: ['HS256'] })).payload
  }
  const keys = createRemoteJWKSet(new URL(jwksUrl!))
  return async (token, claims) =>
    (await jwtVerify(token, keys, { ...claims, algorithms: asymmetricAlgorithms })).payload
}

/** The bytes of a shared secret; throws when it is shorter than HS256 allows. */
export function encodeSecret(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret)
  if (key.length < secretBytesMin) {
    throw new TypeError(`the token secret needs at least ${secretBytesMin} bytes`)
  }
  return key
}

const faultsOfTheToken = [
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
]

/** Anything but a fault of the token is ours: the key set did not answer, or not with keys. */
function rejectToken(cause: unknown): never {
  const ofTheToken = faultsOfTheToken.some(fault => cause instanceof fault)
  throw new AppError(ofTheToken ? 'token-invalid' : 'service-unavailable', {}, { cause })
}

function readCaller(payload: JWTPayload): Caller {
  const { sub, tenant, roles: given, exp } = payload
  if (typeof sub !== 'string' || !subjectPattern.test(sub)) throw new AppError('token-invalid')
  if (typeof tenant !== 'string' || !tenantPattern.test(tenant)) throw new AppError('token-invalid')
  if (!Array.isArray(given)) throw new AppError('token-invalid')
  return Object.freeze({
    tenantId: tenant,
    subject: sub,
    roles: Object.freeze(given.filter(isRole)),
    expiresAt: exp ?? null,
  })
}

function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value)
}
