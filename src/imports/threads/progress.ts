/**
 * The progress of a thread, counted in memory that the main thread reads. When the count stands still, the main thread
 * knows that the thread hangs, even if the thread answers no messages any more.
 */
import { stallLooks, startLooks } from '../../limits.ts'

export class Progress {
  /** The main thread passes it to the thread with its job. */
  readonly memory: SharedArrayBuffer
  readonly #count: Int32Array

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#count = new Int32Array(memory)
  }

  /** Counts one more piece of work; the count of 32 bits wraps around. */
  note(): void {
    Atomics.add(this.#count, 0, 1)
  }

  get count(): number {
    return Atomics.load(this.#count, 0)
  }
}

/** The main thread ended a thread that had got nothing done for too long. */
export class ThreadStalledError extends Error {
  constructor(ms: number) {
    super(`the thread made no progress for ${ms} ms`)
    this.name = 'ThreadStalledError'
  }
}

export interface StallWatch extends Disposable {
  /** Aborts with a `ThreadStalledError` once the thread hangs. */
  readonly signal: AbortSignal
}

/**
 * Watches, until the caller disposes of it, whether the count moves within `ms` milliseconds. It counts its own looks and
 * trusts no clock: a process that was suspended for an hour did not look in that time, so it blames no thread. A thread
 * that has counted nothing yet is loading its modules, and gets more time.
 */
export function watchForStall(progress: Progress, ms: number): StallWatch {
  const abort = new AbortController()
  let seen = progress.count
  let looksInVain = 0
  const timer = setInterval(() => {
    const { count } = progress
    looksInVain = count === seen ? looksInVain + 1 : 0
    seen = count
    if (looksInVain < (count === 0 ? startLooks : stallLooks)) return
    clearInterval(timer)
    abort.abort(new ThreadStalledError(ms))
  }, ms / stallLooks)
  return { signal: abort.signal, [Symbol.dispose]: () => clearInterval(timer) }
}
