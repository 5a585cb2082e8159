/** Entry of a thread that reads chosen rows of stored sheets. */
import type { MessagePort } from 'node:worker_threads'
import { openWorkbook, type SheetInfo, type Workbook } from '../../xlsx/index.ts'
import { type Fault, importFault } from '../file-fault.ts'
import { type DateOrders, type ObserveOptions, observeDates } from '../run/observe-dates.ts'
import { LineBrokenError, sendPieces } from '../threads/pieces.ts'
import { Progress } from '../threads/progress.ts'
import { serveJobs } from '../threads/thread-jobs.ts'
import { findSheet } from './find-sheet.ts'
import { pickRows } from './pick-rows.ts'
import { RowSet } from './row-set.ts'
import { type StoredRow, toStoredRow } from './stored-row.ts'
import type { StoredSheet } from './stored-rows.ts'

export interface ReadInput extends Pick<StoredSheet, 'sheet' | 'merged'> {
  readonly path: string
  readonly scratchDir: string
  /** Locale whose signs the numbers show. */
  readonly locale: string
  /** of a `RowSet` */
  readonly rows: Uint8Array<ArrayBuffer>
  /** takes the rows, many at a time */
  readonly port: MessagePort
  /** Which columns of dates to read whole, behind the rows, for what they prove of the order of day and month. */
  readonly observe?: DatesToObserve
}

export type DatesToObserve = Pick<ObserveOptions, 'mapping' | 'fields' | 'firstRow' | 'endRow'>

/** `left`: nobody takes the rows any more. */
export type ReadAnswer = { readonly dateOrders: DateOrders } | 'left' | { readonly fault: Fault }

serveJobs<ReadInput, ReadAnswer>(async (input, stopping) => {
  try {
    const { path, scratchDir, locale } = input
    await using workbook = await openWorkbook(path, { scratchDir, locale, signal: stopping })
    const sheet = findSheet(workbook, input.sheet)
    // First of all: whoever takes the rows does not wait for the dates.
    await sendPieces(input.port, readRows(workbook, sheet, input))
    const options = { ...input.observe!, progress: new Progress(), stopping }
    const dateOrders = input.observe ? await observeDates({ workbook, sheet }, options) : {}
    return { answer: { dateOrders }, endedWell: true }
  } catch (error) {
    if (error instanceof LineBrokenError || stopping.aborted) {
      return { answer: 'left', endedWell: false }
    }
    const fault = importFault(error)
    // An unforeseen error ends the thread, and the pool hands the error to the caller.
    if (fault === undefined) throw error
    return { answer: { fault }, endedWell: false }
  } finally {
    input.port.close()
  }
})

async function* readRows(
  workbook: Workbook,
  sheet: SheetInfo,
  { rows, merged }: ReadInput,
): AsyncGenerator<StoredRow[]> {
  for await (const batch of pickRows(workbook, sheet, { rows: new RowSet(rows), merged })) {
    yield batch.map(toStoredRow)
  }
}
