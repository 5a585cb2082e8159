/** Which sheet of a workbook is imported, and which of its rows are data. */
import { proposedSheet, type SheetRecord } from '../contracts/import-snapshot.ts'
import { headerRowNumber } from '../contracts/mapping.ts'
import { AppError } from '../errors.ts'

export interface RowRange {
  /** number of the first data row */
  readonly firstRow: number
  readonly total: number
}

/** The sheet for a caller who names none; throws `file-empty` when no sheet can be imported. */
export function defaultSheet(sheets: readonly SheetRecord[]): SheetRecord {
  const sheet = proposedSheet(sheets)
  if (!sheet) throw new AppError('file-empty')
  return sheet
}

/**
 * The sheet of that name, or the default one. Throws `sheet-unknown` when there is none of that name, and
 * `sheet-unreadable` when it is damaged.
 */
export function chooseSheet(sheets: readonly SheetRecord[], name: string | undefined): SheetRecord {
  if (name === undefined) return defaultSheet(sheets)
  const sheet = sheets.find(candidate => candidate.name === name)
  if (!sheet) throw new AppError('sheet-unknown', { sheet: name })
  if (sheet.unreadable === undefined) return sheet
  throw new AppError('sheet-unreadable', { sheet: name, reason: sheet.unreadable })
}

/** The data rows of a sheet: all behind the header row up to its last value. */
export function rowRange(sheet: SheetRecord, headerRow: boolean | number): RowRange {
  const firstRow = headerRowNumber(headerRow) + 1
  return { firstRow, total: Math.max(0, sheet.rows - firstRow + 1) }
}
