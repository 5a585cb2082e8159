/**
 * Owns the sheet part (ECMA-376 Part 1 §18.3.1): rows and cells of `sheetData`, in order, as typed
 * values. Plain spellings go through plain-rows; this file reads every other one, and says what is
 * wrong. It holds one batch of rows and nothing of what came before.
 */

import { isStringElement } from '../strings/shared-strings.ts'
import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN, NS_OFFICE_RELATIONSHIPS } from '../xml/names.ts'
import { EOF, MORE, START, TEXT, XmlScanner } from '../xml/scan.ts'
import { decodeEscapes, isBlankText, isTrue } from '../xml/text.ts'
import { parseCellReference, parseRowNumber } from './cell-reference.ts'
import {
  booleanCell,
  type Cell,
  errorCell,
  isoDateCell,
  longNumberCell,
  parseNumber,
  richCell,
  stringCell,
  uncalculatedCell,
} from './cell-value.ts'
import { firstRowOf, tablesMax } from './list-marks.ts'
import { type MergedRange, readMergedRange } from './merged-cells.ts'
import { PlainRows } from './plain-rows.ts'
import { type Row, RowBuilder, type RowSelection } from './row-builder.ts'
import type { SheetContext } from './sheet-context.ts'

const CELL_END = Buffer.from('</c>')
/** Elements beside the rows that the reader looks into. */
const listParts: ReadonlySet<string> = new Set(['mergeCells', 'sheetViews', 'tableParts'])
/** ST_CellType, §18.18.11. */
const cellTypes = ['s', 'str', 'inlineStr', 'b', 'e', 'd', 'n']

export type ReadResult = 'more' | 'batch' | 'end'

export class SheetRows {
  readonly #xml: XmlScanner
  readonly #context: SheetContext
  readonly #builder: RowBuilder
  readonly #plain: PlainRows
  /** Formulas without a stored result so far, built or not. */
  uncalculatedCells = 0
  /** Cells that are not what their type says so far, built or not. */
  damagedCells = 0
  /** Merged ranges of the sheet, and the first of them: known at its end. */
  mergedCells = 0
  readonly mergedRanges: MergedRange[] = []
  /** Rows of frozen panes, the first row of the filter, and the relationships of tables: known at the end. */
  frozenRows = 0
  filterRow: number | null = null
  readonly tableIds: string[] = []
  #inData = false
  /** whether the current row says its number */
  #isNumbered = false
  #type = 'n'
  #style = 0
  /** the text of `v`, and that of `is`; null where there is none */
  #value: string | null = null
  #inline: string | null = null
  #hasFormula = false
  /** the value metadata of the cell; null where it has none */
  #metadata: string | null = null
  #run = ''

  constructor(context: SheetContext, selection: RowSelection) {
    this.#context = context
    this.#xml = new XmlScanner(context.limits, CELL_END)
    this.#builder = new RowBuilder(selection, context.limits)
    this.#plain = new PlainRows(this.#builder, context)
  }

  /** Last row that holds a value so far, built or not. */
  get lastRow(): number {
    return this.#builder.lastRow
  }

  /** Greatest column that holds a value so far, built or not. */
  get lastColumn(): number {
    return this.#builder.lastColumn
  }

  /** Hidden rows that hold a value so far, built or not. */
  get hiddenRows(): number {
    return this.#builder.hiddenRows
  }

  /** The rows gathered since the last call. */
  takeBatch(): Row[] {
    return this.#builder.takeBatch()
  }

  push(bytes: Buffer | null): void {
    if (bytes === null) this.#xml.finish()
    else this.#xml.push(bytes)
  }

  /** Reads on until a batch is full, or more bytes are needed, or the part has ended. */
  read(): ReadResult {
    try {
      return this.#read()
    } catch (error) {
      if (!(error instanceof XlsxError)) throw error
      const detail = `row ${this.#builder.row}: ${error.detail}`
      throw new XlsxError(error.code, detail, { cause: error })
    }
  }

