/**
 * Notices bodies that stop or trickle: Node's own `requestTimeout` can not tell a slow client from a large
 * upload. It watches the bytes of the socket and touches neither the stream nor the answer.
 */
import type { IncomingMessage } from 'node:http'

export interface PaceLimits {
  /** silence after which a body is given up; also the grace before its rate counts */
  readonly idleMs: number
  /** average since its start */
  readonly bytesPerSecondMin: number
}

/**
 * Calls `onStall` once when the body of `request` stops or trickles. Time in which bytes wait for us to
 * read them is not the client's: it does not count. Dispose of the watch when the body is read.
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
