/**
 * Owns an open workbook: its sheets, and reading them by pulling. It holds the file, the styles, the
 * shared strings and the texts of rich values; nothing of a sheet outlives the loop that reads it.
 */
import { tmpdir } from 'node:os'
import { numberSigns } from './formats/number-signs.ts'
import { readStyles, type Styles } from './formats/styles.ts'
import { defaultLimits, type XlsxLimits } from './limits.ts'
import { readCustomProperty } from './package/custom-properties.ts'
import { inPart, PackageParts } from './package/package-parts.ts'
import {
  readWorkbookPart,
  type WorkbookPart,
  type WorksheetEntry,
} from './package/workbook-part.ts'
import { type RichTexts, readRichTexts } from './rich/rich-values.ts'
import { type ListMarks, readTableRow } from './sheet/list-marks.ts'
import type { MergedRange } from './sheet/merged-cells.ts'
import type { Row } from './sheet/row-builder.ts'
import { RowSample, type SampleOptions } from './sheet/row-sample.ts'
import type { SheetContext } from './sheet/sheet-context.ts'
import { SheetRows } from './sheet/sheet-rows.ts'
import { readSharedStrings } from './strings/shared-strings.ts'
import type { StringPages } from './strings/string-pages.ts'
import { XlsxError } from './xlsx-error.ts'
import type { ByteSource } from './zip/inflate.ts'

export interface OpenOptions {
  /** Caps that differ from `defaultLimits`. */
  readonly limits?: Partial<XlsxLimits>
  /** Folder for shared strings that do not fit into memory; the system's by default. */
  readonly scratchDir?: string
  /**
   * Locale such as `pl-PL` whose signs the numbers show; by default the signs that codes of formats are written
   * with, which are the English ones.
   */
  readonly locale?: string
  /** Stops opening and reading; the reason is thrown. */
  readonly signal?: AbortSignal
  /** Size of the chunks that parts are read in; for tests. */
  readonly chunkBytes?: number
}

/** A worksheet; chart, dialog and macro sheets are none. */
export interface SheetInfo {
  readonly name: string
  /** Hidden or very hidden. */
  readonly hidden: boolean
  /** Whether the workbook opens at it. */
  readonly active: boolean
  /** Position among the worksheets, from 0. */
  readonly index: number
}

export interface RowBatchesOptions {
  /** 1-based columns to build; cells of others cost no string. All by default. */
  readonly columns?: readonly number[]
  /** 1-based row to start at; rows before it are scanned and not built. */
  readonly fromRow?: number
  /** 1-based row to end at; rows behind it are scanned and not built. All by default. */
  readonly toRow?: number
  /** Which of the rows from `fromRow` to `toRow` to build, asked once for each, in their order. All by default. */
  readonly wants?: (row: number) => boolean
  /** Merged ranges, as `measureSheet` tells them: their first cells say that they are merged. None by default. */
  readonly merged?: readonly MergedRange[]
  /**
   * Rows of a batch at most; batches of very large rows are shorter. Without it, batches are of about
   * a thousand cells, which reads with the least memory.
   */
  readonly batchRows?: number
}

export interface MeasureOptions {
  readonly firstRows?: number
  /** 1-based columns to build. All by default. */
  readonly columns?: readonly number[]
  /** Keeps a sample of all rows. None by default. */
  readonly sample?: SampleOptions
}

export interface SheetMeasure {
  /** Number of the last row that holds a value, blank texts aside; 0 for an empty sheet. */
  readonly rows: number
  /** Greatest column that holds a value, blank texts aside; 0 for an empty sheet. */
  readonly columns: number
  /** Formulas whose results the file does not store. */
  readonly uncalculatedCells: number
  /** Cells that are not what their type says: booleans, dates and types that are none. */
  readonly damagedCells: number
  /** Hidden rows that hold a value. */
  readonly hiddenRows: number
  /** Merged ranges, and the first of them (`mergedRangesMax`). */
  readonly mergedCells: number
  readonly mergedRanges: readonly MergedRange[]
  /** The rows numbered up to the `firstRows` asked for that hold values. */
  readonly firstRows: Row[]
  /** Rows of the whole sheet, spread evenly, where the caller asked for a sample. */
  readonly sampleRows: readonly Row[]
  readonly marks: ListMarks
}

/**
 * Opens a workbook: reads the archive's directory, the workbook part, styles, shared strings and rich values.
 * @throws XlsxError for a file that cannot be read; errors of the file system pass through
 */
