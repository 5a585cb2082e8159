/**
 * Owns the one spelling of rows and cells that nearly all writers use: no prefix, `r` first, then
 * `s` and `t`, then `v` or `is`/`t`, nothing else. It reads that spelling at the speed of the bytes
 * and leaves everything else, also everything that is wrong, to the scanner of sheet-rows: it must
 * never accept what that one would refuse, nor give another value.
 *
 * It needs no bounds checks: after the window's end there is a `<` followed by a zero, which no
 * plain cell goes past.
 */

import { isSpace } from '../xml/attributes.ts'
import { fourBytes, NOT_PLAIN } from '../xml/plain-bytes.ts'
import {
  PlainValues,
  TYPE_BOOLEAN,
  TYPE_INLINE,
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_TEXT,
} from './plain-values.ts'
import type { RowBuilder } from './row-builder.ts'
import type { SheetContext } from './sheet-context.ts'

const CELL_START = fourBytes('<c r')
const ROW_START = fourBytes('<row')
const ROW_END = fourBytes('</ro')
const ROW_REFERENCE = fourBytes(' r="')
/** What follows the reference, `"><v>`, `" t="s"><v>` or `" t="inlineStr">`, in words of four bytes. */
const NUMBER_OPENING = fourBytes('"><v')
const TYPE_OPENING = fourBytes('" t=')
const SHARED_OPENING = fourBytes('"s">')
const VALUE_START = fourBytes('<v>\0')
const VALUE_MASK = 0xffffff
const INLINE_OPENING = fourBytes('"inl')
const INLINE_OPENING_2 = fourBytes('ineS')
const INLINE_OPENING_3 = fourBytes('tr">')

const TYPE_INLINE_1 = fourBytes('inli')
const TYPE_INLINE_2 = fourBytes('neSt')

const EQUALS_QUOTE = 0x223d
const GREATER = 0x3e
const SLASH = 0x2f
const SPACE = 0x20
const QUOTE = 0x22
const DIGIT_0 = 0x30
const LETTER_R = 0x72
const LETTER_S = 0x73
const LETTER_T = 0x74

const ROW_TAIL_BYTES_MAX = 256
/** Digits of 1,048,576, and of any row number that fits into two words. */
const ROW_DIGITS_MAX = 7
/** Which bits of a word its first bytes are, by their number. */
const maskOfBytes = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1)

export class PlainRows {
  /** Whether the last scan stopped because a batch is full. */
  isBatchFull = false
  readonly #builder: RowBuilder
  readonly #values: PlainValues
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #row = 0
  #rowDigitCount = 0
  /** the digits of the row number as two words of four bytes, and which of these bytes count */
  #lowDigits = 0
  #lowMask = 0
  #highDigits = 0
  #highMask = 0
  /** what follows the number of a row that was found to be well-formed, and whether it hides the row */
  #rowTail: Buffer = Buffer.alloc(0)
  #isTailHidden = false

  constructor(builder: RowBuilder, context: SheetContext) {
    this.#builder = builder
    this.#values = new PlainValues(builder, context)
  }

  /**
   * Remembers what follows the row number in a start tag, from its quote on, as well-formed, and whether it
   * hides the row.
   */
  learnRowTail(tag: Buffer, isHidden: boolean): void {
    if (tag.length < 8) return
    const quote = tag.indexOf(QUOTE, 8)
    if (tag.readInt32LE(0) !== ROW_START || tag.readInt32LE(4) !== ROW_REFERENCE) return
    const isSelfClosing = tag[tag.length - 2] === SLASH
    if (quote < 0 || isSelfClosing || tag.length - quote > ROW_TAIL_BYTES_MAX) return
    this.#rowTail = Buffer.from(tag.subarray(quote))
    this.#isTailHidden = isHidden
  }

