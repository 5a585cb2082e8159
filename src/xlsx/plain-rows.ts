/**
 * Owns the one spelling of rows and cells that nearly all writers use: no prefix, `r` first, then
 * `s` and `t`, then `v` or `is`/`t`, nothing else. It reads that spelling at the speed of the bytes
 * and leaves everything else, also everything that is wrong, to the scanner of sheet-rows: it must
 * never accept what that one would refuse, nor give another value.
 *
 * It needs no bounds checks: after the window's end there is a `<` followed by a zero, which no
 * plain cell goes past.
 */
import { booleanCell, numberCell, parseNumber, stringCell } from './cell-value.ts'
import type { RowBuilder } from './row-builder.ts'
import type { SheetContext } from './sheet-rows.ts'
import { copyText, decodeEscapes, TEXT_NON_ASCII, TEXT_UNDERSCORE, textFlags } from './xml-text.ts'

/** Four bytes as the little-endian number that a view reads them as. */
function fourBytes(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE(0)
}

const CELL_START = fourBytes('<c r')
const CELL_END = fourBytes('</c>')
const VALUE_END = fourBytes('</v>')
const TEXT_END = fourBytes('</t>')
const INLINE_START = fourBytes('<is>')
const INLINE_END = fourBytes('</is')
const ROW_START = fourBytes('<row')
const ROW_END = fourBytes('</ro')
const ROW_REFERENCE = fourBytes(' r="')
const TYPE_INLINE_1 = fourBytes('inli')
const TYPE_INLINE_2 = fourBytes('neSt')

const EQUALS_QUOTE = 0x223d
const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const SPACE = 0x20
const QUOTE = 0x22
const DIGIT_0 = 0x30
const LETTER_R = 0x72
const LETTER_S = 0x73
const LETTER_T = 0x74
const LETTER_V = 0x76

const TYPE_NUMBER = 0
const TYPE_SHARED = 1
const TYPE_TEXT = 2
const TYPE_INLINE = 3
const TYPE_BOOLEAN = 4

/** Returned by a step that met something that is not plain. */
const NOT_PLAIN = -1
/** Digits that a number can have and be exact, and the powers of ten that are. */
const EXACT_DIGITS_MAX = 15
const powersOfTen = Array.from({ length: EXACT_DIGITS_MAX + 1 }, (_, power) => 10 ** power)
const ROW_TAIL_BYTES_MAX = 256

export class PlainRows {
  /** Whether the last scan stopped because a batch is full. */
  isBatchFull = false
  readonly #builder: RowBuilder
  readonly #context: SheetContext
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #row = 0
  #rowDigits = new Uint8Array(8)
  #rowDigitCount = 0
  /** what follows the number of a row that was found to be well-formed */
  #rowTail: Buffer = Buffer.alloc(0)
  #style = 0
  #type = TYPE_NUMBER

  constructor(builder: RowBuilder, context: SheetContext) {
    this.#builder = builder
    this.#context = context
  }

  /** Remembers what follows the row number in a start tag, from its quote on, as well-formed. */
  learnRowTail(tag: Buffer): void {
    if (tag.length < 8) return
    const quote = tag.indexOf(QUOTE, 8)
    if (tag.readInt32LE(0) !== ROW_START || tag.readInt32LE(4) !== ROW_REFERENCE) return
    const isSelfClosing = tag[tag.length - 2] === SLASH
    if (quote < 0 || isSelfClosing || tag.length - quote > ROW_TAIL_BYTES_MAX) return
    this.#rowTail = Buffer.from(tag.subarray(quote))
  }

  /**
   * Reads plain cells and rows from `position`, inside a row. Returns the position after the last
   * one; a row that is entered is one that was left to be entered again.
   */
  scan(bytes: Buffer, view: DataView, position: number): number {
    this.#bytes = bytes
    this.#view = view
    this.isBatchFull = false
    if (this.#row !== this.#builder.row) this.#setRow(this.#builder.row)
    let at = position
    for (;;) {
      let next = this.#scanCell(at)
      if (next === NOT_PLAIN) next = this.#scanRowChange(at)
      if (next === NOT_PLAIN) return at
      at = next
      if (this.isBatchFull) return at
    }
  }

  #setRow(row: number): void {
    this.#row = row
    const digits = String(row)
    this.#rowDigitCount = digits.length
    for (let at = 0; at < digits.length; at++) this.#rowDigits[at] = digits.charCodeAt(at)
  }

