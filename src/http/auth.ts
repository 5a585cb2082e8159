/**
 * Verifies a bearer JWT (RFC 7519, RFC 8725) and reads its claims into a `Caller`. It never looks at the
 * route; `access.ts` judges roles.
 */
import { createHash } from 'node:crypto'
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
  /** the key that was in use before: tokens signed with it stay good until they expire */
  readonly previousSecret?: string
  /** address of a JSON Web Key Set with public keys; either this or `secret` */
  readonly jwksUrl?: string
  /** required claim `iss` */
  readonly issuer?: string
  /** required in claim `aud` */
  readonly audience?: string
  /** a claim by its name, or by names joined by dots where claims hold claims */
  readonly tenantClaim?: string
  readonly rolesClaim?: string
}

export const defaultClaims = { tenant: 'tenant', roles: 'roles' } as const

export interface TokenVerifier {
  /** Gives the caller. Throws `token-invalid` with a reason, or `service-unavailable` when it cannot fetch the key set. */
  verify(token: string): Promise<Caller>
}

/** Only algorithms with public keys: otherwise an attacker could use a public key as a shared secret (RFC 8725 §2.1). */
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

/** Imports and events store the subject of their caller, so it must be one line of text. */
const subjectPattern = /^[^\p{Cc}\p{Cs}]{1,255}$/u

/** Makes a verifier. Throws a TypeError when neither or both of `secret` and `jwksUrl` are given, or a secret is too short. */
export function createVerifier(options: VerifierOptions): TokenVerifier {
  const verifySignature = chooseKey(options)
  const claims: JWTVerifyOptions = {
    requiredClaims: ['exp'],
    clockTolerance: tokenClockToleranceSeconds,
    ...(options.issuer !== undefined && { issuer: options.issuer }),
    ...(options.audience !== undefined && { audience: options.audience }),
  }
  const { tenantClaim = defaultClaims.tenant, rolesClaim = defaultClaims.roles } = options
  return {
    async verify(token) {
      if (token.length > tokenCharactersMax) throw invalid('it is too long')
      const payload = await verifySignature(token, claims).catch(rejectToken)
      const tokenId = identify(token)
      return readCaller(payload, { tenantClaim, rolesClaim, tokenId })
    },
  }
}

type VerifySignature = (token: string, claims: JWTVerifyOptions) => Promise<JWTPayload>

function chooseKey({ secret, previousSecret, jwksUrl }: VerifierOptions): VerifySignature {
  if ((secret === undefined) === (jwksUrl === undefined)) {
    throw new TypeError('token verification needs either a secret or a JWKS URL')
  }
  if (secret !== undefined) {
    const keys = [secret, previousSecret].filter(key => key !== undefined).map(encodeSecret)
    return (token, claims) => verifyByAny(keys, token, { ...claims, algorithms: ['HS256'] })
  }
  const keys = createRemoteJWKSet(new URL(jwksUrl!))
  return async (token, claims) =>
    (await jwtVerify(token, keys, { ...claims, algorithms: asymmetricAlgorithms })).payload
}

/** Verifies with the first key that made the signature. Throws the fault of the last key when none made it. */
async function verifyByAny(
  keys: readonly Uint8Array[],
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  const [key, ...others] = keys
  try {
    return (await jwtVerify(token, key!, options)).payload
  } catch (fault) {
    const isOfAnotherKey = fault instanceof errors.JWSSignatureVerificationFailed
    if (!isOfAnotherKey || others.length === 0) throw fault
    return verifyByAny(others, token, options)
  }
}

/** The bytes of a shared secret; throws when it is shorter than HS256 allows. */
export function encodeSecret(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret)
  if (key.length < secretBytesMin) {
    throw new TypeError(`the token secret needs at least ${secretBytesMin} bytes`)
  }
  return key
}

/** Reasons for the person who issues tokens, by the class of the fault. No reason quotes the value of a claim. */
const faultsOfTheToken: readonly (readonly [kind: ErrorClass, reason: string])[] = [
  [errors.JWTExpired, 'it has expired'],
  [errors.JWSSignatureVerificationFailed, 'its signature was made by another key'],
  [errors.JOSEAlgNotAllowed, 'its algorithm is not accepted here'],
  [errors.JWKSNoMatchingKey, 'the key set has no key for it'],
  [errors.JWKSMultipleMatchingKeys, 'the key set has several keys for it: name one by kid'],
  [errors.JWSInvalid, 'it is no signed token'],
  [errors.JWTInvalid, 'its claims are no JSON object'],
  [errors.JOSENotSupported, 'its algorithm or key is not supported'],
]

type ErrorClass = abstract new (...parts: never[]) => Error

function invalid(reason: string, cause?: unknown): AppError {
  return new AppError('token-invalid', { reason }, { cause })
}

/** Throws the answer to a fault. Every fault that is not the token's is the key set's: no answer, or one without keys. */
function rejectToken(cause: unknown): never {
  if (cause instanceof errors.JWTClaimValidationFailed) throw invalid(describeClaim(cause), cause)
  const [, reason] = faultsOfTheToken.find(([kind]) => cause instanceof kind) ?? []
  if (reason !== undefined) throw invalid(reason, cause)
  throw new AppError('service-unavailable', {}, { cause })
}

/** The reason for a wrong claim. The service itself requires the claim, so its name reveals nothing of the token. */
function describeClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (claim === 'nbf') return 'it is not valid yet'
  if (reason === 'missing') return `it has no claim "${claim}"`
  return `its claim "${claim}" is not as expected here`
}

interface Reading {
  readonly tenantClaim: string
  readonly rolesClaim: string
  readonly tokenId: string
}

function readCaller(payload: JWTPayload, reading: Reading): Caller {
  const { tenantClaim, rolesClaim, tokenId } = reading
  const { sub, exp } = payload
  if (typeof sub !== 'string' || !subjectPattern.test(sub)) {
    throw invalid('its claim "sub" is missing, or is not one line of 1 to 255 characters')
  }
  const tenant = readClaim(payload, tenantClaim)
  if (typeof tenant !== 'string' || !tenantPattern.test(tenant)) {
    throw invalid(`its claim "${tenantClaim}" is missing, or is not 1 to 64 of A-Z, a-z, 0-9, _, -`)
  }
  const given = readClaim(payload, rolesClaim)
  if (!Array.isArray(given)) throw invalid(`its claim "${rolesClaim}" is missing, or is not a list`)
  return Object.freeze({
    tenantId: tenant,
    subject: sub,
    roles: Object.freeze(given.filter(isRole)),
    tokenId,
    expiresAt: exp ?? null,
  })
}

/** Reads a claim by its whole name first, because a name may contain dots (URLs do), and then by the name as a path. */
function readClaim(payload: JWTPayload, name: string): unknown {
  const whole = ownValue(payload, name)
  return whole === undefined ? name.split('.').reduce<unknown>(ownValue, payload) : whole
}

/** A member of the token itself. A value that every JavaScript object inherits is no claim. */
function ownValue(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
    return undefined
  return (holder as Record<string, unknown>)[name]
}

/** Hashes the signed part of a token. It leaves the signature out, because a holder can write the same one in several ways. */
function identify(token: string): string {
  const signed = token.slice(0, token.lastIndexOf('.'))
  return createHash('sha256').update(signed).digest('base64url')
}

function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value)
}
