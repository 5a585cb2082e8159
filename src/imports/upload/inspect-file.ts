/**
 * Reads an uploaded workbook once: sheets, exact extents, well-formedness, first rows. Runs in a worker
 * thread of its own, so that a large or hostile file takes no time from other requests.
 */
import type { SheetSummary } from '../../contracts/import.ts'
import {
  previewBytesMax,
  previewCellCharactersMax,
  previewColumnsMax,
  previewRowsMax,
  sheetSummariesBytesMax,
} from '../../limits.ts'
import { cellText } from '../../mapping/cell.ts'
import { shownText } from '../../mapping/shown-text.ts'
import type { SheetPreview } from '../../storage/imports/import-entity.ts'
import { openWorkbook, type Row, XlsxError } from '../../xlsx/index.ts'

export interface Inspection {
  readonly sheets: SheetSummary[]
  /** First rows of each sheet, the header row among them. */
  readonly previews: SheetPreview[]
}

const previewColumns = Array.from({ length: previewColumnsMax }, (_, index) => index + 1)

/** Throws `XlsxError` when the file is refused. */
export async function inspectFile(path: string, scratchDir: string): Promise<Inspection> {
  await using workbook = await openWorkbook(path, { scratchDir })
  const sheets: SheetSummary[] = []
  const previews: SheetPreview[] = []
  let summariesBytes = 0
  let bytesLeft = previewBytesMax
  for (const sheet of workbook.sheets) {
    const { rows, columns, firstRows } = await workbook.measureSheet(sheet, {
      firstRows: previewRowsMax + 1,
      columns: previewColumns,
    })
    const summary = { name: sheet.name, rows, columns, hidden: sheet.hidden }
    summariesBytes += Buffer.byteLength(JSON.stringify(summary))
    if (summariesBytes > sheetSummariesBytesMax) {
      throw new XlsxError(
        'too-large',
        `sheets whose list takes over ${sheetSummariesBytesMax} bytes`,
      )
    }
    sheets.push(summary)
    const preview = previewRows(firstRows, bytesLeft)
    bytesLeft -= preview.bytes
    previews.push({ sheet: sheet.name, rows: preview.rows })
  }
  return { sheets, previews }
}

/** Texts of rows 1…n, empty rows included, as far as the bytes reach. */
function previewRows(
  rows: readonly Row[],
  bytesMax: number,
): { rows: SheetPreview['rows']; bytes: number } {
  const texts: (string | null)[][] = []
  let bytes = 0
  for (const row of rows) {
    const cells: (string | null)[] = []
    for (const cell of row.cells) {
      while (cells.length < cell.column - 1) cells.push(null)
      cells.push(shownText(cellText(cell), previewCellCharactersMax))
    }
    bytes += Buffer.byteLength(JSON.stringify(cells))
    if (bytes > bytesMax) break
    while (texts.length < row.number - 1) texts.push([])
    texts.push(cells)
  }
  return { rows: texts, bytes: Math.min(bytes, bytesMax) }
}
