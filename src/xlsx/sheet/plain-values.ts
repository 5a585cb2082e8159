/**
 * Owns the values of plain cells: from `<v>` or `<is>` to `</c>`. As plain-rows does, it leaves alone
 * whatever is not plain, and a `<` with a zero after the window stands in for bounds checks.
 */

import { fourBytes, NOT_PLAIN, plainTextStart } from '../xml/plain-bytes.ts'
import {
  copyText,
  decodeEscapes,
  decodeText,
  isBlankRange,
  isBlankText,
  TEXT_PLAIN,
  TEXT_REFERENCE,
  TEXT_UNDERSCORE,
  textFlags,
} from '../xml/text.ts'
import { longNumberCell, numberCell, parseNumber, stringCell, truthCell } from './cell-value.ts'
import type { RowBuilder } from './row-builder.ts'
import type { SheetContext } from './sheet-context.ts'

const CELL_END = fourBytes('</c>')
const VALUE_END = fourBytes('</v>')
const TEXT_END = fourBytes('</t>')
const INLINE_START = fourBytes('<is>')
const INLINE_END = fourBytes('</is')

const LESS = 0x3c
const GREATER = 0x3e
const MINUS = 0x2d
const POINT = 0x2e
const DIGIT_0 = 0x30
const LETTER_V = 0x76

/** Types of plain cells. */
export const TYPE_NUMBER = 0
export const TYPE_SHARED = 1
export const TYPE_TEXT = 2
export const TYPE_INLINE = 3
export const TYPE_BOOLEAN = 4

/** Digits that a number can have and be exact, and the powers of ten that are. */
const EXACT_DIGITS_MAX = 15
const powersOfTen = Array.from({ length: EXACT_DIGITS_MAX + 1 }, (_, power) => 10 ** power)

