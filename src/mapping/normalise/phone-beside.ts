/**
 * The short way of phone cells with something beside a plain number: words as in `tel. 501 234 567 (Anna)`, signs, or a
 * second plain number. What stands beside a number is judged once by the long way, with a sample in the number's
 * place, and kept: a column has few such words, each a hundred thousand times. In doubt it answers nothing.
 */
import { type CellOutcome, noted, repaired, several } from './outcome.ts'
import { isDummyPhone } from './phone-dummy.ts'
import { readPlainPhone } from './phone-plain.ts'
import type { PhonePlan } from './phone-plan.ts'
import { takeApart } from './phone-text.ts'

export interface PlainReader {
  readonly plan: PhonePlan
  /** Where the national part of the region's numbers begins in E.164. */
  readonly nationalAt: number
  /** Empty at first. */
  readonly words: JudgedWords
}

type Dropped = 'phone-words-dropped' | 'signs-dropped'

/** Longer ones say more than whose number it is. */
const besideLengthMax = 24
/** Digits, and brackets other than round ones, which the long way takes for round ones. */
const notBeside = /[\d+[\]{}<>]/
const unevenBrackets = /^[^()]*\)|\([^()]*$|\([^()]*\(/

/**
 * Numbers in groups that each kind of rule looks at: hours, remarks, extensions, decimal places. What stands beside
 * them must leave them all as they are.
 */
const samples = ['501234567', '50 12 34 56 7', '12 345 67 89', '501-234-567', '50.123.45.67']

/** What each word or sign drops; null where the long way must look at it. Keys begin with the side. */
export type JudgedWords = Map<string, Dropped | null>

/** Names beside numbers are all different: when so many were kept, the long way takes the others at once. */
const judgedMax = 500

/** The outcome of a plain number with words or signs beside it, or of two plain numbers; null for any other text. */
export function readBesidePlain(text: string, reader: PlainReader): CellOutcome {
  const start = firstDigit(text)
  const end = lastDigit(text) + 1
  if (start > besideLengthMax || text.length - end > besideLengthMax || end <= start) return null
  if (start === 0 && end === text.length) return readTwo(text, reader)
  const number = readPlainPhone(text.slice(start, end), reader.plan)
  if (number === null) return null
  const before =
    start === 0
      ? undefined
      : judge(reader.words, text.slice(0, start), text[start] === '+' ? '<+' : '<')
  const behind = end === text.length ? undefined : judge(reader.words, text.slice(end), '>')
  if (before === null || behind === null) return null
  if (isDummyPhone(number, reader.nationalAt)) return noted(number, 'phone-dummy')
  const isWord = before === 'phone-words-dropped' || behind === 'phone-words-dropped'
  return repaired(number, isWord ? 'phone-words-dropped' : 'signs-dropped')
}

/** The first digit, or the plus before it. */
function firstDigit(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if ((code >= 0x30 && code <= 0x39) || code === 0x2b) return at
  }
  return text.length
}

function lastDigit(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) return at
  }
  return -1
}

/** Before a number, before one with a plus, behind one. */
type Side = '<' | '<+' | '>'

function judge(words: JudgedWords, beside: string, side: Side): Dropped | null {
  const key = side + beside
  const known = words.get(key)
  if (known !== undefined) return known
  if (words.size >= judgedMax) return null
  const dropped = askLongWay(beside, side)
  words.set(key, dropped)
  return dropped
}

function askLongWay(beside: string, side: Side): Dropped | null {
  if (notBeside.test(beside) || unevenBrackets.test(beside)) return null
  const codes = new Set<string | null>()
  for (const digits of samples) {
    const sample = side === '<+' ? `+${digits}` : digits
    const taken = takeApart(side === '>' ? sample + beside : beside + sample)
    if (typeof taken === 'string' || taken.segments.length !== 1) return null
    if (taken.segments[0] !== sample || taken.country !== null || taken.plusRepeated) return null
    codes.add(taken.dropped)
  }
  const [code] = codes
  const isDropped = code === 'phone-words-dropped' || code === 'signs-dropped'
  return codes.size === 1 && isDropped ? code : null
}

/** Two numbers with a sign between that no number holds. */
const pair = /^([^,;/]{5,24}?) ?[,;/] ?([^,;/]{5,24})$/

/** Fewer digits may be a number without its area code. */
const wholeDigitsMin = 9

/** Two plain numbers that are each whole, so that none is the end of the other: with a trunk prefix nobody can say. */
function readTwo(text: string, { plan, nationalAt }: PlainReader): CellOutcome {
  if (plan.nationalPrefix !== '') return null
  const parts = pair.exec(text)
  const first = parts && readPlainPhone(parts[1]!, plan)
  const second = first && readPlainPhone(parts![2]!, plan)
  if (!first || !second) return null
  const digitsMin = nationalAt + (plan.isOfOneLength ? 0 : wholeDigitsMin)
  if (first.length < digitsMin || second.length < digitsMin) return null
  if (first !== second) return several([first, second], 'phone-several')
  return isDummyPhone(first, nationalAt)
    ? noted(first, 'phone-dummy')
    : repaired(first, 'value-repeated')
}
