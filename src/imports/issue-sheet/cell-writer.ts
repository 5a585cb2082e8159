/**
 * Writes cells of a stored sheet into another one, so that both show and hold the same: numbers with their digits and their
 * masks, dates as dates, texts as texts whatever they look like.
 */
import { issueSheetFormatsMax, numberFormatCharactersMax } from '../../limits.ts'
import { cellText } from '../../mapping/cell.ts'
import type { CellStyle, SheetPen, Styles } from '../../sheet-writer/index.ts'
import type { Cell, DateCell, NumberCell } from '../../xlsx/index.ts'

/** Ids of number formats (ECMA-376 Part 1 §18.8.30); those above mean something else in each language. */
const formatIds = { general: 0, digits: 1, text: 49, last: 49 }

const isoFormats = {
  date: 'yyyy\\-mm\\-dd',
  dateTime: 'yyyy\\-mm\\-dd\\ hh:mm:ss',
  time: 'hh:mm:ss',
  elapsed: '[h]:mm:ss',
}

/** Errors that a cell can hold; others are texts that something went wrong with. */
const errors = new Set(['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A'])

/** The colour that spreadsheet programs give to what is bad. */
const faultyFill = 'FFC7CE'

export class CellWriter {
  readonly #pen: SheetPen
  readonly #styles: Styles
  readonly #date1904: boolean
  /** numbers of styles by format, of plain cells and of faulty ones */
  readonly #known = [new Map<string | number, number>(), new Map<string | number, number>()]
  readonly #ownFormats = new Set<string>()

  /** @param date1904 whether serials of the sheet count from 1904, as they do in the one that it is written to */
  constructor(pen: SheetPen, styles: Styles, date1904: boolean) {
    this.#pen = pen
    this.#styles = styles
    this.#date1904 = date1904
  }

  /** Writes a cell into a column. Of a value that no file tells, only the look is left. */
  write(column: number, cell: Cell, isFaulty: boolean): void {
    if (cell.type === 'string') this.#text(column, cell.value, isFaulty)
    else if (cell.type === 'number') this.#number(column, cell, isFaulty)
    else if (cell.type === 'date') this.#date(column, cell, isFaulty)
    else if (cell.type === 'boolean') this.#boolean(column, cell.value, isFaulty)
    else this.#error(column, cell.value, isFaulty)
  }

  /** A cell without a value; what is typed into it stays as it is typed. */
  blank(column: number, isFaulty: boolean): void {
    if (isFaulty) this.#pen.blank(column, this.#style(formatIds.text, true))
  }

  #text(column: number, text: string, isFaulty: boolean): void {
    this.#pen.text(column, text, this.#style(formatIds.text, isFaulty))
  }

  #boolean(column: number, value: boolean, isFaulty: boolean): void {
    this.#pen.boolean(column, value, this.#style(formatIds.general, isFaulty))
  }

  /** Of a formula without a result, and of a picture, there is nothing to write. */
  #error(column: number, value: string, isFaulty: boolean): void {
    if (value === '') this.blank(column, isFaulty)
    else if (!errors.has(value)) this.#text(column, value, isFaulty)
    else this.#pen.error(column, value, this.#style(formatIds.general, isFaulty))
  }

  /** A spreadsheet program would cut a number of more than fifteen digits; as a text it keeps them. */
  #number(column: number, cell: NumberCell, isFaulty: boolean): void {
    const { value, doubt, numberFormat } = cell
    if (doubt === 'digits-beyond-excel') {
      this.#text(column, cellText(cell), isFaulty)
      return
    }
    const plain = Number.isInteger(value) ? formatIds.digits : formatIds.general
    const format = numberFormat === undefined ? plain : this.#formatOr(numberFormat, plain)
    // With a power of ten whoever reads it sees that digits are lost.
    const digits = doubt === 'digits-lost' ? value.toExponential() : String(value)
    this.#pen.number(column, digits, this.#style(format, isFaulty))
  }

  #date(column: number, cell: DateCell, isFaulty: boolean): void {
    const serial = cell.serial ?? isoSerial(cell.value, this.#date1904)
    if (serial === null) {
      this.#text(column, cellText(cell), isFaulty)
      return
    }
    const { numberFormat = -1 } = cell
    const format = this.#formatOr(numberFormat, isoFormat(cell))
    this.#pen.number(column, String(serial), this.#style(format, isFaulty))
  }

  /** The format, or another one where a sheet cannot have it. */
  #formatOr(format: string | number, other: string | number): string | number {
    if (typeof format === 'number') return format >= 0 && format <= formatIds.last ? format : other
    if (this.#ownFormats.has(format)) return format
    const hasRoom = this.#ownFormats.size < issueSheetFormatsMax
    if (!hasRoom || format.length > numberFormatCharactersMax) return other
    this.#ownFormats.add(format)
    return format
  }

  #style(format: string | number, isFaulty: boolean): number {
    const known = this.#known[isFaulty ? 1 : 0]!
    let number = known.get(format)
    if (number === undefined) {
      const style: CellStyle = { format, ...(isFaulty && { fill: faultyFill }) }
      number = this.#styles.place(style)
      known.set(format, number)
    }
    return number
  }
}

function isoFormat({ kind, value }: DateCell): string {
  if (kind === 'time') return isoFormats.time
  if (kind === 'elapsed') return isoFormats.elapsed
  return value.endsWith('T00:00:00') ? isoFormats.date : isoFormats.dateTime
}

const dayMs = 86_400_000

/** The serial of a day of the calendar; null where the system of the sheet has none. */
function isoSerial(value: string, date1904: boolean): number | null {
  const ms = Date.parse(`${value}Z`)
  if (date1904) return ms >= Date.UTC(1904, 0, 1) ? (ms - Date.UTC(1904, 0, 1)) / dayMs : null
  const days = (ms - Date.UTC(1899, 11, 30)) / dayMs
  // The system of 1900 counts a day that never was, 60.
  if (days >= 61) return days
  return days >= 2 ? days - 1 : null
}
