/**
 * Lets clients see an answer that came before they had sent their whole body: the rest is read and thrown away
 * for a while. Closing at once would reset the connection and the answer with it (RFC 9112 §9.6).
 */
import type { IncomingMessage } from 'node:http'

export function discardRest(request: IncomingMessage, lingerMs: number): void {
  if (request.complete || request.destroyed) return
  request.unpipe()
  request.resume()
  const timer = setTimeout(() => request.destroy(), lingerMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
