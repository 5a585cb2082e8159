/**
 * Owns the rows while they are made: the row and cell that are next in order, the batch that grows,
 * and how far the values of the sheet reach. Both ways of scanning a sheet feed it. It must never
 * let a row or a cell come twice or out of order (ECMA-376 Part 1 §18.3.1.73, §18.3.1.4).
 */

import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import { assertColumn, assertRow } from './cell-reference.ts'
import type { Cell } from './cell-value.ts'
import { MergedCells, type MergedRange } from './merged-cells.ts'
import type { RowSample } from './row-sample.ts'

export interface Row {
  /** 1-based. */
  readonly number: number
  /** Ascending by column; cells without a value are not there. */
  readonly cells: readonly Cell[]
  /** Whether the row is hidden, by hand or by a filter. */
  readonly hidden: boolean
}

export interface RowSelection {
  /** 1-based columns to build; null for all. */
  readonly columns: readonly number[] | null
  /** Rows outside of these bounds are scanned and not built; 1-based, inclusive. */
  readonly firstRow: number
  readonly lastRow: number
  /** Rows of a batch, fewer where rows are large; null for as many as read fastest. */
  readonly batchRows: number | null
  /** Merged ranges; their first cells say that they are merged. */
  readonly merged: readonly MergedRange[]
  /** Which rows within the bounds are built, asked once for each, in their order; all where there is none. */
  readonly wants?: ((row: number) => boolean) | undefined
  /** Its rows are built as well, outside of the bounds. */
  readonly sample?: RowSample | undefined
}

interface BatchCaps {
  readonly rows: number
  readonly cells: number
  readonly characters: number
}

/** A batch of a number of rows ends early past these, so that it stays small with any rows. */
const askedCaps = { cells: 65_536, characters: 1_048_576 }
/**
 * A batch where nobody asks for a number of rows: few enough cells to die young. What outlives a
 * collection lets the young generation grow, in the end to more than all that is read holds.
 */
const leanCaps = { rows: 1_024, cells: 1_024, characters: 65_536 }

export class RowBuilder {
  /** The current row and the last column seen in it; 0 before the first. */
  row = 0
  column = 0
  /** 1 for each column that is built in the current row. */
  builtColumns: Uint8Array
  /** Last row and greatest column that hold a value so far, built or not. */
  lastRow = 0
  lastColumn = 0
  /** Whether the row that is entered next is hidden. */
  isNextHidden = false
  /** Hidden rows that hold a value so far, built or not. */
  hiddenRows = 0
  #isHidden = false
  readonly #merged: MergedCells
  readonly #limits: XlsxLimits
  readonly #selection: RowSelection
  readonly #selectedColumns: Uint8Array
  readonly #noColumns: Uint8Array
  #cells: Cell[] = []
  #batch: Row[] = []
  #batchCells = 0
  #batchCharacters = 0
  readonly #caps: BatchCaps

  constructor(selection: RowSelection, limits: XlsxLimits) {
    this.#limits = limits
    this.#selection = selection
    this.#merged = new MergedCells(selection.merged)
    this.#noColumns = new Uint8Array(limits.columnsMax + 1)
    this.#selectedColumns = new Uint8Array(limits.columnsMax + 1)
    this.builtColumns = this.#noColumns
    const { batchRows } = selection
    this.#caps = batchRows === null ? leanCaps : { ...askedCaps, rows: batchRows }
    if (selection.columns === null) this.#selectedColumns.fill(1)
    else for (const column of selection.columns) this.#selectedColumns[column] = 1
  }

  /** Enters the row of this number. */
  startRow(row: number): void {
    assertRow(row, this.#limits)
    if (row <= this.row) throw new XlsxError('corrupt', `row ${row} after row ${this.row}`)
    this.row = row
    this.column = 0
    this.#isHidden = this.isNextHidden
    const { firstRow, lastRow, wants, sample } = this.#selection
    const isWanted = row >= firstRow && row <= lastRow && wants?.(row) !== false
    const isBuilt = isWanted || sample?.wants(row) === true
    this.builtColumns = isBuilt ? this.#selectedColumns : this.#noColumns
  }

  /** Enters the cell of this column. */
  startCell(column: number): void {
    assertColumn(column, this.#limits)
    if (column <= this.column) {
      throw new XlsxError('corrupt', `column ${column} after column ${this.column}`)
    }
    this.column = column
  }

  /** Whether the cell of the current column is to be built. */
  get isBuilt(): boolean {
    return this.builtColumns[this.column] === 1
  }

  /** Notes that the current cell holds a value. */
  noteValue(): void {
    if (this.#isHidden && this.lastRow !== this.row) this.hiddenRows++
    this.lastRow = this.row
    if (this.column > this.lastColumn) this.lastColumn = this.column
  }

  /** Adds the current cell. */
  addCell(cell: Cell): void {
    this.#cells.push(cell)
  }

  /** Adds the current cell, which holds a string of this length. */
  addStringCell(cell: Cell, length: number): void {
    this.#cells.push(cell)
    this.#batchCharacters += length
    // What the batch held before this row is little, or the batch would have ended with it.
    if (this.#batchCharacters > this.#limits.rowCharactersMax) {
      const { rowCharactersMax } = this.#limits
      throw new XlsxError('too-large', `a row of more than ${rowCharactersMax} characters`)
    }
  }

  /** Leaves the current row; true where the batch is full, or nothing more is to be built. */
  endRow(): boolean {
    const cells = this.#cells
    if (cells.length === 0) return false
    this.#cells = []
    if (this.#merged.isIn(this.row)) this.#merged.tell(this.row, cells)
    this.#batch.push({ number: this.row, cells, hidden: this.#isHidden })
    this.#batchCells += cells.length
    const { rows, cells: cellsMax, characters } = this.#caps
    return (
      this.row === this.#selection.lastRow ||
      this.#batch.length >= rows ||
      this.#batchCells >= cellsMax ||
      this.#batchCharacters >= characters
    )
  }

  /** The rows gathered since the last call. */
  takeBatch(): Row[] {
    const batch = this.#batch
    this.#batch = []
    this.#batchCells = 0
    this.#batchCharacters = 0
    return batch
  }
}
