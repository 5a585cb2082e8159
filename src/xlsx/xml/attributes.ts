/**
 * Owns the attributes of the start tag that was scanned last (XML 1.0 §3.1). Values are decoded
 * when asked for; positions are those of the scanner's window and die with its next move.
 */
import type { XlsxLimits } from '../limits.ts'
import { XlsxError } from '../xlsx-error.ts'
import type { NameTable, XmlName } from './names.ts'
import { decodeAttribute } from './text.ts'

const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const LESS = 0x3c

/** Stands for a value that was too long to be kept: a byte that no XML holds. */
export const CUT_VALUE = 1

/** Returned where the window ends before the thing that is scanned does. */
export const INCOMPLETE = -1

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d
}

/** 1 for every byte that can be part of a name; multi-byte characters are not told apart. */
const nameBytes = new Uint8Array(256)
nameBytes.fill(1, 0x80)
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.-') {
  nameBytes[character.charCodeAt(0)] = 1
}

/** The end of the name that starts at `start`; `end` where the window ends first. */
export function scanName(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && nameBytes[bytes[at]!] === 1) at++
  const first = bytes[start]!
  const isNumeric = first >= 0x30 && first <= 0x39
  if ((at === start && at < end) || isNumeric || first === 0x2d || first === 0x2e) {
    throw new XlsxError('xml-malformed', 'a name was expected')
  }
  return at
}

export class XmlAttributes {
  #bytes: Buffer = Buffer.alloc(0)
  /** where the value begins that the window ended in; 0 where it ended elsewhere */
  openValue = 0
  readonly #names: XmlName[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #table: NameTable
  readonly #attributesMax: number
  count = 0

  constructor(table: NameTable, limits: XlsxLimits) {
    this.#table = table
    this.#attributesMax = limits.attributesMax
  }

  clear(bytes: Buffer): void {
    this.#bytes = bytes
    this.count = 0
  }

  /** Scans one attribute from its name on; returns the position after it, or INCOMPLETE. */
  scanOne(start: number, end: number): number {
    const bytes = this.#bytes
    this.openValue = 0
    const nameEnd = scanName(bytes, start, end)
    let at = nameEnd
    while (at < end && isSpace(bytes[at]!)) at++
    if (at >= end) return INCOMPLETE
    if (bytes[at] !== EQUALS) throw new XlsxError('xml-malformed', 'attribute without a value')
    at++
    while (at < end && isSpace(bytes[at]!)) at++
    if (at >= end) return INCOMPLETE
    const quote = bytes[at]!
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      throw new XlsxError('xml-malformed', 'attribute value without quotes')
    }
    const valueStart = ++at
    while (at < end && bytes[at] !== quote) {
      if (bytes[at] === LESS) throw new XlsxError('xml-malformed', '< in an attribute value')
      at++
    }
    if (at >= end) {
      this.openValue = valueStart
      return INCOMPLETE
    }
    this.#add(this.#table.intern(bytes, start, nameEnd), valueStart, at)
    return at + 1
  }

  #add(name: XmlName, start: number, end: number): void {
    if (this.count >= this.#attributesMax) {
      throw new XlsxError('too-large', `a tag with more than ${this.#attributesMax} attributes`)
    }
    for (let index = 0; index < this.count; index++) {
      if (this.#names[index]!.qualified === name.qualified) {
        throw new XlsxError('xml-malformed', 'an attribute occurs twice')
      }
    }
    this.#names[this.count] = name
    this.#starts[this.count] = start
    this.#ends[this.count] = end
    this.count++
  }

  nameAt(index: number): XmlName {
    return this.#names[index]!
  }

  /** The value of an attribute. @throws XlsxError `too-large` for one that was too long to be kept */
  valueAt(index: number): string {
    const start = this.#starts[index]!
    if (this.#bytes[start] === CUT_VALUE) {
      throw new XlsxError('too-large', `a long attribute ${this.#names[index]!.qualified}`)
    }
    return decodeAttribute(this.#bytes, start, this.#ends[index]!)
  }

  /** The value of the attribute without a prefix, or null. */
  get(local: string): string | null {
    for (let index = 0; index < this.count; index++) {
      if (this.#names[index]!.qualified === local) return this.valueAt(index)
    }
    return null
  }
}
