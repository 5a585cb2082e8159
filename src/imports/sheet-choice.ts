/** Which sheet of a workbook is imported, and which of its rows are data. */
import type { SheetSummary } from '../contracts/import.ts'
import { AppError } from '../errors.ts'

export interface RowRange {
  /** number of the first data row */
  readonly firstRow: number
  readonly total: number
}

/** The sheet that a caller who names none means: the first visible one that holds a value. */
export function defaultSheet(sheets: readonly SheetSummary[]): SheetSummary {
  const sheet = sheets.find(({ hidden, rows }) => !hidden && rows > 0)
  if (!sheet) throw new AppError('file-empty')
  return sheet
}

/** The sheet of that name, or the default one; `sheet-unknown` when there is none of that name. */
export function chooseSheet(
  sheets: readonly SheetSummary[],
  name: string | undefined,
): SheetSummary {
  if (name === undefined) return defaultSheet(sheets)
  const sheet = sheets.find(candidate => candidate.name === name)
  if (!sheet) throw new AppError('sheet-unknown', { sheet: name })
  return sheet
}

/** The data rows of a sheet: all up to its last value, without the header row. */
export function rowRange(sheet: SheetSummary, headerRow: boolean): RowRange {
  const firstRow = headerRow ? 2 : 1
  return { firstRow, total: Math.max(0, sheet.rows - firstRow + 1) }
}
