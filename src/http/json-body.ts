/** Reads JSON bodies within bounds of bytes and time, as strict UTF-8. It renames, drops and repairs nothing. */
import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'
import { watchPace } from './body-pace.ts'
import type { HttpLimits } from './http-limits.ts'
import { ValidationError } from './validation.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The parsed body; undefined when it is empty and not `required`. Throws `request-too-large`, `request-timeout`, or a
 * `ValidationError` when the text is not JSON (RFC 8259).
 */
export async function readJsonBody(
  request: IncomingMessage,
  limits: HttpLimits,
  required: boolean,
): Promise<unknown> {
  if (Number(request.headers['content-length']) > limits.jsonBodyBytesMax) {
    throw new AppError('request-too-large')
  }
  const bytes = await collectBytes(request, limits)
  return bytes.length > 0 || required ? parseJson(bytes) : undefined
}

/** Collects the body by listening, because leaving an iteration early would destroy the socket before the answer. */
async function collectBytes(request: IncomingMessage, limits: HttpLimits): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let bytes = 0
  const onData = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.jsonBodyBytesMax) reject(new AppError('request-too-large'))
    else chunks.push(chunk)
  }
  const onEnd = () => resolve(Buffer.concat(chunks, bytes))
  const onError = () => reject(jsonMalformed())
  using _watch = watchPace(
    request,
    { idleMs: limits.uploadIdleMs, bytesPerSecondMin: limits.uploadBytesPerSecondMin },
    () => reject(new AppError('request-timeout')),
  )
  request.on('data', onData).on('end', onEnd).on('error', onError)
  try {
    return await promise
  } finally {
    request.off('data', onData).off('end', onEnd).off('error', onError)
  }
}

/** The value of a JSON text. Throws `json-malformed` when the bytes are no JSON, or no UTF-8. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw jsonMalformed()
  }
}

function jsonMalformed(): ValidationError {
  return new ValidationError('body', [
    {
      pointer: '',
      code: 'json-malformed',
      detail: { en: 'must be JSON in UTF-8', pl: 'musi być poprawnym JSON w UTF-8' },
    },
  ])
}
