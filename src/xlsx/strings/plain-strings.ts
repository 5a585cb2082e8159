/**
 * Owns the one spelling of shared strings that nearly all writers use, `<si><t>…</t></si>` without a
 * prefix. It copies most of them without making a string, and leaves everything else, also everything
 * that is wrong, to the scanner of shared-strings. As in plain-rows, a `<` and a zero after the end
 * of the window stand in for bounds checks.
 */
import { fourBytes, NOT_PLAIN, plainTextStart } from '../xml/plain-bytes.ts'
import {
  decodeEscapes,
  decodeText,
  mayHoldEscape,
  TEXT_PLAIN,
  TEXT_REFERENCE,
  TEXT_UNDERSCORE,
  textFlags,
} from '../xml/text.ts'
import type { StringPages } from './string-pages.ts'

const ITEM_START = fourBytes('<si>')
const TEXT_END = fourBytes('</t>')
const ITEM_END = fourBytes('</si')

const LESS = 0x3c
const GREATER = 0x3e

export interface StringCaps {
  readonly sharedStringsMax: number
  readonly textBytesMax: number
}

/** Adds the plain strings from `position` on; returns the position after the last one. */
export function scanPlainStrings(
  bytes: Buffer,
  view: DataView,
  position: number,
  { strings, caps }: { strings: StringPages; caps: StringCaps },
): number {
  let item = position
  while (strings.length < caps.sharedStringsMax) {
    if (view.getInt32(item, true) !== ITEM_START) return item
    const start = plainTextStart(bytes, view, item + 4)
    if (start === NOT_PLAIN) return item
    let at = start
    let flags = 0
    for (let byte = bytes[at]!; byte !== LESS; byte = bytes[++at]!) flags |= textFlags[byte]!
    if ((flags & ~TEXT_PLAIN) !== 0) return item
    if (at - start > caps.textBytesMax) return item
    if (view.getInt32(at, true) !== TEXT_END) return item
    if (view.getInt32(at + 4, true) !== ITEM_END || bytes[at + 8] !== GREATER) return item
    const isLiteral =
      (flags & TEXT_REFERENCE) === 0 &&
      ((flags & TEXT_UNDERSCORE) === 0 || !mayHoldEscape(bytes, start, at))
    if (isLiteral) strings.addBytes(bytes, start, at, flags)
    else strings.add(decodeEscapes(decodeText(bytes, start, at, flags)))
    item = at + 9
  }
  return item
}
