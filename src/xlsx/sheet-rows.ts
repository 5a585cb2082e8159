/**
 * Owns the sheet part (ECMA-376 Part 1 §18.3.1): rows and cells of `sheetData`, in order, as typed
 * values. It holds one batch of rows and nothing of what came before.
 */
import { assertColumn, assertRow, parseCellReference, parseRowNumber } from './cell-reference.ts'
import {
  booleanCell,
  type Cell,
  errorCell,
  isoDateCell,
  type NumberContext,
  numberCell,
  parseBoolean,
  parseNumber,
  stringCell,
} from './cell-value.ts'
import type { XlsxLimits } from './limits.ts'
import { isStringElement } from './shared-strings.ts'
import type { StringPages } from './string-pages.ts'
import { XlsxError } from './xlsx-error.ts'
import { NS_MAIN } from './xml-names.ts'
import { EOF, MORE, START, TEXT, XmlScanner } from './xml-scan.ts'
import { decodeEscapes } from './xml-text.ts'

export interface Row {
  /** 1-based. */
  readonly number: number
  /** Ascending by column; cells without a value are not there. */
  readonly cells: readonly Cell[]
}

export interface SheetContext extends NumberContext {
  readonly limits: XlsxLimits
  readonly strings: StringPages
}

export interface RowSelection {
  /** 1-based columns to build; null for all. */
  readonly columns: ReadonlySet<number> | null
  /** Rows outside of these bounds are scanned and not built; 1-based, inclusive. */
  readonly firstRow: number
  readonly lastRow: number
  /** Rows of a batch; fewer where rows are large. */
  readonly batchRows: number
}

/** A batch ends early past these, so that it stays small whatever its rows are like. */
const BATCH_CELLS_MAX = 65_536
const BATCH_CHARACTERS_MAX = 2_097_152

export type ReadResult = 'more' | 'batch' | 'end'

export class SheetRows {
  /** Last row and greatest column that hold a value so far, built or not. */
  lastRow = 0
  lastColumn = 0
  readonly #xml: XmlScanner
  readonly #context: SheetContext
  readonly #selection: RowSelection
  #batch: Row[] = []
  #batchCells = 0
  #batchCharacters = 0
  #inData = false
  #row = 0
  #isBuilt = false
  #cells: Cell[] = []
  #column = 0
  #type = 'n'
  #style = 0
  #hasValue = false
  #value = ''
  #run = ''

  constructor(context: SheetContext, selection: RowSelection) {
    this.#context = context
    this.#selection = selection
    this.#xml = new XmlScanner(context.limits)
  }

  /** The rows gathered since the last call. */
  takeBatch(): Row[] {
    const batch = this.#batch
    this.#batch = []
    this.#batchCells = 0
    this.#batchCharacters = 0
    return batch
  }

  push(bytes: Buffer | null): void {
    if (bytes === null) this.#xml.finish()
    else this.#xml.push(bytes)
  }

  /** Reads on until a batch is full, or more bytes are needed, or the part has ended. */
  read(): ReadResult {
    const xml = this.#xml
    try {
      for (;;) {
        const token = xml.next()
        if (token === MORE) return 'more'
        if (token === EOF) return 'end'
        if (token === TEXT) this.#run = this.#append(this.#run, xml.text())
        else if (token === START) this.#enter()
        else if (this.#leave()) return 'batch'
      }
    } catch (error) {
      if (!(error instanceof XlsxError)) throw error
      throw new XlsxError(error.code, `row ${this.#row}: ${error.detail}`, { cause: error })
    }
  }

  #append(text: string, more: string): string {
    const { textBytesMax } = this.#context.limits
    if (text.length + more.length > textBytesMax) {
      throw new XlsxError('too-large', `text of more than ${textBytesMax} characters`)
    }
    return text === '' ? more : text + more
  }

  #enter(): void {
    const xml = this.#xml
    const { level, local, uri } = xml.elements
    if (uri !== NS_MAIN) {
      if (level === 1) throw new XlsxError('corrupt', 'not a worksheet')
      xml.skipElement()
    } else if (level === 1) {
      if (local !== 'worksheet') throw new XlsxError('corrupt', 'not a worksheet')
    } else if (level === 2) {
      this.#inData = local === 'sheetData'
      if (!this.#inData) xml.skipElement()
    } else if (level === 3 && local === 'row') this.#enterRow()
    else if (level === 4 && local === 'c') this.#enterCell()
    else if (level >= 5) this.#enterValue(level, local)
    else xml.skipElement()
  }

