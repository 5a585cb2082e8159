/** Rows per second over the last few seconds. */

const windowMs = 5_000

export class RowRate {
  readonly #samples: { at: number; row: number }[] = []

  /** Notes that all rows before `row` were read at `at` (milliseconds, monotonic), and gives the rate. */
  note(row: number, at: number): number | null {
    this.#samples.push({ at, row })
    while (this.#samples.length > 2 && at - this.#samples[0]!.at > windowMs) this.#samples.shift()
    const first = this.#samples[0]!
    return at > first.at ? ((row - first.row) * 1000) / (at - first.at) : null
  }
}
