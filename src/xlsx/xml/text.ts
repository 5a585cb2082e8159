/**
 * Owns the meaning of character data: references and line ends (XML 1.0 §2.11, §4.1, §4.6) and the
 * `_xHHHH_` escapes of ST_Xstring (ECMA-376 Part 1 §22.9.2.19). Pure; it must never let a string
 * share memory with the bytes it came from.
 */

import { XlsxError } from '../xlsx-error.ts'
import { copyAscii, copyUtf8 } from './short-text.ts'

/** What a byte of character data asks for; flags of a text are those of its bytes, or-ed. */
export const TEXT_NON_ASCII = 1
export const TEXT_REFERENCE = 2
export const TEXT_CARRIAGE_RETURN = 4
export const TEXT_UNDERSCORE = 8
export const TEXT_FORBIDDEN = 16
/** A printable character of ASCII: a text without one may be blank. */
export const TEXT_INK = 32
/** What scanners of plain spellings take, before they look closer. */
export const TEXT_PLAIN = TEXT_NON_ASCII | TEXT_REFERENCE | TEXT_UNDERSCORE | TEXT_INK

/** Flags of every byte value. */
export const textFlags: Uint8Array = new Uint8Array(256)
textFlags.fill(TEXT_NON_ASCII, 0x80)
textFlags.fill(TEXT_FORBIDDEN, 0, 0x20)
textFlags.fill(TEXT_INK, 0x21, 0x80)
textFlags[0x09] = 0
textFlags[0x0a] = 0
textFlags[0x0d] = TEXT_CARRIAGE_RETURN
textFlags[0x26] = TEXT_REFERENCE
textFlags[0x5f] = TEXT_UNDERSCORE | TEXT_INK

/** Copies a range that holds neither references nor carriage returns into a string of its own. */
export function copyText(bytes: Buffer, start: number, end: number, flags: number): string {
  return (flags & TEXT_NON_ASCII) === 0 ? copyAscii(bytes, start, end) : copyUtf8(bytes, start, end)
}

/**
 * Decodes character data of element content.
 * @param flags of all bytes of the range
 * @throws XlsxError `xml-malformed` for characters and references that XML does not know
 */
export function decodeText(bytes: Buffer, start: number, end: number, flags: number): string {
  if ((flags & TEXT_FORBIDDEN) !== 0) throw new XlsxError('xml-malformed', 'control character')
  let text = copyText(bytes, start, end, flags)
  if ((flags & TEXT_CARRIAGE_RETURN) !== 0) text = text.replace(/\r\n?/g, '\n')
  return (flags & TEXT_REFERENCE) === 0 ? text : decodeReferences(text)
}

/**
 * Decodes an attribute's value: white space becomes spaces, references are resolved (§3.3.3).
 * @throws XlsxError `xml-malformed` for characters and references that XML does not know
 */
export function decodeAttribute(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at++) {
    if (textFlags[bytes[at]!] === TEXT_FORBIDDEN) {
      throw new XlsxError('xml-malformed', 'control character')
    }
  }
  const text = bytes.utf8Slice(start, end)
  if (!/[&\t\n\r]/.test(text)) return text
  return decodeReferences(text.replace(/\r\n|[\t\n\r]/g, ' '))
}

const namedReferences: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decodeReferences(text: string): string {
  return text.replace(/&([^;&]{0,32})(;?)/g, (_, name: string, end: string) => {
    const value = end === '' ? undefined : (namedReferences.get(name) ?? decodeCharacter(name))
    if (value === undefined) throw new XlsxError('xml-malformed', 'undefined entity')
    return value
  })
}

function decodeCharacter(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}))$/.exec(name)
  if (match === null) return undefined
  const code = match[1] ? Number.parseInt(match[1], 16) : Number.parseInt(match[2]!, 10)
  return isXmlCharacter(code) ? String.fromCodePoint(code) : undefined
}

/** XML 1.0 §2.2, production Char. */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
}

/** Decodes each `_xHHHH_` once, left to right: `_x005F_x0041_` is the text `_x0041_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Whether an attribute says yes (xsd:boolean, and ST_OnOff of ECMA-376 Part 1 §22.9.2.7). */
export function isTrue(value: string | null): boolean {
  const text = value?.trim()
  return text === '1' || text === 'true' || text === 'on'
}

/** Whether a text shows nothing, as blanks and signs without a width do. */
export function isBlankText(text: string): boolean {
  return /^[\s\u200b\u2060]*$/.test(text)
}

/** Whether a text is blank that has no references, whose flags these are. */
export function isBlankRange(bytes: Buffer, start: number, end: number, flags: number): boolean {
  const isInked = (flags & TEXT_INK) !== 0
  if (isInked && ((flags & TEXT_UNDERSCORE) === 0 || !mayHoldEscape(bytes, start, end)))
    return false
  return isBlankText(decodeEscapes(copyText(bytes, start, end, flags)))
}

/** Whether bytes hold the `_x` that an escape starts with. */
export function mayHoldEscape(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] === 0x5f && bytes[at + 1] === 0x78) return true
  }
  return false
}