  #enterRow(): void {
    const { limits } = this.#context
    const number = this.#xml.attributes.get('r')
    const row = number === null ? this.#row + 1 : parseRowNumber(number, limits)
    if (number === null) assertRow(row, limits)
    if (row <= this.#row) throw new XlsxError('corrupt', `row ${row} after row ${this.#row}`)
    this.#row = row
    this.#column = 0
    this.#cells = []
    const { firstRow, lastRow } = this.#selection
    this.#isBuilt = row >= firstRow && row <= lastRow
  }

  #enterCell(): void {
    const { limits } = this.#context
    const { attributes } = this.#xml
    const reference = attributes.get('r')
    if (reference === null) {
      this.#column++
      assertColumn(this.#column, limits)
    } else {
      const { column, row } = parseCellReference(reference, limits)
      if (row !== this.#row) throw new XlsxError('corrupt', `a cell of row ${row}`)
      this.#column = column
    }
    this.#type = attributes.get('t') ?? 'n'
    const style = attributes.get('s')
    this.#style = style === null ? 0 : Number.parseInt(style, 10) || 0
    this.#hasValue = false
    this.#value = ''
  }

  #enterValue(level: number, local: string): void {
    const isText = level === 5 ? local === 'v' : isStringElement(level - 5, local) && local === 't'
    if (isText) {
      this.#xml.wantsText = true
      this.#run = ''
    } else if (!(level === 5 ? local === 'is' : isStringElement(level - 5, local))) {
      this.#xml.skipElement()
    }
  }

  /** Takes the end of an element; true where a batch is full. */
  #leave(): boolean {
    const xml = this.#xml
    const { level, local } = xml.elements
    if (level === 4) this.#leaveCell()
    else if (level === 3) return this.#leaveRow()
    else if (xml.wantsText) {
      xml.wantsText = false
      if (local === 'v') this.#value = this.#run
      else this.#value = this.#append(this.#value, decodeEscapes(this.#run))
      this.#hasValue = true
    }
    return false
  }

  #leaveCell(): void {
    if (!this.#hasValue) return
    const cell = this.#makeCell()
    if (cell === null) return
    this.lastRow = this.#row
    this.lastColumn = Math.max(this.lastColumn, this.#column)
    const { columns } = this.#selection
    if (this.#isBuilt && (columns === null || columns.has(this.#column))) this.#addCell(cell)
  }

  #addCell(cell: Cell): void {
    const last = this.#cells.at(-1)
    if (last !== undefined && last.column >= cell.column) {
      throw new XlsxError('corrupt', `column ${cell.column} after ${last.column}`)
    }
    this.#cells.push(cell)
    if (cell.type === 'string') this.#batchCharacters += cell.value.length
  }

  #makeCell(): Cell | null {
    const value = this.#value
    const column = this.#column
    if (value === '') return null
    switch (this.#type) {
      case 's':
        return this.#sharedCell(value.trim())
      case 'str':
        return stringCell(column, decodeEscapes(value))
      case 'inlineStr':
        return stringCell(column, value)
      case 'b':
        return booleanCell(column, parseBoolean(value.trim()))
      case 'e':
        return errorCell(column, value.trim())
      case 'd':
        return isoDateCell(column, value.trim())
      case 'n':
        return this.#numericCell(value.trim())
      default:
        throw new XlsxError('cell-invalid', 'a cell of unknown type')
    }
  }

  #numericCell(text: string): Cell | null {
    if (text === '') return null
    const value = parseNumber(text)
    if (value === null) return stringCell(this.#column, this.#value)
    return numberCell(this.#column, value, this.#style, this.#context)
  }

  #sharedCell(text: string): Cell | null {
    const { strings } = this.#context
    const index = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
    if (index < 0 || index >= strings.length) {
      throw new XlsxError('shared-string-out-of-range', `index of ${strings.length} strings`)
    }
    return strings.isEmpty(index) ? null : stringCell(this.#column, strings.get(index))
  }

  #leaveRow(): boolean {
    if (this.#cells.length > 0) {
      this.#batch.push({ number: this.#row, cells: this.#cells })
      this.#batchCells += this.#cells.length
    }
    return (
      this.#batch.length >= this.#selection.batchRows ||
      this.#batchCells >= BATCH_CELLS_MAX ||
      this.#batchCharacters >= BATCH_CHARACTERS_MAX
    )
  }
}
