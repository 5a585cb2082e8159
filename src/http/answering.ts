/** How errors leave: problem details from handlers, from the server and from the bare socket. */

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../contracts/problem.ts'
import { AppError, type ErrorCode } from '../errors.ts'
import { retryAfterSeconds } from '../limits.ts'
import { describeProblem, problemMediaType, toKnownError } from './problem.ts'
import { chooseRequestId } from './request-log.ts'
import { localeOf } from './requests.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Code of the problem that was answered. */
    problemCode: ErrorCode | ''
  }
  interface FastifyContextConfig {
    /** Logged at level debug only. */
    quiet?: boolean
  }
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const schema = request.routeOptions?.schema
  const known = toKnownError(error, schema?.consumes?.[0] ?? 'application/json')
  const locale = localeOf(request)
  const problem = describeProblem(known, { locale, requestId: request.id })
  // Without a cause it was turned away on purpose: the service is busy, or ends.
  if (problem.status >= 500 && known.cause !== undefined) {
    request.log.error({ code: problem.code, err: error }, 'request failed')
  }
  reply.problemCode = problem.code as ErrorCode
  // A hard close right after the answer would reset a client that still sends before it has read it.
  reply.removeHeader('connection')
  if (problem.status === 401) reply.header('www-authenticate', challenge(problem))
  if (problem.status === 503) reply.header('retry-after', retryAfterSeconds)
  return reply
    .code(problem.status)
    .type(problemMediaType)
    .header('content-language', locale)
    .send(problem)
}

/** RFC 6750 §3: without a token the challenge names no error; a description is ASCII without quotes. */
function challenge({ code, reason }: Problem): string {
  const realm = 'Bearer realm="contact-import"'
  if (code === 'token-missing') return realm
  const description = reason?.replaceAll(/[^\x20-\x7e]|["\\]/g, "'")
  return `${realm}, error="invalid_token"${description ? `, error_description="${description}"` : ''}`
}

/** Faults by which Node's HTTP parser gives a request up, and how we answer them. */
const socketFaults: Readonly<Record<string, readonly [ErrorCode, number]>> = {
  HPE_HEADER_OVERFLOW: ['request-too-large', 431],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 408],
}

/** Answers on the bare socket where there is no request: its syntax is broken, its headers too large or too slow. */
export function answerSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [code, status] = socketFaults[error.code ?? ''] ?? (['request-invalid', 400] as const)
  const requestId = chooseRequestId({ headers: {} })
  const problem = describeProblem(new AppError(code), { locale: 'en', requestId })
  const body = JSON.stringify({ ...problem, status })
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${problemMediaType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
