/**
 * Writes one log line for each request: id, import, route, status and time; never a token, a query string, a name or a
 * value. `error-summary.ts` decides which texts of errors may be logged.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { uuidPattern } from '../contracts/schema.ts'

/** An `X-Request-Id` of a proxy that the service accepts: one plain word. Anything else could forge log lines. */
const foreignIdPattern = /^[A-Za-z0-9_-]{8,64}$/

/** The id that a proxy gave the request, or a new one. */
export function chooseRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && foreignIdPattern.test(given) ? given : randomUUID()
}

/** Adds the import id to every later line of a request that names one. */
export function bindImportId(request: FastifyRequest): void {
  const { id } = (request.params ?? {}) as { id?: string }
  // No route has checked the id yet: a text that is no id could be a name or a value.
  if (id && uuidPattern.test(id) && request.routeOptions.url?.startsWith('/v1/imports/')) {
    request.log = request.log.child({ importId: id })
  }
}

/** Logs one line for each answered request; lines of health probes are of level debug. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const line = {
    method: request.method,
    route: request.routeOptions.url,
    status: reply.raw.statusCode,
    ms: Math.round(reply.elapsedTime),
    ...(request.caller && { tenant: request.caller.tenantId }),
    ...(reply.problemCode && { code: reply.problemCode }),
  }
  request.log[request.routeOptions.config.quiet ? 'debug' : 'info'](line, 'answered')
}
