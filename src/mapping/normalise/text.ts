/**
 * Text as people see it: trimmed, Unicode NFC, line ends as LF, free of what nobody sees and no search finds:
 * invisible characters, no-break and doubled blanks, entities, tags of web pages, an apostrophe in front, control
 * characters at the edges. It refuses control characters within (nobody typed them on purpose) and halves of
 * surrogate pairs (PostgreSQL cannot store them), and takes no visible character from within.
 */
import { decodeHTMLStrict } from 'entities'
import type { FindingCode } from '../../contracts/findings.ts'
import { composeText } from '../../contracts/normal-form.ts'
import { isEncodingBroken } from './broken-encoding.ts'
import { dropHiddenFromText } from './hidden-characters.ts'
import { dropMarkup, holdsMarkup } from './markup.ts'
import { type CellOutcome, noted, refusal, repaired } from './outcome.ts'
import { isPlainText } from './plain-text.ts'

const textInvalid = refusal('text-invalid')
const textTooLong = refusal('text-too-long')

/** Below U+0300 every code point is in NFC on its own and no mark combines with its neighbour. */
const combiningFrom = 0x300

/** `&amp;amp;`: exports that wrote entities twice are known, more often is not. */
const entityPassesMax = 2

const entity = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});/
/** Excel's mark for "this is text"; but `'t Hooft`, `'s-Gravenhage`, `'n Diaye` are names. */
const markInFront = /^'+(?![stn][\s-])/
/** `="00-950"`, as exports write what Excel shall take for text. */
const textFormula = /^="(.*)"$/s
/** The controls above U+007F are letters of a broken encoding, and told as such. */
const controls = /[\p{Cc}--[\t\n\x80-\x9f]]/v
/** Vertical tab, form feed, next line, line and paragraph separator. */
const otherLineBreaks = /[\v\f\x85\u2028\u2029]/g
/** A carriage return as workbooks escape it (ECMA-376 Part 1 §22.9.2.19), escaped once more by an export. */
const escapedLineEnds = /_x000[dD]_\n?/g
const lineEnds = /\r\n?/g
const blankRuns = /[\s\u2800]+/g
const unusualBlanks = /[^\S\n\t ]|\u2800/g

/** One line, as a name: canonical text of at most `lengthMax` code points; null when nothing visible is left. */
export function normaliseText(text: string, lengthMax: number): CellOutcome {
  if (isPlainText(text)) return text.length <= lengthMax ? text : textTooLong
  return cleanText(text, lengthMax, text => text.replace(blankRuns, ' '))
}

/** Text of several lines, as a note, in which tabs and runs of blanks may be meant. */
export function normaliseLines(text: string, lengthMax: number): CellOutcome {
  if (isPlainText(text)) return text.length <= lengthMax ? text : textTooLong
  return cleanText(text, lengthMax, text => text.replace(unusualBlanks, ' '))
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

type Step = readonly [code: FindingCode, clean: (text: string) => string]

function cleanText(raw: string, lengthMax: number, joinBlanks: Step[1]): CellOutcome {
  let text = dropEdges(raw)
  if (text === '') return null
  // Entities and blanks shorten a text, but not so much.
  if (text.length > lengthMax * 8 + 1000) return textTooLong
  if (!text.isWellFormed()) return textInvalid
  let code: FindingCode | null = hasControlAtEdge(raw, text) ? 'control-characters' : null
  for (const [stepCode, clean] of [
    ...steps,
    ['blanks-joined', (text: string) => joinBlanks(text).trim()] as const,
  ]) {
    const cleaned = clean(text)
    if (cleaned !== text) code ??= stepCode
    text = cleaned
  }
  if (controls.test(text)) return textInvalid
  const value = needsComposing(text) ? composeText(text, text.length) : text
  if (value === null) return textInvalid
  if (value === '') return code === 'markup-dropped' ? repaired(null, code) : null
  if (isLonger(value, lengthMax)) return textTooLong
  if (isEncodingBroken(value)) return noted(value, 'encoding-broken')
  if (holdsMarkup(value)) return noted(value, 'markup-kept')
  return code === null ? value : repaired(value, code)
}

const steps: readonly Step[] = [
  [
    'control-characters',
    text => trimText(text.replace(escapedLineEnds, '\n').replace(otherLineBreaks, '\n')),
  ],
  ['signs-dropped', dropMarkOfText],
  ['entities-decoded', decodeEntities],
  ['markup-dropped', text => trimText(dropMarkup(text))],
  ['invisible-dropped', text => trimText(dropHiddenFromText(text))],
]

/** The text without blanks and control characters at its edges, with LF for line ends. */
function dropEdges(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isEdge(text, start)) start++
  while (end > start && isEdge(text, end - 1)) end--
  return text.slice(start, end).replace(lineEnds, '\n')
}

function isEdge(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code < 0x21 || code === 0x7f || (code > 0x7f && isBlank(text, at))
}

/** Whether more than blanks was dropped: vertical tabs and form feeds are line breaks of a kind. */
function hasControlAtEdge(raw: string, text: string): boolean {
  const start = raw.indexOf(text.slice(0, 1))
  const edges = `${raw.slice(0, start)}${raw.slice(raw.lastIndexOf(text.slice(-1)) + 1)}`
  return edges !== '' && controls.test(edges.replace(lineEnds, '\n'))
}

function dropMarkOfText(text: string): string {
  const bare = text.startsWith('="') ? text.replace(textFormula, '$1') : text
  if (!bare.startsWith("'")) return bare
  const unquoted = bare.replace(markInFront, '').trimStart()
  const isQuoted = unquoted !== bare && unquoted.endsWith("'")
  return isQuoted ? unquoted.slice(0, -1) : unquoted
}

function decodeEntities(text: string): string {
  let decoded = text
  for (let pass = 0; pass < entityPassesMax && entity.test(decoded); pass++) {
    decoded = decodeHTMLStrict(decoded)
  }
  return decoded === text ? text : trimText(decoded)
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
