/**
 * Owns merged ranges (ECMA-376 Part 1 §18.3.1.55): the first cell of one holds its value, the others show it and
 * hold none. The ranges stand behind the rows, so whoever wants to be told of them while reading rows has to bring
 * them from a reading before.
 */
import { columnNumber } from './cell-reference.ts'
import type { Cell } from './cell-value.ts'

/** The place of the first cell, 1-based, and the size of a range. */
export interface MergedRange {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

const RANGE = /^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$/i

/** Reads `A2:B3`; null for what is no range, or one of a single cell. */
export function readMergedRange(reference: string): MergedRange | null {
  const [, left, top, right, bottom] = RANGE.exec(reference) ?? []
  if (bottom === undefined) return null
  const [row, column] = [Number(top), columnNumber(left!)]
  const [rows, columns] = [Number(bottom) - row + 1, columnNumber(right!) - column + 1]
  return rows < 1 || columns < 1 || rows * columns === 1 ? null : { row, column, rows, columns }
}

/** The ranges by the rows of their first cells. */
export class MergedCells {
  readonly #byRow = new Map<number, MergedRange[]>()

  constructor(ranges: readonly MergedRange[]) {
    for (const range of ranges) {
      const others = this.#byRow.get(range.row)
      if (others === undefined) this.#byRow.set(range.row, [range])
      else others.push(range)
    }
  }

  /** Whether a range begins in this row. */
  isIn(row: number): boolean {
    return this.#byRow.size > 0 && this.#byRow.has(row)
  }

  /** Tells the first cells of the ranges of a row how far they reach. */
  tell(row: number, cells: readonly Cell[]): void {
    for (const { column, rows, columns } of this.#byRow.get(row) ?? []) {
      const cell = cells.find(candidate => candidate.column === column)
      if (cell !== undefined) Object.assign(cell, { merged: { rows, columns } })
    }
  }
}
