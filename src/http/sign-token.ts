/** Signs tokens with the shared secret, for the command line, the demo and tests. The API never signs. */
import { SignJWT } from 'jose'
import type { Role } from '../contracts/caller.ts'
import { defaultClaims, encodeSecret } from './auth.ts'

export interface TokenRequest {
  readonly tenant: string
  readonly roles: readonly Role[]
  readonly subject: string
  readonly ttlSeconds: number
  readonly issuer?: string
  readonly audience?: string
  readonly tenantClaim?: string
  readonly rolesClaim?: string
}

/** Signs a token that `createVerifier` accepts with the same secret, issuer, audience and names of claims. */
export function signToken(secret: string, request: TokenRequest): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000)
  const { tenantClaim = defaultClaims.tenant, rolesClaim = defaultClaims.roles } = request
  const claims = {}
  setClaim(claims, tenantClaim, request.tenant)
  setClaim(claims, rolesClaim, [...request.roles])
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(request.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + request.ttlSeconds)
  if (request.issuer !== undefined) token.setIssuer(request.issuer)
  if (request.audience !== undefined) token.setAudience(request.audience)
  return token.sign(encodeSecret(secret))
}

/** Sets a claim. A name with dots is a path of claims within claims; two paths may share their beginning. */
function setClaim(claims: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop()!
  let at = claims
  for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>
  at[last] = value
}
