/**
 * Reads the date columns from the first row to the last before the run writes any row, and counts which order of day and
 * month they prove. Every run of an import reads the same rows, so a continuation comes to the same judgement.
 */
import type { ContactField } from '../../contracts/contact-fields.ts'
import type { Mapping } from '../../contracts/mapping.ts'
import {
  createDateOrderEvidence,
  type DateOrderEvidence,
  observeDateCell,
} from '../../mapping/date-order.ts'
import { localeOf } from '../../mapping/region-languages.ts'
import { openWorkbook } from '../../xlsx/index.ts'
import type { Progress } from '../threads/progress.ts'

export interface ObserveOptions {
  /** path of the workbook */
  readonly path: string
  readonly scratchDir: string
  readonly mapping: Mapping
  readonly fields: readonly ContactField[]
  /** the first row of data, and the row behind the last one */
  readonly firstRow: number
  readonly endRow: number
  readonly progress: Progress
  readonly stopping: AbortSignal
}

export type DateOrders = Readonly<Record<number, DateOrderEvidence>>

/** The evidence by column number. It builds no cells of other columns, and opens no workbook when no column is a date. */
export async function observeDates(options: ObserveOptions): Promise<DateOrders> {
  const { path, scratchDir, mapping, fields, firstRow, endRow, progress, stopping } = options
  const columns = dateColumns(mapping, fields)
  const orders = Object.fromEntries(columns.map(column => [column, createDateOrderEvidence()]))
  if (columns.length === 0) return orders
  const locale = localeOf(mapping.region)
  await using workbook = await openWorkbook(path, { scratchDir, locale, signal: stopping })
  const sheet = workbook.sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) throw new Error(`the stored workbook has no sheet "${mapping.sheet}"`)
  const range = { columns, fromRow: firstRow, toRow: endRow - 1 }
  for await (const rows of workbook.rowBatches(sheet, range)) {
    progress.note()
    stopping.throwIfAborted()
    for (const { cells } of rows) {
      for (const cell of cells) observeDateCell(orders[cell.column]!, cell)
    }
  }
  return orders
}

function dateColumns(mapping: Mapping, fields: readonly ContactField[]): number[] {
  const dates = new Set(fields.filter(({ sqlType }) => sqlType === 'date').map(({ key }) => key))
  return mapping.columns.filter(({ field }) => dates.has(field)).map(({ column }) => column)
}
