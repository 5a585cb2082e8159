/** Entry of a thread that writes sheets of faulty rows. */
import type { MessagePort } from 'node:worker_threads'
import type { RefusedCell } from '../../storage/imports/refused-cell.ts'
import { type Fault, importFault } from '../file-fault.ts'
import { RowSet } from '../stored-rows/row-set.ts'
import { LineBrokenError, sendPieces, takePieces } from '../threads/pieces.ts'
import { serveJobs } from '../threads/thread-jobs.ts'
import { type IssueSheet, type IssueSheetSource, writeIssueSheet } from './write-issue-sheet.ts'

/** First of all where the stored workbook is, once it is there; then the refused cells, page by page. */
export type SheetFeed = { readonly path: string } | { readonly cells: readonly RefusedCell[] }

export interface SheetInput extends Pick<IssueSheetSource, 'scratchDir'> {
  readonly sheet: IssueSheet
  /** of a `RowSet` */
  readonly rows: Uint8Array<ArrayBuffer>
  /** gives what the sheet is made of */
  readonly feed: MessagePort
  /** takes the bytes of the file */
  readonly bytes: MessagePort
}

/** `left`: nobody takes the bytes any more, or the refused cells broke off. */
export type SheetAnswer = 'sent' | 'left' | { readonly fault: Fault }

serveJobs<SheetInput, SheetAnswer>(async (input, signal) => {
  const { scratchDir, sheet, bytes } = input
  const rows = new RowSet(input.rows)
  const feed = takePieces<SheetFeed>(input.feed)
  try {
    const source = { path: () => takePath(feed), issues: takeCells(feed), scratchDir, rows, signal }
    const file = writeIssueSheet(sheet, source)
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
    input.feed.close()
    bytes.close()
  }
})

async function takePath(feed: AsyncGenerator<SheetFeed>): Promise<string> {
  const { value } = await feed.next()
  return (value as { path: string }).path
}

async function* takeCells(feed: AsyncGenerator<SheetFeed>): AsyncGenerator<readonly RefusedCell[]> {
  for await (const piece of feed) if ('cells' in piece) yield piece.cells
}

/** Whoever made the bytes still uses the memory that they stand in. */
async function* copiesOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const bytes of file) yield new Uint8Array(bytes)
}
