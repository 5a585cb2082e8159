/** A set of rows of one sheet, one bit each: the largest sheet takes 128 KiB, however many of its rows are in the set. */
import { sheetRowsMax } from '../../limits.ts'

export class RowSet {
  /** What another thread needs to know of the set: bit `row % 8` of byte `row / 8`. */
  readonly bits: Uint8Array<ArrayBuffer>
  #first = Number.POSITIVE_INFINITY
  #last = 0
  #size = 0

  /** An empty set of rows up to `lastRow`, or the set whose `bits` another thread gave. */
  constructor(rows: number | Uint8Array<ArrayBuffer> = sheetRowsMax) {
    this.bits = typeof rows === 'number' ? new Uint8Array((rows >> 3) + 1) : rows
    if (typeof rows !== 'number') this.#count()
  }

  /** The set of these rows. */
  static of(rows: readonly number[]): RowSet {
    const set = new RowSet(Math.max(0, ...rows))
    for (const row of rows) set.add(row)
    return set
  }

  get size(): number {
    return this.#size
  }

  /** The first row and the last one; Infinity and 0 of an empty set. */
  get first(): number {
    return this.#first
  }

  get last(): number {
    return this.#last
  }

  has(row: number): boolean {
    return ((this.bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0
  }

  /** Throws a RangeError for a row that the set has no room for. */
  add(row: number): void {
    if (row < 1 || row >> 3 >= this.bits.length) throw new RangeError(`no room for row ${row}`)
    if (this.has(row)) return
    this.bits[row >> 3]! |= 1 << (row & 7)
    this.#note(row)
  }

  #count(): void {
    for (let at = 0; at < this.bits.length; at += 1) {
      if (this.bits[at] === 0) continue
      for (let row = at * 8; row < at * 8 + 8; row += 1) if (this.has(row)) this.#note(row)
    }
  }

  #note(row: number): void {
    this.#first = Math.min(this.#first, row)
    this.#last = Math.max(this.#last, row)
    this.#size += 1
  }
}
