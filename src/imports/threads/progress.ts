/**
 * The progress of a thread, counted in memory that the main thread reads: whoever waits for the thread learns from a
 * count that stands still that the thread hangs, also when it answers no message any more.
 */
import { stallLooks, startLooks } from '../../limits.ts'

export class Progress {
  /** Handed to the thread with its job. */
  readonly memory: SharedArrayBuffer
  readonly #count: Int32Array

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#count = new Int32Array(memory)
  }

  /** Counts one more piece of work; the count begins anew where 32 bits end. */
  note(): void {
    Atomics.add(this.#count, 0, 1)
  }

  get count(): number {
    return Atomics.load(this.#count, 0)
  }
}

/** A thread got nothing done for too long, and was ended. */
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
 * Watches until it is disposed whether the count moves within so many milliseconds. It counts its own looks and
 * trusts no clock: a process that was stopped for an hour made no look in that time, and blames no thread. A thread
 * that counted nothing yet loads its modules, and is given longer.
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
