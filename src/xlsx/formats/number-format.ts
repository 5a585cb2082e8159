/**
 * Owns the question whether a number format shows a value as a date (ECMA-376 Part 1 §18.8.30,
 * §18.8.31): built-in formats, custom codes with up to four sections, conditions, elapsed time.
 * Pure.
 */
import { type DigitMask, parseDigitMask } from './digit-mask.ts'

/** What a format makes of a number. */
export type FormatKind = 'number' | 'date' | 'time' | 'elapsed'

interface FormatSection {
  readonly kind: FormatKind
  readonly accepts: ((value: number) => boolean) | null
}

export interface NumberFormat {
  /** The kind of every value, or null where it depends on the value. */
  readonly kind: FormatKind | null
  kindOf(value: number): FormatKind
  /** How it shows whole numbers digit by digit, where it does. */
  readonly mask: DigitMask | null
}

function fixedFormat(kind: FormatKind, mask: DigitMask | null = null): NumberFormat {
  return { kind, kindOf: () => kind, mask }
}

const NUMBER = fixedFormat('number')
const DATE = fixedFormat('date')
const TIME = fixedFormat('time')
const ELAPSED = fixedFormat('elapsed')

/**
 * Formats that have an id and no code. 27–36 and 50–58 are dates in East Asian user interfaces only;
 * here they are numbers.
 */
export function builtInFormat(id: number): NumberFormat {
  if ((id >= 14 && id <= 17) || id === 22) return DATE
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return TIME
  return id === 46 ? ELAPSED : NUMBER
}

/** Reads a format code. */
export function parseNumberFormat(code: string): NumberFormat {
  const pieces = splitSections(code)
  // A last section with an @ is that of texts, wherever it stands.
  if (pieces.length > 1 && pieces.at(-1)!.includes('@')) pieces.pop()
  const first = parseSection(pieces[0]!)
  // An empty section shows nothing; what it hides is what the first one shows.
  const sections = pieces.map(section => (section.length === 0 ? first : parseSection(section)))
  const mask = pieces.length === 1 ? parseDigitMask(pieces[0]!) : null
  if (mask !== null) return fixedFormat('number', mask)
  if (sections.every(section => section.kind === first.kind)) return formatOfKind(first.kind)
  const numeric = sections.slice(0, 3)
  return { kind: null, kindOf: value => chooseSection(numeric, value).kind, mask: null }
}

function formatOfKind(kind: FormatKind): NumberFormat {
  if (kind === 'date') return DATE
  if (kind === 'time') return TIME
  return kind === 'elapsed' ? ELAPSED : NUMBER
}

/** The section that a value falls into: its condition, or else positive; negative; zero. */
function chooseSection(sections: readonly FormatSection[], value: number): FormatSection {
  const [first, second, third] = sections as [FormatSection, FormatSection?, FormatSection?]
  if (second === undefined) return first
  if (first.accepts === null && second.accepts === null) {
    if (value > 0 || (value === 0 && third === undefined)) return first
    return value < 0 ? second : third!
  }
  const acceptsFirst = first.accepts ?? (number => number > 0)
  if (acceptsFirst(value)) return first
  if (third === undefined && second.accepts === null) return second
  const acceptsSecond = second.accepts ?? (number => number < 0)
  return acceptsSecond(value) ? second : (third ?? second)
}

/** Pieces of a code: quoted text, escapes, brackets, and single characters. */
const PIECES = /"[^"]*"?|[\\_*].?|\[[^\]]*\]?|./gsu

function splitSections(code: string): string[][] {
  const sections: string[][] = [[]]
  for (const piece of code.match(PIECES) ?? []) {
    if (piece === ';') sections.push([])
    else sections.at(-1)!.push(piece)
  }
  return sections
}

const COMPARISON = /^\[(<=|>=|<>|<|>|=)\s*([+-]?[0-9.]+(?:e[+-]?[0-9]+)?)\]$/i

function parseSection(pieces: readonly string[]): FormatSection {
  let accepts: FormatSection['accepts'] = null
  let letters = ''
  for (const piece of pieces) {
    const condition = COMPARISON.exec(piece)
    if (condition !== null) accepts = comparison(condition[1]!, Number(condition[2]))
    else if (/^\[(h+|m+|s+)\]$/i.test(piece)) return { kind: 'elapsed', accepts }
    else if (piece.length === 1) letters += piece.toLowerCase()
  }
  return { kind: kindOfLetters(letters), accepts }
}

function comparison(operator: string, bound: number): (value: number) => boolean {
  switch (operator) {
    case '<':
      return value => value < bound
    case '<=':
      return value => value <= bound
    case '>':
      return value => value > bound
    case '>=':
      return value => value >= bound
    case '=':
      return value => value === bound
    default:
      return value => value !== bound
  }
}

/** `letters` is a section without its literals, in lower case. */
function kindOfLetters(letters: string): FormatKind {
  const plain = letters.replaceAll('general', '').replace(/am\/pm|a\/p/g, 'h')
  if (/e[+-]/.test(plain) && !/[ydhs]/.test(plain)) return 'number'
  if (/[yd]|mmm/.test(plain)) return 'date'
  // Eras and Buddhist years; beside digits these letters are units that should have been quoted.
  if (/[gbe]/.test(plain) && !/[0#?]/.test(plain)) return 'date'
  const hasTime = /[hs]/.test(plain)
  if (!/m/.test(plain)) return hasTime ? 'time' : 'number'
  return hasTime && isMinute(plain) ? 'time' : 'date'
}

/** `m` is a minute after an hour or before a second (§18.8.31), else a month. */
function isMinute(letters: string): boolean {
  const units = letters.replace(/[^hms]/g, '').replace(/(.)\1+/g, '$1')
  return !/(^|[^h])m([^s]|$)/.test(units)
}
