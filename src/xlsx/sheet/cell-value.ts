/**
 * Owns what a cell's raw text means (ECMA-376 Part 1 §18.3.1.4, §18.18.11): type attribute, style
 * and text become one typed value. It must never give out NaN, Infinity or a guess.
 */

import {
  formatSerial,
  isDateSerial,
  normaliseIsoDate,
  SERIAL_LEAP_1900,
} from '../formats/date-serial.ts'
import { type NumberFormat, parseNumberFormat } from '../formats/number-format.ts'
import { numberSigns } from '../formats/number-signs.ts'
import type { Styles } from '../formats/styles.ts'

/** What all cells may have. */
interface AnyCell {
  /** 1-based. */
  readonly column: number
  /** The size of the merged range whose first cell this is, where the caller told the reader of the range. */
  readonly merged?: { readonly rows: number; readonly columns: number }
}

export type DateKind = 'date' | 'time' | 'elapsed' | '1900-02-29' | 'iso'

export interface StringCell extends AnyCell {
  readonly type: 'string'
  readonly value: string
}

export interface NumberCell extends AnyCell {
  readonly type: 'number'
  readonly value: number
  /**
   * The shortest text that reads back as the same number (ECMAScript `String(value)`); the digits that the file
   * stores, where they are more than a double holds.
   */
  readonly text: string
  /** What its format shows, where that is anything else than `text`; empty where it hides the number. */
  readonly shown?: string
  /**
   * The same for phone numbers and codes, where it is anything else than `text`: without separators of thousands,
   * without zeros behind the decimal point of a whole number, and without powers of ten.
   */
  readonly shownAsCode?: string
  readonly doubt?: NumberDoubt
  /** Its number format: the code, or the id of a built-in one. Not there where the cell shows its digits alone. */
  readonly numberFormat?: string | number | undefined
}

/**
 * Why the text of a number is doubtful: the file stores a power of ten with more than 15 digits, the last of which
 * are lost; it stores more digits than Excel shows; nobody can say what its format shows.
 */
export type NumberDoubt = 'digits-lost' | 'digits-beyond-excel' | 'format-unknown'

export interface BooleanCell extends AnyCell {
  readonly type: 'boolean'
  readonly value: boolean
}

export interface ErrorCell extends AnyCell {
  readonly type: 'error'
  /** Such as `#N/A`, or the raw text of a cell that is not what its type says. */
  readonly value: string
}

export interface DateCell extends AnyCell {
  readonly type: 'date'
  /** `YYYY-MM-DDTHH:MM:SS[.mmm]`, local. A time without a date is on 1899-12-31. */
  readonly value: string
  /** The number stored, or null for a cell that stores an ISO 8601 text. */
  readonly serial: number | null
  readonly kind: DateKind
  /** Its number format: the code, or the id of a built-in one. Not there where the cell stores an ISO 8601 text. */
  readonly numberFormat?: string | number | undefined
}

/** A formula whose result the file does not store. */
export interface UncalculatedCell extends AnyCell {
  readonly type: 'uncalculated'
  /** Nothing is known of it. */
  readonly value: ''
}

/** A value richer than a text: a picture, or a linked data type whose text the file does not tell. */
export interface RichCell extends AnyCell {
  readonly type: 'rich'
  /** The error that the cell stores in its place, `#VALUE!`; empty where it stores none. */
  readonly value: string
}

export type Cell =
  | StringCell
  | NumberCell
  | BooleanCell
  | ErrorCell
  | DateCell
  | UncalculatedCell
  | RichCell

/** One shape for nearly all kinds: the reader makes millions, and whoever reads them stays monomorphic. */
class TypedCell {
  readonly type: Cell['type']
  readonly column: number
  readonly value: string | number | boolean

  constructor(type: Cell['type'], column: number, value: string | number | boolean) {
    this.type = type
    this.column = column
    this.value = value
  }

  get text(): string {
    return String(this.value)
  }
}

class TypedDateCell extends TypedCell {
  readonly serial: number | null
  readonly kind: DateKind
  readonly #format: NumberFormat | null

  constructor(
    column: number,
    value: string,
    {
      serial,
      kind,
      format,
    }: { serial: number | null; kind: DateKind; format: NumberFormat | null },
  ) {
    super('date', column, value)
    this.serial = serial
    this.kind = kind
    this.#format = format
  }

  get numberFormat(): string | number | undefined {
    return this.#format?.name
  }
}

/** A number whose format shows more than its digits. It makes what it shows when somebody asks for it. */
class FormattedNumberCell extends TypedCell {
  declare readonly value: number
  readonly format: NumberFormat
  #shown: string | null | undefined

  constructor(column: number, value: number, format: NumberFormat) {
    super('number', column, value)
    this.format = format
  }

  get numberFormat(): string | number | undefined {
    return this.format.isGeneral ? undefined : this.format.name
  }

  get shown(): string | undefined {
    const shown = this.#look()
    return shown === null || shown === this.text ? undefined : shown
  }

  get shownAsCode(): string | undefined {
    const shown = this.format.showAsCode(this.value, this.digits)
    return shown === null || shown === this.text ? undefined : shown
  }

  get doubt(): NumberDoubt | undefined {
    return this.#look() === null ? 'format-unknown' : undefined
  }

  /** The digits of its size, where they are more than a double holds. */
  protected get digits(): string | null {
    return null
  }

