/**
 * The workbooks that must be read, one for each rule of the format that the reader follows.
 * `write-fixtures.ts` makes `good/` from them.
 */
import { cellWorkbooks } from './good-cells.ts'
import { formatWorkbooks } from './good-formats.ts'
import { packageWorkbooks } from './good-packages.ts'
import type { GoodWorkbook } from './good-workbook.ts'

export const goodWorkbooks: readonly GoodWorkbook[] = [
  ...packageWorkbooks,
  ...cellWorkbooks,
  ...formatWorkbooks,
]
