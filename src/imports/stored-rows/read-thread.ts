/** Entry of a thread that reads chosen rows of stored sheets. */
import type { MessagePort } from 'node:worker_threads'
import { openWorkbook } from '../../xlsx/index.ts'
import { type Fault, importFault } from '../file-fault.ts'
import { LineBrokenError, sendPieces } from '../threads/pieces.ts'
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
}

/** `left`: nobody takes the rows any more. */
export type ReadAnswer = 'sent' | 'left' | { readonly fault: Fault }

serveJobs<ReadInput, ReadAnswer>(async (input, stopping) => {
  try {
    await sendPieces(input.port, readRows(input, stopping))
    return { answer: 'sent', endedWell: true }
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

async function* readRows(input: ReadInput, signal: AbortSignal): AsyncGenerator<StoredRow[]> {
  const { path, scratchDir, locale, merged } = input
  await using workbook = await openWorkbook(path, { scratchDir, locale, signal })
  const sheet = findSheet(workbook, input.sheet)
  const rows = new RowSet(input.rows)
  for await (const batch of pickRows(workbook, sheet, { rows, merged })) {
    yield batch.map(toStoredRow)
  }
}
