/** Inspections of this process: in threads, few at a time, bounded in time and heap. */
import { AppError } from '../../errors.ts'
import {
  inspectionHeapMiB,
  inspectionMs,
  inspectionsRunningMax,
  inspectionsWaitingMax,
} from '../../limits.ts'
import { faultError } from '../file-fault.ts'
import { runThread, ThreadDiedError } from '../thread.ts'
import type { Inspection } from './inspect-file.ts'
import type { InspectionAnswer } from './inspect-thread.ts'

const inspectThread = new URL('./inspect-thread.ts', import.meta.url)

export class Inspector {
  readonly #scratchDir: string
  readonly #heapMiB: number
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor(scratchDir: string, heapMiB = inspectionHeapMiB) {
    this.#scratchDir = scratchDir
    this.#heapMiB = heapMiB
  }

  /**
   * Inspects a file; throws the `AppError` that refuses it, the reason that the signal was aborted with, or the
   * `ThreadDiedError` of a fault of ours.
   */
  async inspect(path: string, signal: AbortSignal): Promise<Inspection> {
    await this.#enter(signal)
    try {
      return await this.#run(path, signal)
    } finally {
      this.#leave()
    }
  }

  async #run(path: string, signal: AbortSignal): Promise<Inspection> {
    const timeout = AbortSignal.timeout(inspectionMs)
    try {
      const answer = await runThread<InspectionAnswer>(inspectThread, {
        heapMiB: this.#heapMiB,
        input: { path, scratchDir: this.#scratchDir },
        signal: AbortSignal.any([signal, timeout]),
      })
      if ('fault' in answer) throw faultError(answer.fault)
      return answer.value
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error
      signal.throwIfAborted()
      const reason = exhausted(error, timeout)
      // A thread that died with time and memory left met a fault of ours, and the file is not to blame.
      if (reason === null) throw error
      throw new AppError('file-beyond-limits', { reason }, { cause: error })
    }
  }

  /** Takes a place, or waits for one; who is told to stop waits no longer. */
  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#running < inspectionsRunningMax) {
      this.#running += 1
      return
    }
    if (this.#waiting.size >= inspectionsWaitingMax) throw new AppError('service-busy')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      this.#waiting.delete(resolve)
      reject(signal.reason)
    }
    this.#waiting.add(resolve)
    signal.addEventListener('abort', onAbort)
    await promise.finally(() => signal.removeEventListener('abort', onAbort))
  }

  /** Hands the place to the next in line, or frees it. */
  #leave(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#running -= 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}

/** What a file took too much of; null where its inspection ended for another reason. */
function exhausted(error: ThreadDiedError, timeout: AbortSignal): string | null {
  if (timeout.aborted) return 'reading takes too long'
  return error.isOutOfMemory ? 'reading takes too much memory' : null
}
