/**
 * Writes the rows of a sheet as XML (ECMA-376 Part 1 §18.3.1): cells of a row from left to right, rows from the top. A
 * text is written as the text it is (`inlineStr`), never as a formula, whatever it begins with.
 */
import { ByteWriter } from './byte-writer.ts'
import { cellCharactersMax, columnLetters, sheetColumnsMax, sheetRowsMax } from './cell-places.ts'
import type { Note } from './notes.ts'
import { escapeText, isPlain, textElement } from './xml-text.ts'

/** Height of a line of eleven points, and of the highest row (Excel's specifications and limits). */
const linePoints = 15
const rowPointsMax = 409

/** What millions of cells begin with, made once. */
const cellStarts: string[] = []
const textStarts: string[] = []
const numberStarts: string[] = []

/** A cell by its 1-based column; `style` is a number of `Styles`. */
export class SheetPen {
  readonly notes: Note[] = []
  readonly #xml = new ByteWriter()
  #row = 0
  #rowText = ''

  /** The row that is written, 1-based; 0 before the first. */
  get row(): number {
    return this.#row
  }

  /** Whether the sheet has room for one more row. */
  get hasRoom(): boolean {
    return this.#row < sheetRowsMax
  }

  /** Bytes that were written and not taken. */
  get length(): number {
    return this.#xml.length
  }

  /**
   * Begins the next row, of the height of so many lines: not every program makes room for texts that go on in the next
   * line. Throws a RangeError behind the last row that a sheet can have.
   */
  startRow(lines = 1): void {
    if (!this.hasRoom) throw new RangeError(`a sheet ends at row ${sheetRowsMax}`)
    this.#row += 1
    this.#rowText = String(this.#row)
    const points = Math.min(rowPointsMax, lines * linePoints)
    const height = lines > 1 ? ` ht="${points}" customHeight="1"` : ''
    this.#xml.add(`<row r="${this.#rowText}"${height}>`)
  }

  endRow(): void {
    this.#xml.add('</row>')
  }

  /** A text, cut where a cell can hold no more of it. */
  text(column: number, value: string, style: number): void {
    const whole = value.length <= cellCharactersMax
    const text = whole ? value : value.slice(0, cellCharactersMax)
    this.#startCell(column)
    if (isPlain(text)) {
      this.#xml.add((textStarts[style] ??= `" s="${style}" t="inlineStr"><is><t>`))
      this.#xml.add(text)
      this.#xml.add('</t></is></c>')
    } else {
      this.#xml.add(`" s="${style}" t="inlineStr"><is>${textElement(text)}</is></c>`)
    }
  }

  /** A number in digits, as XML Schema writes a double. */
  number(column: number, digits: string, style: number): void {
    this.#startCell(column)
    this.#xml.add((numberStarts[style] ??= `" s="${style}"><v>`))
    this.#xml.add(digits)
    this.#xml.add('</v></c>')
  }

  boolean(column: number, value: boolean, style: number): void {
    this.#startCell(column)
    this.#xml.add(`" s="${style}" t="b"><v>${value ? 1 : 0}</v></c>`)
  }

  /** One of the errors that a formula may give, such as `#N/A`. */
  error(column: number, value: string, style: number): void {
    this.#startCell(column)
    this.#xml.add(`" s="${style}" t="e"><v>${escapeText(value)}</v></c>`)
  }

  /** A cell without a value, for its looks. */
  blank(column: number, style: number): void {
    this.#startCell(column)
    this.#xml.add(`" s="${style}"/>`)
  }

  /** Hangs a comment on the cell of this column. */
  note(column: number, text: string): void {
    this.notes.push({ row: this.#row, column, text })
  }

  /** Gives what was written since the last call. */
  take(): Buffer {
    return this.#xml.take()
  }

  #startCell(column: number): void {
    if (column > sheetColumnsMax) throw new RangeError(`a sheet ends at column ${sheetColumnsMax}`)
    this.#xml.add((cellStarts[column] ??= `<c r="${columnLetters(column)}`))
    this.#xml.add(this.#rowText)
  }
}
