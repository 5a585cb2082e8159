/**
 * Owns a sample of a sheet's rows that is spread over the whole of it, though nobody knows before the end how many
 * rows there are. Every row is wanted at first; each time the sample is full, every second row is left out, and from
 * then on half as many are wanted. So at the end it holds at least half of what it may, or all rows.
 */
import type { Cell } from './cell-value.ts'
import type { Row } from './row-builder.ts'

export interface SampleOptions {
  /** Rows at most; at least half as many are kept where the bytes allow it and the sheet has them. */
  readonly rowsMax: number
  /** Bytes at most, estimated: those of texts, and a fixed size for each cell. */
  readonly bytesMax: number
  /** Characters of a text that are kept. */
  readonly cellCharactersMax: number
}

/** About what a cell takes without its text. */
const cellBytes = 96

export class RowSample {
  readonly #options: SampleOptions
  #stride = 1
  #bytes = 0
  #rows: Row[] = []

  constructor(options: SampleOptions) {
    this.#options = options
  }

  /** The rows that were kept, in order. */
  get rows(): readonly Row[] {
    return this.#rows
  }

  /** Whether the row of this number, 1-based, is to be kept. */
  wants(row: number): boolean {
    return (row - 1) % this.#stride === 0
  }

  /** Keeps those of the rows that are wanted. */
  take(rows: readonly Row[]): void {
    for (const row of rows) {
      if (!this.wants(row.number)) continue
      const kept = this.#shorten(row)
      this.#rows.push(kept)
      this.#bytes += bytesOf(kept)
      while (this.#isFull()) this.#halve()
    }
  }

  #isFull(): boolean {
    const { rowsMax, bytesMax } = this.#options
    return this.#rows.length > rowsMax || (this.#bytes > bytesMax && this.#rows.length > 1)
  }

  #halve(): void {
    this.#stride *= 2
    const kept = this.#rows.filter(({ number }) => this.wants(number))
    // Rows that are empty in between may leave none: one is always there.
    this.#rows = kept.length > 0 ? kept : this.#rows.slice(0, 1)
    this.#bytes = this.#rows.reduce((sum, row) => sum + bytesOf(row), 0)
  }

  #shorten(row: Row): Row {
    const { cellCharactersMax } = this.#options
    const isLong = (cell: Cell) => cell.type === 'string' && cell.value.length > cellCharactersMax
    if (!row.cells.some(isLong)) return row
    return { ...row, cells: row.cells.map(cell => shortenCell(cell, cellCharactersMax)) }
  }
}

/** A copy of the beginning: a part of a string would keep the whole of it in memory. */
function shortenCell(cell: Cell, charactersMax: number): Cell {
  if (cell.type !== 'string' || cell.value.length <= charactersMax) return cell
  const value = Buffer.from(cell.value.slice(0, charactersMax), 'utf16le').toString('utf16le')
  return { ...cell, value }
}

function bytesOf({ cells }: Row): number {
  let bytes = 0
  for (const cell of cells) {
    bytes += cellBytes + (cell.type === 'string' ? 2 * cell.value.length : 0)
  }
  return bytes
}
