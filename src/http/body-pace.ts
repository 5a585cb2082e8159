/**
 * Notices bodies that stop or trickle, because Node's own `requestTimeout` cannot tell a slow client from a large upload.
 * It watches the bytes of the socket and touches neither the stream nor the answer.
 */
import type { IncomingMessage } from 'node:http'

export interface PaceLimits {
  /** silence after which a body counts as stalled; also the time before its rate counts */
  readonly idleMs: number
  /** lowest average rate since the body began */
  readonly bytesPerSecondMin: number
}

/**
 * Calls `onStall` once when the body of `request` stops or trickles. Time in which bytes wait for the service to read
 * them does not count against the client. The caller disposes of the watch when it has read the body.
 */
export function watchPace(
  request: IncomingMessage,
  { idleMs, bytesPerSecondMin }: PaceLimits,
  onStall: () => void,
): Disposable {
  const tickMs = Math.min(1_000, Math.ceil(idleMs / 4))
  const bytesAtStart = request.socket.bytesRead
  let bytesSeen = bytesAtStart
  let clientMs = 0
  let idleSinceMs = 0
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer)
    if (request.readableLength > 0) return
    clientMs += tickMs
    const { bytesRead } = request.socket
    if (bytesRead > bytesSeen) idleSinceMs = clientMs
    bytesSeen = bytesRead
    const idle = clientMs - idleSinceMs >= idleMs
    const trickles =
      clientMs > idleMs && bytesRead - bytesAtStart < (bytesPerSecondMin * clientMs) / 1000
    if (!idle && !trickles) return
    clearInterval(timer)
    onStall()
  }, tickMs)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