  /**
   * Reads plain cells and rows from `position`, inside a row. Returns the position after the last
   * one; a row that is entered is one that was left to be entered again.
   */
  scan(bytes: Buffer, view: DataView, position: number): number {
    this.#bytes = bytes
    this.#view = view
    this.#values.look(bytes, view)
    this.isBatchFull = false
    if (this.#builder.row >= 10 ** ROW_DIGITS_MAX) return position
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
    let digits = row
    let low = 0
    let high = 0
    let count = 0
    while (digits > 0) {
      // The last digit is the highest byte; each further one pushes it up.
      high = (high << 8) | (low >>> 24)
      low = (low << 8) | (DIGIT_0 + (digits % 10))
      digits = Math.floor(digits / 10)
      count++
    }
    this.#row = row
    this.#rowDigitCount = count
    this.#lowDigits = low
    this.#highDigits = high
    this.#lowMask = maskOfBytes[Math.min(count, 4)]!
    this.#highMask = maskOfBytes[Math.max(count - 4, 0)]!
  }

  /** `</row><row r="…" …>`, where the number is higher than the current one. */
  #scanRowChange(position: number): number {
    const bytes = this.#bytes
    const view = this.#view
    let at = position
    while (isSpace(bytes[at]!)) at++
    if (view.getInt32(at, true) === CELL_START) return at === position ? NOT_PLAIN : at
    if (view.getInt32(at, true) !== ROW_END || bytes[at + 4] !== 0x77) return NOT_PLAIN
    if (bytes[at + 5] !== GREATER) return NOT_PLAIN
    at += 6
    while (isSpace(bytes[at]!)) at++
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
    if (digitCount > ROW_DIGITS_MAX || bytes[digitsStart] === DIGIT_0 || row <= this.#row)
      return NOT_PLAIN
    const tail = this.#rowTail
    if (tail.length === 0) return NOT_PLAIN
    for (let index = 0; index < tail.length; index++) {
      if (bytes[at + index] !== tail[index]) return NOT_PLAIN
    }
    this.isBatchFull = this.#builder.endRow()
    this.#builder.isNextHidden = this.#isTailHidden
    this.#builder.startRow(row)
    this.#setRow(row)
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
    const view = this.#view
    if ((view.getInt32(at, true) & this.#lowMask) !== this.#lowDigits) return NOT_PLAIN
    if ((view.getInt32(at + 4, true) & this.#highMask) !== this.#highDigits) return NOT_PLAIN
    at += this.#rowDigitCount
    if (bytes[at] !== QUOTE) return NOT_PLAIN
    const usual = this.#scanUsualValue(at, column)
    if (usual !== 0) return usual
    at = this.#scanCellAttributes(at + 1)
    if (at === NOT_PLAIN) return NOT_PLAIN
    if (bytes[at] === SLASH) {
      if (bytes[at + 1] !== GREATER) return NOT_PLAIN
      builder.column = column
      return at + 2
    }
    return this.#values.scan(at + 1, column)
  }

  /**
   * The rest of a cell without a format whose tag is spelled as most are, from the quote that ends
   * its reference on: two or three words to compare, and no attribute to look for. Returns 0 where
   * it is another one.
   */
  #scanUsualValue(position: number, column: number): number {
    const view = this.#view
    const values = this.#values
    const opening = view.getInt32(position, true)
    if (opening === NUMBER_OPENING) {
      if (this.#bytes[position + 4] !== GREATER) return 0
      values.style = 0
      return values.scanNumber(position + 5, column)
    }
    if (opening !== TYPE_OPENING) return 0
    const type = view.getInt32(position + 4, true)
    if (type === SHARED_OPENING) {
      if ((view.getInt32(position + 8, true) & VALUE_MASK) !== VALUE_START) return 0
      return values.scanShared(position + 11, column)
    }
    if (type !== INLINE_OPENING) return 0
    if (view.getInt32(position + 8, true) !== INLINE_OPENING_2) return 0
    if (view.getInt32(position + 12, true) !== INLINE_OPENING_3) return 0
    return values.scanInlineText(position + 16, column)
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
    this.#values.style = style < 0 ? 0 : style
    this.#values.type = type < 0 ? TYPE_NUMBER : type
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
}
