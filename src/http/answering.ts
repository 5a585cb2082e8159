/** Sends errors as problem details: those of handlers, of the server, and of the bare socket. */

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
    /** Code of the problem that the answer carries; empty for a success. */
    problemCode: ErrorCode | ''
  }
  interface FastifyContextConfig {
    /** Whether answers of the route are logged at level debug only. */
    quiet?: boolean
  }
}

/** Answers with the problem document of `error`, in the language of the request. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const schema = request.routeOptions?.schema
  const known = toKnownError(error, schema?.consumes?.[0] ?? 'application/json')
  const locale = localeOf(request)
  const problem = describeProblem(known, { locale, requestId: request.id })
  // An error without a cause is a refusal on purpose: the service is busy, or about to end.
  if (problem.status >= 500 && known.cause !== undefined) {
    request.log.error({ code: problem.code, err: error }, 'request failed')
  }
  reply.problemCode = problem.code as ErrorCode
  // Closing the connection at once would reset a client that still sends its body, before it has read the answer.
  reply.removeHeader('connection')
  if (problem.status === 401) reply.header('www-authenticate', challenge(problem))
  if (problem.status === 503) reply.header('retry-after', retryAfterSeconds)
  return reply
    .code(problem.status)
    .type(problemMediaType)
    .header('content-language', locale)
    .send(problem)
}

/** The challenge of RFC 6750 §3: without a token it names no error; a description is ASCII without quotes. */
function challenge({ code, reason }: Problem): string {
  const realm = 'Bearer realm="contact-import"'
  if (code === 'token-missing') return realm
  const description = reason?.replaceAll(/[^\x20-\x7e]|["\\]/g, "'")
  return `${realm}, error="invalid_token"${description ? `, error_description="${description}"` : ''}`
}

/** Faults for which Node's HTTP parser gives up a request, and the answer to each. */
const socketFaults: Readonly<Record<string, readonly [ErrorCode, number]>> = {
  HPE_HEADER_OVERFLOW: ['request-too-large', 431],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 408],
}

/** Answers on the bare socket when Node makes no request: the syntax is broken, or the headers are too large or too slow. */
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
