/**
 * Text: trimmed (also of no-break and zero-width spaces), line ends as LF, Unicode NFC. It refuses what
 * PostgreSQL can not store or nobody typed on purpose (control characters, halves of surrogate pairs, dozens of
 * marks on one letter)
 * and never removes a character from within.
 */
import { composeText } from '../../contracts/normal-form.ts'
import { type CellOutcome, refusal } from './outcome.ts'

const textInvalid = refusal('text-invalid')
const textTooLong = refusal('text-too-long')

/** Below U+0300 every code point is in NFC on its own and no mark combines with its neighbour. */
const combiningFrom = 0x300

/** UTF-16 units that one code point of a composed text takes at most where it was written decomposed. */
const unitsPerCharacterMax = 4

/** Canonical text of at most `lengthMax` code points; null when nothing visible is left. */
export function normaliseText(text: string, lengthMax: number): CellOutcome {
  if (isPlain(text)) return text.length <= lengthMax ? text : textTooLong
  const trimmed = trimText(text)
  if (trimmed === '') return null
  if (hasControl(trimmed) || !trimmed.isWellFormed()) return textInvalid
  const lines = trimmed.includes('\r') ? trimmed.replace(/\r\n?/g, '\n') : trimmed
  if (lines.length > lengthMax * unitsPerCharacterMax) return textTooLong
  const composed = needsComposing(lines) ? composeText(lines, lines.length) : lines
  if (composed === null) return textInvalid
  return isLonger(composed, lengthMax) ? textTooLong : composed
}

/** The text without white space and zero-width spaces at its edges. */
export function trimText(text: string): string {
  const trimmed = text.trim()
  if (!isZeroWidth(trimmed.charCodeAt(0)) && !isZeroWidth(trimmed.charCodeAt(trimmed.length - 1))) {
    return trimmed
  }
  let start = 0
  let end = trimmed.length
  while (start < end && isBlank(trimmed, start)) start++
  while (end > start && isBlank(trimmed, end - 1)) end--
  return trimmed.slice(start, end)
}

/**
 * Printable characters below U+0300 (Latin with the diacritics of Polish) and no blank at the edges:
 * canonical as they stand, by far the commonest case.
 */
function isPlain(text: string): boolean {
  const last = text.length - 1
  if (last < 0 || text.charCodeAt(0) === 0x20 || text.charCodeAt(last) === 0x20) return false
  for (let at = 0; at <= last; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code >= combiningFrom || (code > 0x7e && code < 0xa1)) return false
  }
  return true
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x7f) return true
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return true
  }
  return false
}

function needsComposing(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= combiningFrom) return true
  }
  return false
}

function isLonger(text: string, lengthMax: number): boolean {
  if (text.length <= lengthMax) return false
  // Each code point takes at most two UTF-16 units: no need to count a text that is far too long.
  if (text.length > lengthMax * 2) return true
  let length = 0
  for (const _ of text) length++
  return length > lengthMax
}

function isZeroWidth(code: number): boolean {
  return code === 0x200b || code === 0x2060
}

function isBlank(text: string, at: number): boolean {
  return isZeroWidth(text.charCodeAt(at)) || text[at]!.trim() === ''
}
