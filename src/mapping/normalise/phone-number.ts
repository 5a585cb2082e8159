/**
 * Reads one segment of a phone cell: digits with blanks, dashes and brackets. This file decides about
 * which digits to ask the phone library, and where two numbers hide in one.
 */
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'
import type { FindingCode } from '../../contracts/findings.ts'
import type { RowIssueCode } from '../../contracts/row-issues.ts'
import { mendCallingCode } from './phone-calling-code.ts'
import {
  askLibrary,
  type GroupedDigits,
  type NumberDigits,
  type PhoneSetting,
} from './phone-library.ts'
import { looksLikeTwo, readPlainPhone } from './phone-plain.ts'
import { phonePlanOf } from './phone-plan.ts'
import { readTrunkZero } from './phone-trunk-zero.ts'

/** One or more E.164 numbers; `code` says what was put right. */
export interface ReadNumbers {
  readonly numbers: readonly string[]
  readonly code: FindingCode | null
}

export type NumberFault = Extract<
  RowIssueCode,
  'phone-invalid' | 'phone-several' | 'phone-extension' | 'phone-trunk-zero'
>

/** No number of a plan has fewer digits that is called from abroad. */
const numberDigitsMin = 4
/** Two numbers have more digits than most single ones. */
const severalDigitsMin = 14
/** Fewer digits may be a number without its area code. */
const bareDigitsMin = 9
const plusInFront = /^\(?\s*\+/
const bracketsAtEnd = /^(.*\d.*?)\s*\(\s*\d+\s*\)$/

export function readNumber(segment: string, setting: PhoneSetting): ReadNumbers | NumberFault {
  const before = bracketsAtEnd.exec(segment)?.[1]
  if (before !== undefined) {
    return typeof readNumber(before, setting) === 'string' ? 'phone-invalid' : 'phone-extension'
  }
  const plain = readPlainPhone(segment, phonePlanOf(setting.region))
  if (plain !== null) return { numbers: [plain], code: null }
  const grouped = groupDigits(segment)
  if (grouped.digits.length < numberDigitsMin) return 'phone-invalid'
  const phone = askLibrary(grouped.digits, grouped.plus, setting.region)
  if (phone) {
    // `+49 49 151 12345678` is a number of Leer and, with its code once, a mobile: nobody can say which.
    const mended = mendCallingCode(grouped, setting.region)
    if (mended !== null && mended !== phone.number) return 'phone-invalid'
    return hidesNumber(grouped, segment, { phone, setting })
      ? 'phone-several'
      : { numbers: [phone.number], code: null }
  }
  const several = splitNumbers(grouped, setting.region)
  return several ? { numbers: several, code: null } : mendNumber(grouped, setting)
}

/** The digits of a segment, as they are grouped. */
export function groupDigits(segment: string): GroupedDigits {
  const groups = segment.match(/\d+/g) ?? []
  return { groups, digits: groups.join(''), plus: plusInFront.test(segment) }
}

interface FoundNumber {
  readonly phone: PhoneNumber
  readonly setting: PhoneSetting
}

/**
 * Whether a valid number may be two that were run together, in a plan with numbers of any length: its groups
 * look so, and those before some later one are a number by themselves.
 */
function hidesNumber(
  { groups, plus }: GroupedDigits,
  segment: string,
  { phone, setting: { region } }: FoundNumber,
): boolean {
  if (groups.length === 1 || phonePlanOf(phone.country ?? region).isOfOneLength) return false
  const isDashed = /-\s?\d{1,2}$/.test(segment)
  if (!looksLikeTwo(`${groups.slice(0, -1).join(' ')}${isDashed ? '-' : ' '}${groups.at(-1)}`)) {
    return false
  }
  for (let count = groups.length - 1; count >= 1; count--) {
    const first = askLibrary(groups.slice(0, count).join(''), plus, region)
    // One or two digits behind a dash dial through a fixed line: they are a part of its number.
    const dialsThrough = isDashed && count === groups.length - 1 && first?.getType() !== 'MOBILE'
    if (first && !dialsThrough) return true
  }
  return false
}

/** The numbers that groups are made of, where there is one way to part them; null where there is none, or two. */
function splitNumbers({ groups, digits, plus }: GroupedDigits, region: CountryCode) {
  if (digits.length < severalDigitsMin) return null
  const ways: NumberDigits[][] = []
  for (let count = 1; count < groups.length; count++) {
    const first = { digits: groups.slice(0, count).join(''), plus }
    for (const others of waysToPart(groups.slice(count))) {
      const parts = [first, ...others]
      if (parts.every(part => isNumber(part, region)) && areWhole(parts, region)) ways.push(parts)
    }
  }
  const [way] = ways
  if (!way || ways.length > 1) return null
  return way.map(part => askLibrary(part.digits, part.plus, region)!.number)
}

/** As one number, or as two. */
function waysToPart(groups: readonly string[]): NumberDigits[][] {
  const join = (from: number, to?: number) => ({
    digits: groups.slice(from, to).join(''),
    plus: false,
  })
  return [[join(0)], ...groups.slice(1).map((_, at) => [join(0, at + 1), join(at + 1)])]
}

function isNumber({ digits, plus }: NumberDigits, region: CountryCode): boolean {
  return askLibrary(digits, plus, region) !== null
}

/**
 * Whether each of several texts is a number by itself, and none an ending or a number without its area code:
 * in Austria `512124` beside `01 512123` is one in Vienna, and alone it would be one in Innsbruck.
 */
export function areWhole(texts: readonly NumberDigits[], region: CountryCode): boolean {
  const { nationalPrefix, isOfOneLength } = phonePlanOf(region)
  if (isOfOneLength) return true
  const marked = texts.map(({ digits, plus }) => {
    return plus || digits.startsWith('00') || (nationalPrefix && digits.startsWith(nationalPrefix))
  })
  if (nationalPrefix !== '' && new Set(marked.map(Boolean)).size > 1) return false
  return texts.every(({ digits }, at) => marked[at] || digits.length >= bareDigitsMin)
}

function mendNumber(grouped: GroupedDigits, setting: PhoneSetting): ReadNumbers | NumberFault {
  const mended = mendCallingCode(grouped, setting.region)
  if (mended) return { numbers: [mended], code: 'phone-calling-code' }
  const number = readTrunkZero(grouped, setting)
  if (number === null) return 'phone-invalid'
  return number === 'phone-trunk-zero' ? number : { numbers: [number], code: 'phone-trunk-zero' }
}
