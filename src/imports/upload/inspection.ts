/** Inspects files in threads of this process. Files wait for their turn; time and heap of each inspection are bounded. */
import type { Caller } from '../../contracts/caller.ts'
import { AppError } from '../../errors.ts'
import {
  inspectionHeapMiB,
  inspectionMs,
  inspectionsRunningMax,
  inspectionsRunningPerTenant,
} from '../../limits.ts'
import { localeOf } from '../../mapping/region-languages.ts'
import { faultError } from '../file-fault.ts'
import { ThreadDiedError, ThreadPool } from '../threads/thread-pool.ts'
import { Turns } from '../threads/turns.ts'
import type { Inspection, InspectionInput } from './inspect-file.ts'
import type { InspectionAnswer } from './inspect-thread.ts'

const inspectThread = new URL('./inspect-thread.ts', import.meta.url)

export class Inspector {
  readonly #scratchDir: string
  readonly #region: string
  readonly #threads: ThreadPool<InspectionInput, InspectionAnswer>
  /** An upload that waits for its turn holds a place of uploads, which bounds how many wait. */
  readonly #turns = new Turns({
    runningMax: inspectionsRunningMax,
    runningPerTenant: inspectionsRunningPerTenant,
  })

  /** @param region the ISO 3166-1 region by which numbers of previews are written and columns are judged */
  constructor(scratchDir: string, region: string, heapMiB = inspectionHeapMiB) {
    this.#scratchDir = scratchDir
    this.#region = region
    this.#threads = new ThreadPool(inspectThread, heapMiB)
  }

  /**
   * Inspects a file of the caller's tenant when its turn has come. Throws the `AppError` that refuses the file, the reason
   * of an aborted `signal`, or a `ThreadDiedError` when the service itself is at fault.
   */
  inspect({ tenantId }: Caller, path: string, signal: AbortSignal): Promise<Inspection> {
    return this.#turns.take(tenantId, signal, () => this.#run(path, signal))
  }

  /** Ends all threads. */
  close(): Promise<void> {
    return this.#threads.close()
  }

  async #run(path: string, signal: AbortSignal): Promise<Inspection> {
    const timeout = AbortSignal.timeout(inspectionMs)
    try {
      const answer = await this.#threads.run(
        {
          path,
          scratchDir: this.#scratchDir,
          locale: localeOf(this.#region),
          region: this.#region,
        },
        { signal: AbortSignal.any([signal, timeout]) },
      )
      if ('fault' in answer) throw faultError(answer.fault)
      return answer.value
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error
      signal.throwIfAborted()
      const reason = exhausted(error, timeout)
      // A thread that died with time and memory left met a fault of the service; the file is not to blame.
      if (reason === null) throw error
      throw new AppError('file-beyond-limits', { reason }, { cause: error })
    }
  }
}

/** The limit that a file exceeded; null where its inspection ended for another reason. */
function exhausted(error: ThreadDiedError, timeout: AbortSignal): string | null {
  if (timeout.aborted) return 'reading takes too long'
  return error.isOutOfMemory ? 'reading takes too much memory' : null
}