export class PlainValues {
  /** Type and cell format of the cell that comes next. */
  type = TYPE_NUMBER
  style = 0
  readonly #builder: RowBuilder
  readonly #context: SheetContext
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))

  constructor(builder: RowBuilder, context: SheetContext) {
    this.#builder = builder
    this.#context = context
  }

  /** Takes the window that is scanned from now on. */
  look(bytes: Buffer, view: DataView): void {
    this.#bytes = bytes
    this.#view = view
  }

  /** Reads the value and the end of a cell of this column; returns the position after it. */
  scan(position: number, column: number): number {
    const bytes = this.#bytes
    if (this.type === TYPE_INLINE) return this.scanInlineText(position, column)
    const isValue =
      bytes[position] === LESS &&
      bytes[position + 1] === LETTER_V &&
      bytes[position + 2] === GREATER
    if (!isValue) return NOT_PLAIN
    switch (this.type) {
      case TYPE_SHARED:
        return this.scanShared(position + 3, column)
      case TYPE_NUMBER:
        return this.scanNumber(position + 3, column)
      case TYPE_TEXT:
        return this.#scanText(position + 3, column)
      default:
        return this.#scanBoolean(position + 3, column)
    }
  }

  #isValueEnd(at: number): boolean {
    const view = this.#view
    return view.getInt32(at, true) === VALUE_END && view.getInt32(at + 4, true) === CELL_END
  }

  scanShared(position: number, column: number): number {
    const bytes = this.#bytes
    let at = position
    let index = 0
    for (let digit = bytes[at]! - DIGIT_0; digit >= 0 && digit <= 9; digit = bytes[at]! - DIGIT_0) {
      index = index * 10 + digit
      at++
    }
    const { strings } = this.#context
    if (at === position || at - position > 9 || index >= strings.length) return NOT_PLAIN
    if (!this.#isValueEnd(at)) return NOT_PLAIN
    const builder = this.#builder
    builder.column = column
    if (strings.isEmpty(index)) return at + 8
    if (!strings.isBlank(index)) builder.noteValue()
    if (builder.builtColumns[column] === 1) {
      const text = strings.get(index)
      builder.addStringCell(stringCell(column, text), text.length)
    }
    return at + 8
  }

  scanNumber(position: number, column: number): number {
    const bytes = this.#bytes
    let at = position
    const isNegative = bytes[at] === MINUS
    if (isNegative) at++
    const start = at
    let mantissa = 0
    let point = -1
    for (;;) {
      const byte = bytes[at]!
      const digit = byte - DIGIT_0
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
      else if (byte === POINT && point < 0) point = at
      else break
      at++
    }
    const digits = at - start - (point < 0 ? 0 : 1)
    let value = 0
    let raw: string | null = null
    if (bytes[at] === LESS && digits > 0 && digits <= EXACT_DIGITS_MAX) {
      value = point < 0 ? mantissa : mantissa / powersOfTen[at - point - 1]!
      if (isNegative) value = -value
    } else {
      while (bytes[at] !== LESS) at++
      raw = bytes.latin1Slice(position, at)
      const parsed = parseNumber(raw)
      if (parsed === null) return NOT_PLAIN
      value = parsed
    }
    if (!this.#isValueEnd(at)) return NOT_PLAIN
    const builder = this.#builder
    builder.column = column
    builder.noteValue()
    if (builder.builtColumns[column] === 1) {
      const { style } = this
      const context = this.#context
      builder.addCell(
        raw === null
          ? numberCell(column, value, style, context)
          : longNumberCell(column, raw, { value, style, context }),
      )
    }
    return at + 8
  }

  #scanBoolean(position: number, column: number): number {
    const digit = this.#bytes[position]! - DIGIT_0
    if (digit < 0 || digit > 1 || !this.#isValueEnd(position + 1)) return NOT_PLAIN
    const builder = this.#builder
    builder.column = column
    builder.noteValue()
    if (builder.builtColumns[column] === 1) builder.addCell(truthCell(column, digit === 1))
    return position + 9
  }

  #scanText(position: number, column: number): number {
    const bytes = this.#bytes
    let at = position
    let flags = 0
    for (let byte = bytes[at]!; byte !== LESS; byte = bytes[++at]!) flags |= textFlags[byte]!
    if (!this.#isValueEnd(at)) return NOT_PLAIN
    return this.#addText(position, at, flags, column) ? at + 8 : NOT_PLAIN
  }

  /** `<is><t>…</t></is></c>`. */
  scanInlineText(position: number, column: number): number {
    const bytes = this.#bytes
    const view = this.#view
    if (view.getInt32(position, true) !== INLINE_START) return NOT_PLAIN
    const start = plainTextStart(bytes, view, position + 4)
    if (start === NOT_PLAIN) return NOT_PLAIN
    let at = start
    let flags = 0
    for (let byte = bytes[at]!; byte !== LESS; byte = bytes[++at]!) flags |= textFlags[byte]!
    if (view.getInt32(at, true) !== TEXT_END) return NOT_PLAIN
    if (view.getInt32(at + 4, true) !== INLINE_END || bytes[at + 8] !== GREATER) return NOT_PLAIN
    if (view.getInt32(at + 9, true) !== CELL_END) return NOT_PLAIN
    return this.#addText(start, at, flags, column) ? at + 13 : NOT_PLAIN
  }

  /** Adds the text of a range; false where it needs more than references and `_xHHHH_` resolved. */
  #addText(start: number, end: number, flags: number, column: number): boolean {
    if ((flags & ~TEXT_PLAIN) !== 0) return false
    const builder = this.#builder
    if (end - start > this.#context.limits.textBytesMax) return false
    builder.column = column
    if (start === end) return true
    if ((flags & TEXT_REFERENCE) === 0) {
      if (!isBlankRange(this.#bytes, start, end, flags)) builder.noteValue()
      if (builder.builtColumns[column] !== 1) return true
      this.#addString(column, copyText(this.#bytes, start, end, flags), flags)
    } else {
      // What looks like a reference may be none, which matters even where nothing is built.
      const decoded = decodeText(this.#bytes, start, end, flags)
      // Its underscores may be written as references, too.
      const text = decodeEscapes(decoded)
      if (!isBlankText(text)) builder.noteValue()
      if (builder.builtColumns[column] === 1) this.#addString(column, text, 0)
    }
    return true
  }

  #addString(column: number, raw: string, flags: number): void {
    const text = (flags & TEXT_UNDERSCORE) === 0 ? raw : decodeEscapes(raw)
    this.#builder.addStringCell(stringCell(column, text), text.length)
  }
}
