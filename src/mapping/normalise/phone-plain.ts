/**
 * The short way of phone numbers: digits with everyday punctuation, grouped as one number is. It says nothing
 * of any other text, and nothing where two numbers may have been run together.
 */
import { e164LengthMax } from './phone-library.ts'
import { matchPhonePlan, type PhonePlan } from './phone-plan.ts'

const plus = 0x2b

const digitsAlone = /^[0-9]{5,15}$/

/** Groups with single signs between them; the first or second, an area code, may stand in brackets. */
const plainGroups = /^(?:\d{1,4} ?)?(?:\(\d{1,5}\)[ -]?)?\d+(?:[ .-]\d+)*$/

/** `50123456.7` and `1 234 567.00` are no numbers with an odd group, but figures. */
const decimalFraction = /^(?:\d{6,}|\d{1,3}(?: \d{3})+)\.\d{1,2}$/

const punctuation = /[ .()-]/g

/**
 * Groups as of two numbers, for plans in which a longer number may be one too: two groups that are long
 * enough to be numbers without their area codes (`030 12345 12346`), two that differ in their end alone, or a
 * single digit at the end, which is the end of another number (`0664 1234567 8`).
 */
const twoLongGroups = /(?:^\d{7,}|[ .)-]\d{5,})(?:[ .-]\d+)*?[ .-]\d{5,}/
const twinGroups = /(\d{3,})\d[ .-]\1\d(?!\d)/
const singleEnd = /[ .-]\d$/

/** Whether the groups of a text may be those of two numbers. `text` has plain groups and no plus. */
export function looksLikeTwo(text: string): boolean {
  return twoLongGroups.test(text) || twinGroups.test(text) || singleEnd.test(text)
}

/** The E.164 form of plain text that is a valid number of the plan; null where the text has to be looked at. */
export function readPlainPhone(text: string, plan: PhonePlan): string | null {
  const international = text.charCodeAt(0) === plus
  const rest = international ? text.slice(1) : text
  if (digitsAlone.test(rest)) return matchDigits(plan, rest, international)
  if (!plainGroups.test(rest) || decimalFraction.test(rest)) return null
  if (!plan.isOfOneLength && looksLikeTwo(rest)) return null
  const digits = rest.replace(punctuation, '')
  return digitsAlone.test(digits) ? matchDigits(plan, digits, international) : null
}

/** A calling code that stands twice may be a number too where numbers have any length. */
function matchDigits(plan: PhonePlan, digits: string, international: boolean): string | null {
  if (!plan.isOfOneLength && digits.startsWith(plan.callingCode + plan.callingCode)) return null
  const number = matchPhonePlan(plan, digits, international)
  return number !== null && number.length > e164LengthMax ? null : number
}
