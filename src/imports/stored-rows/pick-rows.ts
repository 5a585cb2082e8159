/** Reads chosen rows of a sheet with the cells of all columns, in one pass that ends at the last of them. */
import type { MergedRange, Row, SheetInfo, Workbook } from '../../xlsx/index.ts'
import type { RowSet } from './row-set.ts'

/** Rows of the set that hold no value are not there. `merged`: merged ranges of the sheet, whose first cells then say so. */
export async function* pickRows(
  workbook: Workbook,
  sheet: SheetInfo,
  { rows: wanted, merged = [] }: { rows: RowSet; merged?: readonly MergedRange[] },
): AsyncGenerator<Row[]> {
  if (wanted.size === 0) return
  const range = { fromRow: wanted.first, toRow: wanted.last, merged }
  const batches = workbook.rowBatches(sheet, { ...range, wants: row => wanted.has(row) })
  for await (const rows of batches) {
    yield rows
    if (rows.at(-1)!.number === wanted.last) return
  }
}