  #read(): ReadResult {
    const xml = this.#xml
    for (;;) {
      if (xml.elements.isPlain('row') && xml.isBetweenTokens) {
        xml.moveTo(this.#plain.scan(xml.bytes, xml.view, xml.position))
        if (this.#plain.isBatchFull) return 'batch'
      }
      const token = xml.next()
      if (token === MORE) return 'more'
      if (token === EOF) return 'end'
      if (token === TEXT) this.#run = this.#append(this.#run, xml.text())
      else if (token === START) this.#enter()
      else if (this.#leave()) return 'batch'
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
      if (local === 'autoFilter') this.filterRow ??= firstRowOf(xml.attributes.get('ref'))
      if (!this.#inData && !listParts.has(local)) xml.skipElement()
    } else if (!this.#inData) {
      this.#enterListPart(level, local)
    } else if (level === 3 && local === 'row') this.#enterRow()
    else if (level === 4 && local === 'c') this.#enterCell()
    else if (level >= 5) this.#enterValue(level, local)
    else xml.skipElement()
  }

  /** Elements beside the rows that tell of the list. */
  #enterListPart(level: number, local: string): void {
    const { attributes, elements } = this.#xml
    if (level === 3 && local === 'sheetView') return
    if (level === 3 && local === 'mergeCell') this.#noteMerged(attributes.get('ref'))
    else if (level === 3 && local === 'tablePart' && this.tableIds.length < tablesMax) {
      const id = elements.attributeOf(attributes, NS_OFFICE_RELATIONSHIPS, 'id')
      if (id !== null) this.tableIds.push(id)
    } else if (level === 4 && local === 'pane' && /^frozen/.test(attributes.get('state') ?? '')) {
      this.frozenRows ||= Number.parseInt(attributes.get('ySplit') ?? '', 10) || 0
    }
    this.#xml.skipElement()
  }

  /** A range that nobody can read takes nothing from the cells: the reader leaves it out. */
  #noteMerged(reference: string | null): void {
    const { limits } = this.#context
    const range = reference === null ? null : readMergedRange(reference)
    if (range === null) return
    this.mergedCells++
    if (this.mergedRanges.length < limits.mergedRangesMax) this.mergedRanges.push(range)
  }

  #enterRow(): void {
    this.#xml.noteProgress()
    const number = this.#xml.attributes.get('r')
    const { limits } = this.#context
    const isHidden = isTrue(this.#xml.attributes.get('hidden'))
    this.#isNumbered = number !== null
    this.#builder.isNextHidden = isHidden
    this.#builder.startRow(number === null ? this.#builder.row + 1 : parseRowNumber(number, limits))
    this.#plain.learnRowTail(this.#xml.tag, isHidden)
  }

  #enterCell(): void {
    this.#xml.noteProgress()
    const builder = this.#builder
    const { attributes } = this.#xml
    const reference = attributes.get('r') || null
    if (reference === null) builder.startCell(builder.column + 1)
    else {
      const { column, row } = parseCellReference(reference, this.#context.limits)
      if (row !== builder.row) this.#moveRow(row)
      builder.startCell(column)
    }
    this.#type = attributes.get('t') || 'n'
    const style = attributes.get('s')
    this.#style = style === null ? 0 : Number.parseInt(style, 10) || 0
    this.#metadata = attributes.get('vm')
    this.#value = null
    this.#inline = null
    this.#hasFormula = false
  }

  /** A row without a number has that of its first cell. */
  #moveRow(row: number): void {
    const builder = this.#builder
    const isCounted = !this.#isNumbered && builder.column === 0
    if (!isCounted || row < builder.row) throw new XlsxError('corrupt', `a cell of row ${row}`)
    builder.startRow(row)
  }

