/**
 * Lets clients see an answer that came before they had sent their whole body. Closing at once would reset the connection,
 * and the answer would be lost (RFC 9112 §9.6).
 */
import type { IncomingMessage } from 'node:http'

/** Reads the rest of the body and throws it away, for at most `lingerMs` milliseconds. */
export function discardRest(request: IncomingMessage, lingerMs: number): void {
  if (request.complete || request.destroyed) return
  request.unpipe()
  request.resume()
  const timer = setTimeout(() => request.destroy(), lingerMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
