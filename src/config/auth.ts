/** How tokens are verified, as an operator says it. The keys are used by `http/auth.ts`. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretBytesMin } from '../limits.ts'
import type { EnvironmentReader } from './environment.ts'

export interface AuthConfig {
  /** signs and verifies */
  readonly secret?: string
  /** verifies alone: tokens that were signed before the secret was changed */
  readonly previousSecret?: string
  readonly jwksUrl?: string
  readonly issuer?: string
  readonly audience?: string
  /** the claim of the tenant, and that of the roles: a name, or names joined by dots */
  readonly tenantClaim: string
  readonly rolesClaim: string
}

/** Where the embedded default keeps the secret that signs tokens. */
export function localSecretPath(dataDir: string): string {
  return join(dataDir, 'auth-secret')
}

/** `isEmbedded`: without a configured database a local secret takes the place of a configured one. */
export function readAuth(
  read: EnvironmentReader,
  dataDir: string,
  isEmbedded: boolean,
): AuthConfig {
  const given = read.secret('AUTH_SECRET')
  const previous = read.secret('AUTH_SECRET_PREVIOUS')
  const jwksUrl = read.url('AUTH_JWKS_URL', ['https:', 'http:'])
  const secret = given ?? (isEmbedded ? readLocalSecret(read, dataDir) : undefined)
  if (jwksUrl !== undefined && (given ?? previous) !== undefined) {
    const name = given === undefined ? 'AUTH_SECRET_PREVIOUS' : 'AUTH_SECRET'
    read.fault(`${name} and AUTH_JWKS_URL are both set: keep one of them`)
  } else if (previous !== undefined && given === undefined) {
    read.fault('AUTH_SECRET_PREVIOUS is set without AUTH_SECRET: set the new secret, too')
  }
  refuseShort(read, 'AUTH_SECRET', secret)
  refuseShort(read, 'AUTH_SECRET_PREVIOUS', previous)
  if (!isEmbedded && secret === undefined && jwksUrl === undefined) {
    read.fault('AUTH_SECRET or AUTH_JWKS_URL must be set when DATABASE_URL is set')
  }
  const usesSecret = jwksUrl === undefined
  return Object.freeze({
    ...(usesSecret && secret !== undefined && { secret }),
    ...(usesSecret && previous !== undefined && { previousSecret: previous }),
    jwksUrl,
    issuer: read.text('AUTH_ISSUER'),
    audience: read.text('AUTH_AUDIENCE'),
    tenantClaim: readClaim(read, 'AUTH_TENANT_CLAIM', 'tenant'),
    rolesClaim: readClaim(read, 'AUTH_ROLES_CLAIM', 'roles'),
  })
}

function readClaim(read: EnvironmentReader, name: string, fallback: string): string {
  const isPath = (text: string) => text.split('.').every(part => part.trim() !== '')
  return read.accepted(name, isPath, fallback, 'the name of a claim, or a path as a.b')
}

function refuseShort(read: EnvironmentReader, name: string, secret: string | undefined): void {
  if (secret === undefined || Buffer.byteLength(secret) >= secretBytesMin) return
  read.fault(`${name} is shorter than ${secretBytesMin} bytes: use a longer random text`)
}

function readLocalSecret(read: EnvironmentReader, dataDir: string): string | undefined {
  const path = localSecretPath(dataDir)
  if (!existsSync(path)) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    read.fault(
      `DATA_DIR holds ${path}, which cannot be read (${code}): run as the user it belongs to, or use another folder`,
    )
    return undefined
  }
}
