/**
 * The long way of a phone cell's text. It takes the text apart and reads its segments together or one by one; the
 * outcome tells the greatest change that this took.
 */
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max'
import type { FindingCode } from '../../contracts/findings.ts'
import { type CellOutcome, noted, refusal, repaired, several } from './outcome.ts'
import { isDummyPhone } from './phone-dummy.ts'
import { askLibrary, type PhoneSetting } from './phone-library.ts'
import { areWhole, groupDigits, type NumberFault, readNumber } from './phone-number.ts'
import { type PhoneText, takeApart } from './phone-text.ts'

const refusals = {
  'phone-invalid': refusal('phone-invalid'),
  'phone-extension': refusal('phone-extension'),
  'phone-several': refusal('phone-several'),
  'phone-trunk-zero': refusal('phone-trunk-zero'),
  'digits-lost': refusal('digits-lost'),
} as const

/** An area code with its 0, or what is left of a number behind it. */
const shortSegmentMax = 5
/** A calling code with its prefix on top. */
const codeDigitsMax = 5

interface Segments extends Pick<PhoneText, 'segments' | 'joints'> {
  readonly code: FindingCode | null
}

export function readCellText(raw: string, { region, trunkZero }: PhoneSetting): CellOutcome {
  const text = takeApart(raw)
  if (typeof text === 'string') return refusals[text]
  const named = text.country !== null && isSupportedCountry(text.country) ? text.country : region
  const setting = { region: named, trunkZero }
  const parts = dropCodeInFront(text, setting)
  const segments = joinSegments(parts, setting)
  const read = readSegments(segments, setting)
  if (typeof read === 'string') return refusals[read]
  const numbers = [...new Set(read.numbers)]
  if (numbers.length > 1) return several(numbers, 'phone-several')
  const [number] = numbers
  const isRepeated = read.numbers.length > 1
  const code = parts.code ?? read.code ?? (isRepeated ? 'value-repeated' : text.dropped)
  if (isDummyPhone(number!, nationalAt(number!, named))) return noted(number!, 'phone-dummy')
  return code === null ? number! : repaired(number!, code)
}

/** Where the national number begins in an E.164 number. */
function nationalAt(number: string, region: CountryCode): number {
  const code = getCountryCallingCode(region)
  if (number.startsWith(code, 1)) return 1 + code.length
  return 1 + (askLibrary(number.slice(1), true, region)?.countryCallingCode.length ?? 0)
}

/** A calling code that stands before a number with its own: `+48+48 501 234 567`, `00+48 501 234 567`. */
function dropCodeInFront(text: PhoneText, { region }: PhoneSetting): Segments {
  const { segments, joints, plusRepeated } = text
  const repeatedCode = plusRepeated ? 'phone-calling-code' : null
  const [first, second] = segments
  if (second === undefined || !groupDigits(second).plus || joints[0] !== 'other') {
    return { segments, joints, code: repeatedCode }
  }
  const { digits } = groupDigits(first!)
  const code = digits.replace(/^0+/, '')
  const isCode =
    code === '' ? digits === '00' : code.length <= 3 && groupDigits(second).digits.startsWith(code)
  if (!isCode || askLibrary(digits, false, region)) return { segments, joints, code: repeatedCode }
  return { segments: segments.slice(1), joints: joints.slice(1), code: 'phone-calling-code' }
}

/**
 * Joins segments that are one number with slashes, commas or dashes between its groups: an area code and the
 * rest, or three groups and more. All joints are of one kind; anything else is several numbers.
 */
function joinSegments({ segments, joints }: Segments, { region }: PhoneSetting): readonly string[] {
  if (segments.length === 1 || new Set(joints).size > 1) return segments
  const [joint] = joints
  if (joint === 'words' || joint === 'other') return segments
  const last = digitCount(segments.at(-1)!)
  const areShort = segments.slice(0, -1).every(segment => isShort(segment, region))
  const isEnding = segments.length === 2 && last < shortSegmentMax
  return areShort && !isEnding ? [segments.join(' ')] : segments
}

function isShort(segment: string, region: PhoneSetting['region']): boolean {
  const { digits, plus } = groupDigits(segment)
  if (digits.length <= shortSegmentMax) return true
  const hasCode =
    plus || digits.startsWith('00') || digits.startsWith(getCountryCallingCode(region))
  if (!hasCode || digits.length > shortSegmentMax + codeDigitsMax) return false
  return askLibrary(digits, plus, region) === null
}

function digitCount(segment: string): number {
  return groupDigits(segment).digits.length
}

function readSegments(
  segments: readonly string[],
  setting: PhoneSetting,
): { numbers: string[]; code: FindingCode | null } | NumberFault {
  const read = segments.map(segment => readNumber(segment, setting))
  const [first] = read
  if (read.length === 1)
    return typeof first === 'string' ? first : { numbers: [...first!.numbers], code: first!.code }
  const numbers = read.flatMap(each => (typeof each === 'string' ? [] : each.numbers))
  const isWhole = read.every(each => typeof each !== 'string')
  if (!isWhole || !areWhole(segments.map(groupDigits), setting.region)) return 'phone-several'
  return { numbers, code: null }
}