  /** `</row><row r="…" …>`, where the number is higher than the current one. */
  #scanRowChange(position: number): number {
    const bytes = this.#bytes
    const view = this.#view
    let at = position
    while (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === SPACE || bytes[at] === 0x09)
      at++
    if (view.getInt32(at, true) === CELL_START) return at === position ? NOT_PLAIN : at
    if (view.getInt32(at, true) !== ROW_END || bytes[at + 4] !== 0x77) return NOT_PLAIN
    if (bytes[at + 5] !== GREATER) return NOT_PLAIN
    at += 6
    while (bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === SPACE || bytes[at] === 0x09)
      at++
    if (view.getInt32(at, true) !== ROW_START) return NOT_PLAIN
    if (view.getInt32(at + 4, true) !== ROW_REFERENCE) return NOT_PLAIN
    at += 8
    let row = 0
    const digitsStart = at
    for (let digit = bytes[at]! - DIGIT_0; digit >= 0 && digit <= 9; digit = bytes[at]! - DIGIT_0) {
      row = row * 10 + digit
      at++
    }
    const digitCount = at - digitsStart
    if (digitCount > 7 || bytes[digitsStart] === DIGIT_0 || row <= this.#row) return NOT_PLAIN
    const tail = this.#rowTail
    if (tail.length === 0) return NOT_PLAIN
    for (let index = 0; index < tail.length; index++) {
      if (bytes[at + index] !== tail[index]) return NOT_PLAIN
    }
    this.isBatchFull = this.#builder.endRow()
    this.#builder.startRow(row)
    this.#row = row
    this.#rowDigitCount = digitCount
    for (let index = 0; index < digitCount; index++) {
      this.#rowDigits[index] = bytes[digitsStart + index]!
    }
    return at + tail.length
  }

  /** One whole cell. */
  #scanCell(position: number): number {
    const bytes = this.#bytes
    if (this.#view.getInt32(position, true) !== CELL_START) return NOT_PLAIN
    if (bytes[position + 4] !== 0x3d || bytes[position + 5] !== QUOTE) return NOT_PLAIN
    let at = position + 6
    let column = 0
    let letter = bytes[at]! - 64
    while (letter > 0 && letter <= 26) {
      column = column * 26 + letter
      letter = bytes[++at]! - 64
    }
    const builder = this.#builder
    if (column <= builder.column || column >= builder.builtColumns.length) return NOT_PLAIN
    const digits = this.#rowDigits
    const digitCount = this.#rowDigitCount
    for (let index = 0; index < digitCount; index++) {
      if (bytes[at + index] !== digits[index]) return NOT_PLAIN
    }
    at += digitCount
    if (bytes[at] !== QUOTE) return NOT_PLAIN
    at = this.#scanCellAttributes(at + 1)
    if (at === NOT_PLAIN) return NOT_PLAIN
    if (bytes[at] === SLASH) {
      if (bytes[at + 1] !== GREATER) return NOT_PLAIN
      builder.column = column
      return at + 2
    }
    return this.#scanValue(at + 1, column)
  }

  /** ` s="…" t="…"` in either order; returns the position of the `>` or `/` that ends them. */
  #scanCellAttributes(position: number): number {
    const bytes = this.#bytes
    let at = position
    let style = -1
    let type = -1
    while (bytes[at] === SPACE) {
      const name = bytes[at + 1]!
      if (this.#view.getUint16(at + 2, true) !== EQUALS_QUOTE) return NOT_PLAIN
      at += 4
      if (name === LETTER_S && style < 0) {
        style = 0
        let digit = bytes[at]! - DIGIT_0
        while (digit >= 0 && digit <= 9 && style < 100_000) {
          style = style * 10 + digit
          digit = bytes[++at]! - DIGIT_0
        }
      } else if (name === LETTER_T && type < 0) {
        type = this.#typeAt(at)
        if (type < 0) return NOT_PLAIN
        at += type === TYPE_INLINE ? 9 : type === TYPE_TEXT ? 3 : 1
      } else return NOT_PLAIN
      if (bytes[at++] !== QUOTE) return NOT_PLAIN
    }
    if (bytes[at] !== GREATER && bytes[at] !== SLASH) return NOT_PLAIN
    this.#style = style < 0 ? 0 : style
    this.#type = type < 0 ? TYPE_NUMBER : type
    return at
  }

