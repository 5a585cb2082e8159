/**
 * Lets callers in by their roles. Every route below `/v1` names the roles that may call it; a route that names
 * none does not register. `auth.ts` verifies tokens.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Caller, Role } from '../contracts/caller.ts'
import { AppError } from '../errors.ts'
import type { TokenVerifier } from './auth.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route below `/v1`. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** Roles that may call the route. */
    access?: readonly Role[]
  }
}

/** The roles that may import, and do everything else. */
export const importers: readonly Role[] = ['admin', 'manager']

/** The roles that may read contacts and work on cases. */
export const contactWorkers: readonly Role[] = ['admin', 'manager', 'agent']

interface AccessOptions {
  readonly auth: TokenVerifier
}

async function registerAccess(app: FastifyInstance, { auth }: AccessOptions): Promise<void> {
  app.decorateRequest('caller')
  app.addHook('onRoute', route => {
    if (!route.config?.access?.length)
      throw new Error(`${route.url} names no role that may call it`)
  })
  app.addHook('onRequest', async request => {
    const caller = await auth.verify(readToken(request))
    const allowed = request.routeOptions.config.access ?? []
    if (!caller.roles.some(role => allowed.includes(role))) {
      throw new AppError('role-forbidden', { roles: allowed.join(', ') })
    }
    request.caller = caller
  })
}

/** The plugin that checks tokens and roles. It applies only to the scope in which it is registered. */
export const access = fastifyPlugin(registerAccess, { name: 'access' })

/** The token of `Authorization: Bearer` (RFC 6750 §2.1). It reads none from the URL, because URLs end up in logs. */
function readToken(request: FastifyRequest): string {
  const header = request.headers.authorization
  if (!header) throw new AppError('token-missing')
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)
  if (!match) {
    throw new AppError('token-invalid', {
      reason: 'the header is not "Authorization: Bearer TOKEN"',
    })
  }
  return match[1]!
}
