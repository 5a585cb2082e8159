/**
 * Decides how many rows the next batch takes: as many as PostgreSQL should write in a share of the lease, judged by the
 * last batch. A batch that outlives the lease is lost, and with it all the work that PostgreSQL did for it.
 */
import { batchGrowthMax, batchSharesOfLease } from '../../limits.ts'

export interface BatchSizeOptions {
  /** rows of the first batch, before any time is known */
  readonly firstRows: number
  readonly rowsMax: number
  readonly leaseMs: number
}

export class BatchSize {
  readonly #rowsMax: number
  readonly #targetMs: number
  #rows: number

  constructor({ firstRows, rowsMax, leaseMs }: BatchSizeOptions) {
    this.#rows = Math.min(firstRows, rowsMax)
    this.#rowsMax = rowsMax
    this.#targetMs = leaseMs / batchSharesOfLease
  }

  /** At least 1. */
  get rows(): number {
    return this.#rows
  }

  /** Notes that PostgreSQL took `ms` milliseconds for a batch of `rows` rows. */
  note(rows: number, ms: number): void {
    if (rows === 0) return
    const expected = Math.floor((rows * this.#targetMs) / ms)
    this.#rows = Math.max(1, Math.min(expected, this.#rows * batchGrowthMax, this.#rowsMax))
  }
}
