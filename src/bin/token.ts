/**
 * Prints a token signed with the secret in force: `npm run -s token -- --tenant acme --role manager`. For trying the
 * API and for services without an identity provider; with `AUTH_JWKS_URL` that provider issues tokens.
 */
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig, processEnvironment } from '../config.ts'
import { type Role, roles } from '../contracts/caller.ts'
import { signToken, type TokenRequest } from '../http/sign-token.ts'
import { tenantPattern } from '../limits.ts'

const usage =
  'usage: npm run -s token -- --tenant acme --role manager [--role agent] [--sub anna] [--ttl 1h]'

class UsageError extends Error {}

const secondsByUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

function readTtl(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text)
  if (!match) throw new UsageError(`--ttl is "${text}": use a number with s, m, h or d, as 1h`)
  return Number(match[1]) * secondsByUnit[match[2]!]!
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

function readRequest(args: readonly string[]): TokenRequest {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tenant: { type: 'string' },
      role: { type: 'string', multiple: true },
      sub: { type: 'string', default: 'local' },
      ttl: { type: 'string', default: '1h' },
    },
  })
  const { tenant = '', role = [], sub, ttl } = values
  if (!tenantPattern.test(tenant)) {
    throw new UsageError(`--tenant must be 1 to 64 of A-Z, a-z, 0-9, _ and -\n${usage}`)
  }
  if (role.length === 0 || !role.every(isRole)) {
    throw new UsageError(`--role must be one of ${roles.join(', ')}\n${usage}`)
  }
  return { tenant, roles: role.filter(isRole), subject: sub, ttlSeconds: readTtl(ttl) }
}

/** The faults that a person at the terminal can correct, in one line each; anything else is a bug. */
function describeFault(error: unknown): string {
  if (error instanceof UsageError || error instanceof ConfigError) return error.message
  const { code, message } = error as Error & { code?: string }
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message}\n${usage}`
  throw error
}

try {
  const request = readRequest(process.argv.slice(2))
  const { auth } = loadConfig(processEnvironment())
  if (auth.secret === undefined) {
    throw new UsageError(
      auth.jwksUrl === undefined
        ? 'there is no secret yet: run npm start once, or set AUTH_SECRET'
        : 'AUTH_JWKS_URL is set: tokens come from its identity provider',
    )
  }
  const { secret, issuer, audience, tenantClaim, rolesClaim } = auth
  const names = { issuer, audience, tenantClaim, rolesClaim }
  console.log(await signToken(secret, { ...request, ...names }))
} catch (error) {
  console.error(describeFault(error))
  process.exitCode = 1
}