  #enterValue(level: number, local: string): void {
    const isText = level === 5 ? local === 'v' : isStringElement(level - 5, local) && local === 't'
    if (level === 5 && local === 'f') this.#hasFormula = true
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
    else if (level === 3) return this.#builder.endRow()
    else if (xml.wantsText) {
      xml.wantsText = false
      if (local === 'v') this.#value ??= this.#run
      else this.#inline = this.#append(this.#inline ?? '', decodeEscapes(this.#run))
    }
    return false
  }

  #leaveCell(): void {
    const builder = this.#builder
    const cell = this.#makeCell()
    if (cell === null) return
    if (cell.type !== 'string' || !isBlankText(cell.value)) builder.noteValue()
    if (cell.type === 'uncalculated') this.uncalculatedCells++
    else if (cell.type === 'error' && this.#type.toLowerCase() !== 'e') this.damagedCells++
    if (!builder.isBuilt) return
    if (cell.type === 'string') builder.addStringCell(cell, cell.value.length)
    else builder.addCell(cell)
  }

  #makeCell(): Cell | null {
    const value = this.#value ?? ''
    const { column } = this.#builder
    if (this.#inline !== null && (this.#type === 'inlineStr' || value === '')) {
      return this.#inline === '' ? null : stringCell(column, this.#inline)
    }
    if (this.#hasFormula && !this.#isCalculated(value)) return uncalculatedCell(column)
    if (value === '') return this.#metadata === null ? null : this.#richCell('')
    return this.#typedCell(this.#type, value)
  }

  /**
   * Whether the file stores the result of the current cell's formula. A text may be empty; a writer that asks
   * for all formulas to be calculated puts a zero in the place of each result.
   */
  #isCalculated(value: string): boolean {
    if (this.#type === 'str') return this.#value !== null
    if (value.trim() === '') return false
    return !this.#context.isCalculatedOnLoad || this.#type !== 'n' || Number(value) !== 0
  }

  #typedCell(type: string, value: string): Cell | null {
    const { column } = this.#builder
    switch (type) {
      case 's':
        return this.#sharedCell(value.trim())
      case 'str':
        return stringCell(column, decodeEscapes(value))
      case 'inlineStr':
        return stringCell(column, value)
      case 'b':
        return booleanCell(column, value.trim())
      case 'e':
        return this.#metadata === null
          ? errorCell(column, value.trim())
          : this.#richCell(value.trim())
      case 'd':
        return isoDateCell(column, value.trim())
      case 'n':
        return this.#numericCell(value)
      default: {
        const known = cellTypes.find(name => name.toLowerCase() === type.toLowerCase())
        // Only who uses the cell minds that nobody can read it.
        return known === undefined ? errorCell(column, value) : this.#typedCell(known, value)
      }
    }
  }

  /** A cell with a value richer than a text stores an error in its place, or nothing. */
  #richCell(error: string): Cell | null {
    const { column } = this.#builder
    const metadata = this.#metadata ?? ''
    const shown = /^\d{1,9}$/.test(metadata) ? this.#context.richTexts(Number(metadata)) : 'unknown'
    if (shown === 'unknown') return richCell(column, error)
    if (shown !== 'error') return stringCell(column, shown.text)
    return error === '' ? null : errorCell(column, error)
  }

  #numericCell(raw: string): Cell | null {
    const text = raw.trim()
    if (text === '') return null
    const value = parseNumber(text)
    if (value === null) return stringCell(this.#builder.column, raw)
    const [style, context] = [this.#style, this.#context]
    return longNumberCell(this.#builder.column, text, { value, style, context })
  }

  #sharedCell(text: string): Cell | null {
    const { strings } = this.#context
    const index = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
    if (index < 0 || index >= strings.length) {
      throw new XlsxError('shared-string-out-of-range', `index of ${strings.length} strings`)
    }
    return strings.isEmpty(index) ? null : stringCell(this.#builder.column, strings.get(index))
  }
}
