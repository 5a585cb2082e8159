/** Makes the workbook of faulty rows out of a stored file and the refused cells of its import. Knows no database. */

import { correctsProperty } from '../../contracts/corrections.ts'
import type { Locale } from '../../errors.ts'
import { columnLetter } from '../../mapping/default-column-name.ts'
import { type SheetPen, type Styles, writeWorkbook } from '../../sheet-writer/index.ts'
import type { RefusedCell } from '../../storage/imports/refused-cell.ts'
import { openWorkbook } from '../../xlsx/index.ts'
import { findSheet } from '../stored-rows/find-sheet.ts'
import { pickRows } from '../stored-rows/pick-rows.ts'
import type { RowSet } from '../stored-rows/row-set.ts'
import { IssueFeed } from './issue-feed.ts'
import { explanationWidth, lineCount } from './line-count.ts'
import { type ListOptions, ListSheet } from './list-sheet.ts'
import { type Explained, explanationLines, sheetTexts } from './sheet-texts.ts'

/** What the file says, as plain data that goes from one thread to another. */
export interface IssueSheet extends ListOptions {
  readonly importId: string
  /** name of the sheet in the stored file */
  readonly sheet: string
  readonly locale: Locale
  /** widths of the columns of the list, in characters */
  readonly widths: readonly number[]
  /** whether the file has columns that the list has no room for */
  readonly hasMoreColumns: boolean
  readonly explained: Explained
}

export interface IssueSheetSource {
  /** The path of the stored workbook, once it is there: the first bytes do not wait for it. */
  readonly path: () => Promise<string>
  readonly scratchDir: string
  /** the rows of the list */
  readonly rows: RowSet
  /** refused cells of these rows and perhaps of others, in sheet order */
  readonly issues: AsyncIterable<readonly RefusedCell[]>
  readonly signal: AbortSignal
}

/** The bytes of the file; the first ones come before the stored workbook is opened. */
export async function* writeIssueSheet(
  sheet: IssueSheet,
  source: IssueSheetSource,
): AsyncGenerator<Uint8Array> {
  const state: { date1904: boolean; list: ListSheet | undefined } = {
    date1904: false,
    list: undefined,
  }
  const { list, explanation } = sheetTexts(sheet.locale)
  yield* writeWorkbook({
    author: 'contact-import',
    properties: { [correctsProperty]: sheet.importId },
    date1904: () => state.date1904,
    sheets: [
      {
        name: list,
        frozenRows: 1,
        frozenColumns: 1,
        columnWidths: sheet.widths,
        hasNotes: source.rows.size > 0,
        write: (pen, styles) => writeList(pen, styles, { sheet, source, state }),
      },
      {
        name: explanation,
        columnWidths: [explanationWidth],
        write: (pen, styles) => writeExplanation(pen, styles, { sheet, list: state.list }),
      },
    ],
  })
}

interface Writing {
  readonly sheet: IssueSheet
  readonly source: IssueSheetSource
  readonly state: { date1904: boolean; list: ListSheet | undefined }
}

async function* writeList(
  pen: SheetPen,
  styles: Styles,
  { sheet, source, state }: Writing,
): AsyncGenerator<void> {
  const { path, scratchDir, signal, rows } = source
  await using feed = new IssueFeed(source.issues)
  await using workbook = await openWorkbook(await path(), { scratchDir, signal })
  state.date1904 = workbook.date1904
  state.list = new ListSheet(pen, styles, { ...sheet, date1904: workbook.date1904 })
  state.list.writeNames()
  yield
  for await (const batch of pickRows(workbook, findSheet(workbook, sheet.sheet), { rows })) {
    await state.list.writeRows(batch, feed)
    yield
  }
}

function* writeExplanation(
  pen: SheetPen,
  styles: Styles,
  { sheet, list }: { readonly sheet: IssueSheet; readonly list: ListSheet | undefined },
): Generator<void> {
  const { notes = 0, notesLeftOut = 0, rowsLeftOut = 0 } = list?.tally ?? {}
  const lines = explanationLines(sheet.locale, sheet.explained, {
    notes: notesLeftOut > 0 ? notes : null,
    column: sheet.hasMoreColumns ? columnLetter(sheet.names.length) : null,
    rows: rowsLeftOut,
  })
  const title = styles.place({ format: 49, bold: true, wraps: true })
  const text = styles.place({ format: 49, wraps: true })
  for (const [at, line] of lines.entries()) {
    pen.startRow(lineCount(line, explanationWidth))
    pen.text(1, line, at === 0 ? title : text)
    pen.endRow()
  }
  yield
}
