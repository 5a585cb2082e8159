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
import type { Progress } from '../threads/progress.ts'
import type { MappedSheet } from './mapped-sheet.ts'

export interface ObserveOptions {
  readonly mapping: Mapping
  readonly fields: readonly ContactField[]
  /** the first row of data, and the row behind the last one */
  readonly firstRow: number
  readonly endRow: number
  readonly progress: Progress
  readonly stopping: AbortSignal
}

export type DateOrders = Readonly<Record<number, DateOrderEvidence>>

/** The evidence by column number. It builds no cells of other columns, and reads no rows when no column is a date. */
export async function observeDates(
  { workbook, sheet }: Pick<MappedSheet, 'workbook' | 'sheet'>,
  options: ObserveOptions,
): Promise<DateOrders> {
  const { mapping, fields, firstRow, endRow, progress, stopping } = options
  const columns = dateColumns(mapping, fields)
  const orders = Object.fromEntries(columns.map(column => [column, createDateOrderEvidence()]))
  if (columns.length === 0) return orders
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
