/**
 * Reads an uploaded workbook once: its sheets, their exact extents, well-formedness and first rows. It runs in a worker
 * thread of its own, so that a large or hostile file takes no time from other requests.
 */
import { correctsProperty } from '../../contracts/corrections.ts'
import { isUsable, type SheetRecord } from '../../contracts/import-snapshot.ts'
import { uuidPattern } from '../../contracts/schema.ts'
import {
  columnProfilesBytesMax,
  judgedRowsMax,
  previewBytesMax,
  previewCellCharactersMax,
  previewColumnsMax,
  previewRowsMax,
  sampledBytesMax,
  sampledCellCharactersMax,
  sampledRowsMax,
  sheetSummariesBytesMax,
} from '../../limits.ts'
import { cellText } from '../../mapping/cell.ts'
import { describeSheet } from '../../mapping/profile/describe-sheet.ts'
import { shownText } from '../../mapping/shown-text.ts'
import type { MergedPlace, SheetPreview } from '../../storage/imports/import-entity.ts'
import {
  openWorkbook,
  type Row,
  type SheetInfo,
  type SheetMeasure,
  XlsxError,
} from '../../xlsx/index.ts'

export interface Inspection {
  readonly sheets: SheetRecord[]
  /** First rows of each sheet, the header row among them. */
  readonly previews: SheetPreview[]
  /** the import whose rows the workbook says it corrects */
  readonly corrects?: string
}

export interface InspectionInput {
  readonly path: string
  readonly scratchDir: string
  /** Locale whose decimal and thousands separators the numbers of the preview show. */
  readonly locale: string
  /** ISO 3166-1 region of the service, by which columns are judged */
  readonly region: string
}

const sample = {
  rowsMax: sampledRowsMax,
  bytesMax: sampledBytesMax,
  cellCharactersMax: sampledCellCharactersMax,
}

const previewColumns = Array.from({ length: previewColumnsMax }, (_, index) => index + 1)

/**
 * Throws `XlsxError` when the file is refused. A file with one unreadable sheet is not refused as long as it has another
 * sheet to import.
 */
export async function inspectFile({
  path,
  scratchDir,
  locale,
  region,
}: InspectionInput): Promise<Inspection> {
  await using workbook = await openWorkbook(path, { scratchDir, locale })
  const inspected = new InspectedSheets(region)
  for (const sheet of workbook.sheets) {
    try {
      const measure = await workbook.measureSheet(sheet, {
        firstRows: previewRowsMax + 1,
        columns: previewColumns,
        sample,
      })
      inspected.add(sheet, measure)
    } catch (error) {
      if (!(error instanceof XlsxError)) throw error
      inspected.addUnreadable(sheet, error)
    }
  }
  const corrects = await workbook.customProperty(correctsProperty)
  const isId = corrects !== null && uuidPattern.test(corrects)
  return { ...inspected.finish(), ...(isId && { corrects: corrects.toLowerCase() }) }
}

function describe(measure: SheetMeasure, region: string) {
  const { firstRows, sampleRows, marks, mergedRanges, columns } = measure
  const wide = mergedRanges.filter(({ columns }) => columns > 1)
  return describeSheet({
    firstRows,
    sampleRows: spread(sampleRows, judgedRowsMax),
    marks,
    rowsWithMergedColumns: new Set(wide.map(({ row }) => row)),
    columnCount: Math.min(columns, previewColumnsMax),
    region,
  })
}

/** So many of the rows, evenly spread; all where there are no more. */
function spread(rows: readonly Row[], rowsMax: number): readonly Row[] {
  if (rows.length <= rowsMax) return rows
  return Array.from({ length: rowsMax }, (_, at) => rows[Math.floor((at * rows.length) / rowsMax)]!)
}

/** The sheets of a workbook as far as they were read. The summary of all sheets is bounded in bytes. */
class InspectedSheets {
  readonly #sheets: SheetRecord[] = []
  readonly #previews: SheetPreview[] = []
  #summariesBytes = 0
  #previewBytesLeft = previewBytesMax
  #fault: XlsxError | undefined
  readonly #region: string
  #profileBytesLeft = columnProfilesBytesMax

  /** @param region of the service */
  constructor(region: string) {
    this.#region = region
  }

  add({ name, hidden, active }: SheetInfo, measure: SheetMeasure): void {
    const { rows, columns, uncalculatedCells, hiddenRows, mergedCells } = measure
    const { header, isList, columns: described } = describe(measure, this.#region)
    this.#addRecord({
      name,
      rows,
      columns,
      hidden,
      ...(active && { active }),
      ...(isList && { list: true }),
      header,
      ...(uncalculatedCells > 0 && { uncalculatedCells }),
      ...(hiddenRows > 0 && { hiddenRows }),
      ...(mergedCells > 0 && { mergedCells }),
    })
    const merged = measure.mergedRanges.map(
      ({ row, column, rows, columns }) => [row, column, rows, columns] as MergedPlace,
    )
    this.#previewBytesLeft -= Buffer.byteLength(JSON.stringify(merged))
    const preview = previewRows(measure.firstRows, Math.max(0, this.#previewBytesLeft))
    this.#previewBytesLeft -= preview.bytes
    this.#profileBytesLeft -= Buffer.byteLength(JSON.stringify(described))
    this.#previews.push({
      sheet: name,
      rows: preview.rows,
      ...(merged.length > 0 && { merged }),
      ...(this.#profileBytesLeft >= 0 && { columns: described }),
    })
  }

  addUnreadable({ name, hidden }: SheetInfo, fault: XlsxError): void {
    if (!hidden) this.#fault ??= fault
    this.#addRecord({ name, rows: 0, columns: 0, hidden, unreadable: fault.detail })
  }

  #addRecord(record: SheetRecord): void {
    this.#summariesBytes += Buffer.byteLength(JSON.stringify(record))
    if (this.#summariesBytes > sheetSummariesBytesMax) {
      const detail = `sheets whose list takes over ${sheetSummariesBytesMax} bytes`
      throw new XlsxError('too-large', detail)
    }
    this.#sheets.push(record)
  }

  /** Gives the result. Throws the first fault of a visible sheet when no sheet is left to import. */
  finish(): Inspection {
    if (this.#fault !== undefined && !this.#sheets.some(isUsable)) throw this.#fault
    return { sheets: this.#sheets, previews: this.#previews }
  }
}

/** The texts of rows 1…n, empty rows included; ends before the row that would exceed `bytesMax`. */
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
