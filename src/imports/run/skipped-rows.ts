/** Collects the rows of a batch that are skipped, as ranges: an empty stretch of any length is one. */
import type { RowRange } from '../../storage/imports/fenced-writer.ts'

export class SkippedRows {
  #ranges: [from: number, behind: number][] = []

  /** Adds the rows from `from` up to, but without, `behind`; none where they are the same. Rows come in ascending order. */
  add(from: number, behind: number): void {
    if (from >= behind) return
    const last = this.#ranges.at(-1)
    if (last?.[1] === from) last[1] = behind
    else this.#ranges.push([from, behind])
  }

  /** Gives what was collected, and begins anew. */
  take(): readonly RowRange[] {
    const ranges = this.#ranges
    this.#ranges = []
    return ranges
  }
}
