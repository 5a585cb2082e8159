/** Signs tokens with the shared secret, for the command line, the demo and tests. The API never signs. */
import { SignJWT } from 'jose'
import type { Role } from '../contracts/caller.ts'
import { encodeSecret } from './auth.ts'

export interface TokenRequest {
  readonly tenant: string
  readonly roles: readonly Role[]
  readonly subject: string
  readonly ttlSeconds: number
  readonly issuer?: string
  readonly audience?: string
}

/** A token as `createVerifier` takes it with the same secret, issuer and audience. */
export function signToken(secret: string, request: TokenRequest): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000)
  const token = new SignJWT({ tenant: request.tenant, roles: [...request.roles] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(request.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + request.ttlSeconds)
  if (request.issuer !== undefined) token.setIssuer(request.issuer)
  if (request.audience !== undefined) token.setAudience(request.audience)
  return token.sign(encodeSecret(secret))
}
