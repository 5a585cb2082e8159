/** Entry of a thread that writes sheets of faulty rows. */
import type { MessagePort } from 'node:worker_threads'
import type { RefusedCell } from '../../storage/imports/refused-cell.ts'
import { type Fault, importFault } from '../file-fault.ts'
import { RowSet } from '../stored-rows/row-set.ts'
import { LineBrokenError, sendPieces, takePieces } from '../threads/pieces.ts'
import { serveJobs } from '../threads/thread-jobs.ts'
import { type IssueSheet, type IssueSheetSource, writeIssueSheet } from './write-issue-sheet.ts'

export interface SheetInput extends Pick<IssueSheetSource, 'path' | 'scratchDir'> {
  readonly sheet: IssueSheet
  /** of a `RowSet` */
  readonly rows: Uint8Array<ArrayBuffer>
  /** gives the refused cells, page by page */
  readonly issues: MessagePort
  /** takes the bytes of the file */
  readonly bytes: MessagePort
}

/** `left`: nobody takes the bytes any more, or the refused cells broke off. */
export type SheetAnswer = 'sent' | 'left' | { readonly fault: Fault }

serveJobs<SheetInput, SheetAnswer>(async (input, signal) => {
  const { path, scratchDir, sheet, bytes } = input
  const rows = new RowSet(input.rows)
  const issues = takePieces<readonly RefusedCell[]>(input.issues)
  try {
    const file = writeIssueSheet(sheet, { path, scratchDir, rows, issues, signal })
    await sendPieces(bytes, copiesOf(file), piece => [piece.buffer])
    return { answer: 'sent', endedWell: true }
  } catch (error) {
    if (error instanceof LineBrokenError || signal.aborted) {
      return { answer: 'left', endedWell: false }
    }
    const fault = importFault(error)
    // An unforeseen error ends the thread, and the pool hands the error to the caller.
    if (fault === undefined) throw error
    return { answer: { fault }, endedWell: false }
  } finally {
    input.issues.close()
    bytes.close()
  }
})

/** Whoever made the bytes still uses the memory that they stand in. */
async function* copiesOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const bytes of file) yield new Uint8Array(bytes)
}