  #typeAt(at: number): number {
    const bytes = this.#bytes
    const first = bytes[at]
    if (bytes[at + 1] === QUOTE) {
      if (first === LETTER_S) return TYPE_SHARED
      if (first === 0x6e) return TYPE_NUMBER
      return first === 0x62 ? TYPE_BOOLEAN : NOT_PLAIN
    }
    if (first === LETTER_S && bytes[at + 1] === LETTER_T && bytes[at + 2] === LETTER_R)
      return TYPE_TEXT
    const isInline =
      this.#view.getInt32(at, true) === TYPE_INLINE_1 &&
      this.#view.getInt32(at + 4, true) === TYPE_INLINE_2 &&
      bytes[at + 8] === LETTER_R
    return isInline ? TYPE_INLINE : NOT_PLAIN
  }

  #scanValue(position: number, column: number): number {
    const bytes = this.#bytes
    if (this.#type === TYPE_INLINE) return this.#scanInlineText(position, column)
    const isValue =
      bytes[position] === LESS &&
      bytes[position + 1] === LETTER_V &&
      bytes[position + 2] === GREATER
    if (!isValue) return NOT_PLAIN
    switch (this.#type) {
      case TYPE_SHARED:
        return this.#scanShared(position + 3, column)
      case TYPE_NUMBER:
        return this.#scanNumber(position + 3, column)
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

  #scanShared(position: number, column: number): number {
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
    builder.noteValue()
    if (builder.builtColumns[column] === 1) {
      const text = strings.get(index)
      builder.addStringCell(stringCell(column, text), text.length)
    }
    return at + 8
  }

  #scanNumber(position: number, column: number): number {
    const bytes = this.#bytes
    let at = position
    const isNegative = bytes[at] === 0x2d
    if (isNegative) at++
    const start = at
    let mantissa = 0
    let point = -1
    for (;;) {
      const byte = bytes[at]!
      const digit = byte - DIGIT_0
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
      else if (byte === 0x2e && point < 0) point = at
      else break
      at++
    }
    const digits = at - start - (point < 0 ? 0 : 1)
    let value = 0
    if (bytes[at] === LESS && digits > 0 && digits <= EXACT_DIGITS_MAX) {
      value = point < 0 ? mantissa : mantissa / powersOfTen[at - point - 1]!
      if (isNegative) value = -value
    } else {
      while (bytes[at] !== LESS) at++
      const parsed = parseNumber(bytes.latin1Slice(position, at))
      if (parsed === null) return NOT_PLAIN
      value = parsed
    }
    if (!this.#isValueEnd(at)) return NOT_PLAIN
    const builder = this.#builder
    builder.column = column
    builder.noteValue()
    if (builder.builtColumns[column] === 1) {
      builder.addCell(numberCell(column, value, this.#style, this.#context))
    }
    return at + 8
  }

  #scanBoolean(position: number, column: number): number {
    const digit = this.#bytes[position]! - DIGIT_0
    if (digit < 0 || digit > 1 || !this.#isValueEnd(position + 1)) return NOT_PLAIN
    const builder = this.#builder
    builder.column = column
    builder.noteValue()
    if (builder.builtColumns[column] === 1) builder.addCell(booleanCell(column, digit === 1))
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
  #scanInlineText(position: number, column: number): number {
    const bytes = this.#bytes
    const view = this.#view
    if (view.getInt32(position, true) !== INLINE_START) return NOT_PLAIN
    if (bytes[position + 4] !== LESS || bytes[position + 5] !== LETTER_T) return NOT_PLAIN
    if (bytes[position + 6] !== GREATER) return NOT_PLAIN
    const start = position + 7
    let at = start
    let flags = 0
    for (let byte = bytes[at]!; byte !== LESS; byte = bytes[++at]!) flags |= textFlags[byte]!
    if (view.getInt32(at, true) !== TEXT_END) return NOT_PLAIN
    if (view.getInt32(at + 4, true) !== INLINE_END || bytes[at + 8] !== GREATER) return NOT_PLAIN
    if (view.getInt32(at + 9, true) !== CELL_END) return NOT_PLAIN
    return this.#addText(start, at, flags, column) ? at + 13 : NOT_PLAIN
  }

  /** Adds the text of a range; false where it needs more than copying and `_xHHHH_`. */
  #addText(start: number, end: number, flags: number, column: number): boolean {
    if ((flags & ~(TEXT_NON_ASCII | TEXT_UNDERSCORE)) !== 0) return false
    const builder = this.#builder
    if (end - start > this.#context.limits.textBytesMax) return false
    builder.column = column
    if (start === end) return true
    builder.noteValue()
    if (builder.builtColumns[column] !== 1) return true
    let text = copyText(this.#bytes, start, end, flags)
    if ((flags & TEXT_UNDERSCORE) !== 0) text = decodeEscapes(text)
    builder.addStringCell(stringCell(column, text), text.length)
    return true
  }
}
