/** The data rows of a sheet: all up to its last value, without the header row. */
import type { SheetSummary } from '../contracts/import.ts'

export interface RowRange {
  /** number of the first data row */
  readonly firstRow: number
  readonly total: number
}

export function rowRange(sheet: SheetSummary, headerRow: boolean): RowRange {
  const firstRow = headerRow ? 2 : 1
  return { firstRow, total: Math.max(0, sheet.rows - firstRow + 1) }
}
