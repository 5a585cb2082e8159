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
  readonly #waiting = new Set<() => void>()
  #running = 0

  constructor(scratchDir: string) {
    this.#scratchDir = scratchDir
  }

  /** Inspects a file; throws the `AppError` that refuses it, or what the signal was aborted with. */
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
        heapMiB: inspectionHeapMiB,
        input: { path, scratchDir: this.#scratchDir },
        signal: AbortSignal.any([signal, timeout]),
      })
      if ('fault' in answer) throw faultError(answer.fault)
      return answer.value
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error
      signal.throwIfAborted()
      const reason = timeout.aborted ? 'reading takes too long' : 'reading takes too much memory'
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