  #look(): string | null {
    if (this.#shown === undefined) this.#shown = this.format.show(this.value, this.digits)
    return this.#shown
  }
}

/** A whole number with more digits than a spreadsheet keeps. */
class LongNumberCell extends FormattedNumberCell {
  readonly #text: string
  readonly #isLost: boolean

  constructor(
    column: number,
    value: number,
    { format, text, isLost }: { format: NumberFormat; text: string; isLost: boolean },
  ) {
    super(column, value, format)
    this.#text = text
    this.#isLost = isLost
  }

  override get text(): string {
    return this.#text
  }

  override get shown(): string | undefined {
    return this.format.isGeneral ? undefined : super.shown
  }

  override get shownAsCode(): string | undefined {
    return this.format.isGeneral ? undefined : super.shownAsCode
  }

  override get doubt(): NumberDoubt {
    return super.doubt ?? (this.#isLost ? 'digits-lost' : 'digits-beyond-excel')
  }

  protected override get digits(): string | null {
    return this.#isLost ? null : this.#text.replace('-', '')
  }
}

/** Digits that a spreadsheet keeps of a number. */
const SPREADSHEET_DIGITS = 15

/** A number of format General with more digits than a spreadsheet keeps, which a calculation left: `0.1+0.2`. */
class LongFractionCell extends TypedCell {
  declare readonly value: number

  get shown(): string | undefined {
    const shown = String(Number(this.value.toPrecision(SPREADSHEET_DIGITS)))
    return shown === this.text ? undefined : shown
  }

  get shownAsCode(): string | undefined {
    return this.shown
  }
}

/** A text, which is not empty. */
export function stringCell(column: number, value: string): Cell {
  return new TypedCell('string', column, value) as Cell
}

/** A boolean whose value is known. */
export function truthCell(column: number, value: boolean): Cell {
  return new TypedCell('boolean', column, value) as Cell
}

/** An error of a formula, or a cell whose text is not what its type says. */
export function errorCell(column: number, value: string): Cell {
  return new TypedCell('error', column, value) as Cell
}

/** A formula whose result the file does not store. */
export function uncalculatedCell(column: number): Cell {
  return new TypedCell('uncalculated', column, '') as unknown as Cell
}

/** A value richer than a text, of which nobody can say what it shows. */
export function richCell(column: number, error: string): Cell {
  return new TypedCell('rich', column, error) as Cell
}

/** The format of a cell that names none. */
const GENERAL = parseNumberFormat('General', numberSigns(undefined))

/** What turns a stored number into a cell: the formats and the date system of the workbook. */
export interface NumberContext {
  readonly styles: Styles
  readonly date1904: boolean
}

/** A number, or the date that its style shows. A style that does not exist is General. */
export function numberCell(
  column: number,
  value: number,
  style: number,
  { styles, date1904 }: NumberContext,
): Cell {
  const format = style < styles.length ? styles[style]! : undefined
  if (format === undefined || format.isGeneral) {
    return new TypedCell('number', column, value) as Cell
  }
  const kind = format.kind ?? format.kindOf(value)
  if (kind === 'number' || !isDateSerial(value, date1904)) {
    if (format.showsDigits && Number.isSafeInteger(value)) {
      return new TypedCell('number', column, value) as Cell
    }
    return new FormattedNumberCell(column, value, format) as Cell
  }
  const isLeap = !date1904 && kind === 'date' && Math.floor(value) === SERIAL_LEAP_1900
  const dateKind = isLeap ? '1900-02-29' : kind
  const text = formatSerial(value, date1904)
  return new TypedDateCell(column, text, { serial: value, kind: dateKind, format }) as Cell
}

/** More digits than a spreadsheet keeps, and perhaps than a double holds; zeros behind a point are none. */
const LONG_WHOLE = /^\+?(-?)0*([1-9][0-9]{15,})(?:\.0*)?$/
const LONG_POWER_MIN = 1e15

/** The cell of a number whose raw text has more than 15 digits or a power of ten. */
export function longNumberCell(
  column: number,
  raw: string,
  { value, style, context }: { value: number; style: number; context: NumberContext },
): Cell {
  const whole = LONG_WHOLE.exec(raw)
  const isLost = whole === null && /e/i.test(raw) && Math.abs(value) >= LONG_POWER_MIN
  const format = context.styles[style] ?? GENERAL
  if (whole === null && !isLost) {
    return format.isGeneral
      ? (new LongFractionCell('number', column, value) as Cell)
      : numberCell(column, value, style, context)
  }
  const text = whole === null ? String(value) : whole[1]! + whole[2]!
  return new LongNumberCell(column, value, { format, text, isLost }) as Cell
}

/** No two of its repetitions can share digits: a text of a million of them must not take minutes. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number that a text stands for (xsd:double without its special values), or null. */
export function parseNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** A `t="b"` cell; some writers spell its value as Excel shows it. A text that is no boolean is an error. */
export function booleanCell(column: number, text: string): Cell {
  if (text === '1' || text.toLowerCase() === 'true') return truthCell(column, true)
  if (text === '0' || text.toLowerCase() === 'false') return truthCell(column, false)
  return errorCell(column, text)
}

/** A `t="d"` cell. A text that is no date of ISO 8601 is an error. */
export function isoDateCell(column: number, text: string): Cell {
  const value = normaliseIsoDate(text)
  if (value === null) return errorCell(column, text)
  return new TypedDateCell(column, value, { serial: null, kind: 'iso', format: null }) as Cell
}
