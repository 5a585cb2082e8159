/**
 * Server-sent events (WHATWG HTML §9.2) on a hijacked reply: writes the messages of a source, keeps the connection
 * alive, and drops readers that are gone, too slow, or whose token has expired. A stream takes one small buffer of
 * memory: it asks the source for the next message only while the reader keeps up.
 */
import type { ServerResponse } from 'node:http'
import type { ImportEvent } from '../contracts/events.ts'
import type { StreamMessage } from '../contracts/services.ts'
import { eventStreamRetryMs } from '../limits.ts'
import type { HttpLimits } from './http-limits.ts'

/** Why a stream ended, for the log and, in its last message, for the reader. */
export type StreamEnd =
  | 'reader-gone'
  | 'reader-slow'
  | 'token-expired'
  | 'closing'
  | 'failed'
  | 'source-ended'

export interface EventStreamOptions {
  readonly limits: HttpLimits
  /** seconds since the epoch, from the token */
  readonly expiresAt: number | null
  /** aborts when the server closes */
  readonly closing: AbortSignal
  /** opens the source; it ends when the signal aborts */
  readonly open: (signal: AbortSignal) => AsyncIterable<StreamMessage>
}

/** Longest delay that `setTimeout` takes. It cuts off a token that lives longer, too; the reader then connects again. */
const timeoutMsMax = 2 ** 31 - 1

/**
 * Writes the stream until it ends, and gives the reason of its end. The caller has written the head of the response.
 * Rejects when the source fails. The response has ended in every case.
 */
export async function writeEventStream(
  response: ServerResponse,
  options: EventStreamOptions,
): Promise<StreamEnd> {
  const stop = new AbortController()
  const end = (reason: StreamEnd) => stop.abort(reason)
  using _timers = watchReader(response, options, end)
  response.write(`retry: ${Math.round(eventStreamRetryMs * (1 + Math.random()))}\n\n`)
  try {
    for await (const message of options.open(stop.signal)) {
      if (stop.signal.aborted) break
      const flowing = response.write(formatMessage(message))
      if (!flowing && response.writableLength > options.limits.eventStreamBufferBytesMax) {
        await waitForReader(response, options.limits.eventStreamDrainMs, stop)
      }
    }
    end('source-ended')
  } catch (error) {
    // A source may end by throwing the reason with which `stop` aborted it.
    if (!stop.signal.aborted) {
      end('failed')
      throw error
    }
  } finally {
    endResponse(response, stop.signal.reason)
  }
  return stop.signal.reason
}

/** Tells a reader that is still there why the stream ends. A slow reader would not read that message. */
function endResponse(response: ServerResponse, reason: StreamEnd): void {
  if (reason === 'reader-slow') return void response.destroy()
  if (reason !== 'reader-gone') {
    response.write(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`)
  }
  response.end()
}

/** Watches for everything that may end a stream from outside; disposing stops the watch. */
function watchReader(
  response: ServerResponse,
  { limits, expiresAt, closing }: EventStreamOptions,
  end: (reason: StreamEnd) => void,
): Disposable {
  const onGone = () => end('reader-gone')
  const onClosing = () => end('closing')
  response.on('close', onGone).on('error', onGone)
  closing.addEventListener('abort', onClosing)
  if (closing.aborted) onClosing()
  let flushedBytes = -1
  const beat = setInterval(() => {
    const flushedBefore = flushedBytes
    flushedBytes = countFlushed(response)
    if (response.writableLength === 0) response.write(':\n\n')
    // Bytes wait here, and the reader has taken none since the last beat.
    else if (flushedBytes === flushedBefore) end('reader-slow')
  }, limits.eventStreamHeartbeatMs)
  const expiry =
    expiresAt === null
      ? undefined
      : setTimeout(
          () => end('token-expired'),
          Math.min(Math.max(expiresAt * 1000 - Date.now(), 0), timeoutMsMax),
        )
  return {
    [Symbol.dispose]() {
      clearInterval(beat)
      clearTimeout(expiry)
      response.off('close', onGone)
      closing.removeEventListener('abort', onClosing)
    },
  }
}

/** Bytes that the operating system has taken from this process. */
function countFlushed({ socket }: ServerResponse): number {
  return socket ? socket.bytesWritten - socket.writableLength : 0
}

/** Resolves when the buffer has drained or the stream has ended; aborts `stop` when the reader takes longer than `drainMs`. */
function waitForReader(
  response: ServerResponse,
  drainMs: number,
  stop: AbortController,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => stop.abort('reader-slow' satisfies StreamEnd), drainMs)
  response.once('drain', resolve)
  const onStop = () => resolve()
  stop.signal.addEventListener('abort', onStop)
  return promise.finally(() => {
    clearTimeout(timer)
    response.off('drain', resolve)
    stop.signal.removeEventListener('abort', onStop)
  })
}

/** The text of each event, which all streams share. */
const formatted = new WeakMap<ImportEvent, string>()

/** One message; JSON holds no line break, so one `data:` line is enough. */
export function formatMessage(message: StreamMessage): string {
  if (message.kind === 'state') return `event: state\ndata: ${JSON.stringify(message.state)}\n\n`
  if (message.kind === 'ready') {
    return `event: ready\ndata: ${JSON.stringify({ resumed: message.resumed })}\n\n`
  }
  const { event } = message
  const known = formatted.get(event)
  if (known !== undefined) return known
  const text = `event: ${event.type}\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`
  formatted.set(event, text)
  return text
}
