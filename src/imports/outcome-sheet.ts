/** What became of each row of an import, as a workbook that is written while it is downloaded. */
import type { Caller } from '../contracts/caller.ts'
import type { RowOutcome } from '../contracts/row-outcomes.ts'
import type { SheetDownload } from '../contracts/services.ts'
import { type SheetPen, type Styles, writeWorkbook } from '../sheet-writer/index.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findImport } from './find-import.ts'
import { listOutcomes } from './list-outcomes.ts'

/** The members of an outcome, which name the columns as they do in the other formats, and widths in characters. */
const columns = [
  ['row', 10],
  ['outcome', 12],
  ['contactId', 20],
  ['codes', 60],
] as const

/** Ids of number formats: whole digits, and texts. */
const formats = { digits: 1, text: 49 }

/** The same rows as `listOutcomes`, and its errors; the first rows are read before it answers. */
export async function writeOutcomeSheet(
  { orm }: Pick<ImportContext, 'orm'>,
  caller: Caller,
  query: { id: string; fromRow?: number | undefined },
): Promise<SheetDownload> {
  const { name } = await inTenant(orm, caller.tenantId, em => findImport(em, caller, query.id))
  const windows = listOutcomes({ orm }, caller, query)
  const first = await windows.next()
  const bytes = writeWorkbook({
    author: 'contact-import',
    sheets: [
      {
        name: 'outcomes',
        frozenRows: 1,
        columnWidths: columns.map(([, width]) => width),
        write: (pen, styles) => writeRows(pen, styles, { first, windows }),
      },
    ],
  })
  return { fileName: `${name} - outcomes.xlsx`, bytes }
}

async function* writeRows(
  pen: SheetPen,
  styles: Styles,
  {
    first,
    windows,
  }: {
    readonly first: IteratorResult<readonly RowOutcome[]>
    readonly windows: AsyncGenerator<readonly RowOutcome[]>
  },
): AsyncGenerator<void> {
  const digits = styles.place({ format: formats.digits })
  const text = styles.place({ format: formats.text })
  const head = styles.place({ format: formats.text, bold: true })
  pen.startRow()
  for (const [at, [name]] of columns.entries()) pen.text(at + 1, name, head)
  pen.endRow()
  try {
    for (let window = first; !window.done; window = await windows.next()) {
      for (const { row, outcome, contactId, codes } of window.value) {
        // A sheet has a row for each of the file: that of the names, which the file may not have, takes one away.
        if (!pen.hasRoom) return
        pen.startRow()
        pen.number(1, String(row), digits)
        pen.text(2, outcome, text)
        // An id may have more digits than a spreadsheet keeps of a number.
        if (contactId !== undefined) pen.text(3, contactId, text)
        if (codes.length > 0) pen.text(4, codes.join(' '), text)
        pen.endRow()
      }
      yield
    }
  } finally {
    await windows.return(undefined)
  }
}
