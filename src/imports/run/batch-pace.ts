/** Says for each batch how many rows a second the run reads, and whether the next progress event is due. */
import { progressIntervalMs } from '../../limits.ts'
import { RowRate } from './row-rate.ts'

export class BatchPace {
  readonly #rate = new RowRate()
  #lastProgress = Number.NEGATIVE_INFINITY

  /** The pace for the batch that ends before `nextRow`. */
  next(nextRow: number): { rowsPerSecond: number | null; progress: boolean } {
    const now = performance.now()
    const progress = now - this.#lastProgress >= progressIntervalMs
    if (progress) this.#lastProgress = now
    return { rowsPerSecond: this.#rate.note(nextRow, now), progress }
  }
}