export async function openWorkbook(path: string, options: OpenOptions = {}): Promise<Workbook> {
  const limits = { ...defaultLimits, ...options.limits }
  const { signal, chunkBytes, locale, scratchDir = tmpdir() } = options
  signal?.throwIfAborted()
  const parts = await PackageParts.open(path, { limits, signal, chunkBytes })
  try {
    const part = await readWorkbookPart(parts)
    const styles = await readStyles(parts, part.stylesPart, numberSigns(locale))
    const strings = await readSharedStrings(parts, part.sharedStringsPart, {
      memoryBytesMax: limits.sharedStringsMemoryBytesMax,
      scratchDir,
    })
    try {
      const richTexts = await readRichTexts(parts, part.richValueParts)
      return new OpenWorkbook(parts, part, { styles, strings, richTexts })
    } catch (error) {
      await strings.close()
      throw error
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

export interface Workbook {
  /** Worksheets in workbook order. */
  readonly sheets: readonly SheetInfo[]
  /** Names of all sheets in workbook order, chart, dialog and macro sheets included. */
  readonly sheetNames: readonly string[]
  /** Whether serials count from 1904; values given out are converted already. */
  readonly date1904: boolean
  readonly firstVisibleSheet: SheetInfo
  /**
   * Rows that hold a value, in order; leaving the loop closes what was opened for it. Closing the workbook
   * ends the loop with an error.
   */
  rowBatches(sheet: SheetInfo, options?: RowBatchesOptions): AsyncIterable<Row[]>
  /** Reads a whole sheet without building more than its first rows (none by default), or these columns of them. */
  measureSheet(sheet: SheetInfo, options?: MeasureOptions): Promise<SheetMeasure>
  /** The text of a custom document property; null where there is none. */
  customProperty(name: string): Promise<string | null>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What cells refer to. */
interface WorkbookTables {
  readonly styles: Styles
  readonly strings: StringPages
  readonly richTexts: RichTexts
}

class OpenWorkbook implements Workbook {
  readonly sheets: readonly WorksheetEntry[]
  readonly sheetNames: readonly string[]
  readonly date1904: boolean
  readonly firstVisibleSheet: SheetInfo
  readonly #parts: PackageParts
  readonly #strings: StringPages
  readonly #context: SheetContext
  #closing: Promise<void> | null = null

  constructor(parts: PackageParts, part: WorkbookPart, tables: WorkbookTables) {
    const { worksheets, sheetNames, date1904, isCalculatedOnLoad } = part
    this.sheets = worksheets
    this.sheetNames = sheetNames
    this.date1904 = date1904
    this.#parts = parts
    this.#strings = tables.strings
    this.#context = { limits: parts.limits, ...tables, date1904, isCalculatedOnLoad }
    const visible = worksheets.find(sheet => !sheet.hidden)
    if (visible === undefined) throw new XlsxError('no-worksheet', 'no visible worksheet')
    this.firstVisibleSheet = visible
  }

  rowBatches(sheet: SheetInfo, options: RowBatchesOptions = {}): AsyncGenerator<Row[]> {
    const { columns = null, fromRow = 1, toRow, wants, batchRows = null, merged = [] } = options
    const lastRow = toRow ?? Number.POSITIVE_INFINITY
    const selection = { columns, firstRow: fromRow, lastRow, wants, batchRows, merged }
    return this.#readInto(sheet, new SheetRows(this.#context, selection))
  }

  async measureSheet(
    sheet: SheetInfo,
    { firstRows: lastRow = 0, columns, sample: sampleOptions }: MeasureOptions = {},
  ): Promise<SheetMeasure> {
    const sample = sampleOptions && new RowSample(sampleOptions)
    const selection = {
      columns: columns ?? null,
      firstRow: 1,
      lastRow,
      batchRows: null,
      merged: [],
      sample,
    }
    const measured: Row[] = []
    const rows = new SheetRows(this.#context, selection)
    for await (const batch of this.#readInto(sheet, rows)) {
      sample?.take(batch)
      if (batch[0]!.number > lastRow) continue
      measured.push(...batch.filter(({ number }) => number <= lastRow))
    }
    const { part } = this.sheets[sheet.index]!
    const tableRow = await readTableRow(this.#parts, part ?? '', rows.tableIds)
    return {
      rows: rows.lastRow,
      columns: rows.lastColumn,
      uncalculatedCells: rows.uncalculatedCells,
      damagedCells: rows.damagedCells,
      hiddenRows: rows.hiddenRows,
      mergedCells: rows.mergedCells,
      mergedRanges: rows.mergedRanges,
      firstRows: measured,
      sampleRows: sample?.rows ?? [],
      marks: { frozenRows: rows.frozenRows, filterRow: rows.filterRow, tableRow },
    }
  }

  async *#readInto(sheet: SheetInfo, rows: SheetRows): AsyncGenerator<Row[]> {
    const { part, name } = this.sheets[sheet.index]!
    if (part === null) throw inSheet(new XlsxError('corrupt', 'there is no part'), name, '')
    let source: ByteSource | null = null
    try {
      source = await this.#parts.openPart(part, this.#parts.limits.sheetBytesMax)
      for (;;) {
        // What was read ahead is not given out: shared strings are gone with the workbook.
        if (this.#closing !== null) throw new Error('the workbook was closed while it was read')
        const result = rows.read()
        if (result === 'more') {
          this.#parts.signal?.throwIfAborted()
          rows.push(await source.read())
          continue
        }
        const batch = rows.takeBatch()
        if (batch.length > 0) yield batch
        if (result === 'end') return
      }
    } catch (error) {
      throw inSheet(error, name, part)
    } finally {
      await source?.close()
    }
  }

  customProperty(name: string): Promise<string | null> {
    return readCustomProperty(this.#parts, name)
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#parts.close(), this.#strings.close()]).then(() => {})
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** Characters of a sheet's name in an error: names are short, and the rest of its detail is needed. */
const NAME_CHARACTERS_MAX = 64

/** Adds the sheet's name and part to an error. */
function inSheet(error: unknown, name: string, part: string): unknown {
  const located = inPart(error, part)
  if (!(located instanceof XlsxError)) return located
  const sheet = `sheet "${name.slice(0, NAME_CHARACTERS_MAX)}"`
  return new XlsxError(located.code, `${sheet}: ${located.detail}`, { cause: error })
}
