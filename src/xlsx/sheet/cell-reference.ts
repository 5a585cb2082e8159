/**
 * Owns cell references (ST_CellRef, ECMA-376 Part 1 §18.18.7) and row numbers. Pure.
 */
import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'

export interface CellReference {
  /** 1-based. */
  readonly column: number
  /** 1-based. */
  readonly row: number
}

/** Reads `B12`. @throws XlsxError `corrupt`, `too-many-columns`, `too-many-rows` */
export function parseCellReference(text: string, limits: XlsxLimits): CellReference {
  const match = /^\$?([A-Za-z]{1,8})\$?([0-9]{1,20})$/.exec(text.trim())
  if (match === null) throw new XlsxError('corrupt', 'a cell reference that is none')
  const column = columnNumber(match[1]!)
  assertColumn(column, limits)
  return { column, row: parseRowNumber(match[2]!, limits) }
}

/** The number of a column by its letters: A is 1. */
export function columnNumber(letters: string): number {
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}

/** Reads the `r` of a row; some writers spell it `5.0`. @throws XlsxError `corrupt`, `too-many-rows` */
export function parseRowNumber(text: string, limits: XlsxLimits): number {
  if (!/^\s*[0-9]{1,20}(\.0{1,20})?\s*$/.test(text)) {
    throw new XlsxError('corrupt', 'a row number that is none')
  }
  const row = Number(text)
  if (row < 1) throw new XlsxError('corrupt', 'row number 0')
  assertRow(row, limits)
  return row
}

export function assertRow(row: number, { rowsMax }: XlsxLimits): void {
  if (row > rowsMax) throw new XlsxError('too-many-rows', `row ${row} of ${rowsMax} at most`)
}

export function assertColumn(column: number, { columnsMax }: XlsxLimits): void {
  if (column > columnsMax) {
    throw new XlsxError('too-many-columns', `column ${column} of ${columnsMax} at most`)
  }
}
