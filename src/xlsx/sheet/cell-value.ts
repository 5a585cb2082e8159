/**
 * Owns what a cell's raw text means (ECMA-376 Part 1 §18.3.1.4, §18.18.11): type attribute, style
 * and text become one typed, non-empty value. It must never give out NaN, Infinity or a guess.
 */

import {
  formatSerial,
  isDateSerial,
  normaliseIsoDate,
  SERIAL_LEAP_1900,
} from '../formats/date-serial.ts'
import { showDigits } from '../formats/digit-mask.ts'
import type { Styles } from '../formats/styles.ts'
import { XlsxError } from '../xlsx-error.ts'

export type DateKind = 'date' | 'time' | 'elapsed' | '1900-02-29' | 'iso'

export interface StringCell {
  readonly type: 'string'
  /** 1-based. */
  readonly column: number
  readonly value: string
}

export interface NumberCell {
  readonly type: 'number'
  readonly column: number
  readonly value: number
  /** The shortest text that reads back as the same number (ECMAScript `String(value)`). */
  readonly text: string
  /** What its format shows, where that is a mask of digits as `00-000`. */
  readonly shown?: string
}

export interface BooleanCell {
  readonly type: 'boolean'
  readonly column: number
  readonly value: boolean
}

export interface ErrorCell {
  readonly type: 'error'
  readonly column: number
  /** Such as `#N/A`. */
  readonly value: string
}

export interface DateCell {
  readonly type: 'date'
  readonly column: number
  /** `YYYY-MM-DDTHH:MM:SS[.mmm]`, local. A time without a date is on 1899-12-31. */
  readonly value: string
  /** The number stored, or null for a cell that stores an ISO 8601 text. */
  readonly serial: number | null
  readonly kind: DateKind
}

export type Cell = StringCell | NumberCell | BooleanCell | ErrorCell | DateCell

/** One shape for nearly all kinds: millions are made, and readers of them stay monomorphic. */
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

  constructor(column: number, value: string, serial: number | null, kind: DateKind) {
    super('date', column, value)
    this.serial = serial
    this.kind = kind
  }
}

class MaskedNumberCell extends TypedCell {
  readonly shown: string

  constructor(column: number, value: number, shown: string) {
    super('number', column, value)
    this.shown = shown
  }
}

export function stringCell(column: number, value: string): Cell {
  return new TypedCell('string', column, value) as Cell
}

export function booleanCell(column: number, value: boolean): Cell {
  return new TypedCell('boolean', column, value) as Cell
}

export function errorCell(column: number, value: string): Cell {
  return new TypedCell('error', column, value) as Cell
}

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
  const kind = format === undefined ? 'number' : (format.kind ?? format.kindOf(value))
  if (kind === 'number' || !isDateSerial(value, date1904)) {
    const mask = format === undefined ? null : format.mask
    if (mask === null || value < 0 || !Number.isSafeInteger(value)) {
      return new TypedCell('number', column, value) as Cell
    }
    return new MaskedNumberCell(column, value, showDigits(mask, value)) as Cell
  }
  const isLeap = !date1904 && kind === 'date' && Math.floor(value) === SERIAL_LEAP_1900
  const dateKind = isLeap ? '1900-02-29' : kind
  return new TypedDateCell(column, formatSerial(value, date1904), value, dateKind) as Cell
}

/** No two of its repetitions can share digits: a text of a million of them must not take minutes. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number that a text stands for (xsd:double without its special values), or null. */
export function parseNumber(text: string): number | null {
  if (!NUMBER.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

/** The value of a `t="b"` cell; some writers spell it as Excel shows it. */
export function parseBoolean(text: string): boolean {
  if (text === '1' || text.toLowerCase() === 'true') return true
  if (text === '0' || text.toLowerCase() === 'false') return false
  throw new XlsxError('cell-invalid', 'a boolean that is neither 0 nor 1')
}

/** The value of a `t="d"` cell. */
export function isoDateCell(column: number, text: string): Cell {
  const value = normaliseIsoDate(text)
  if (value === null) throw new XlsxError('cell-invalid', 'a date that is not in ISO 8601')
  return new TypedDateCell(column, value, null, 'iso') as Cell
}
