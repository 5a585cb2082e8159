/**
 * Phone numbers: E.164, valid by the numbering plan of their country (`docs/decisions/` says why valid and
 * not merely possible). An extension or a second number in the cell is a fault: dropping it would change
 * what the sheet says.
 */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { cellText, type SheetCell } from '../cell.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'
import { type CellOutcome, refusal } from './outcome.ts'
import { compilePhonePlan, matchPhonePlan, type PhonePlan } from './phone-plan.ts'
import { trimText } from './text.ts'

const phoneInvalid = refusal('phone-invalid')
const phoneExtension = refusal('phone-extension')

/** Longer texts are no number, and the library's patterns need not see them. */
const phoneTextLengthMax = 80

const plainPunctuation = / |-|\.|\(|\)/g
const plainDigits = /^[0-9]{5,15}$/
/** Excel's mark for "this is text", typed or exported as a character of its own. */
const leadingApostrophes = /^['’]+/
/** `(+48) 22 …`: brackets around the calling code, which the library does not expect. */
const bracketedCallingCode = /^\((\+ ?[0-9]{1,3})\)/

export type PhoneNormaliser = (cell: SheetCell) => CellOutcome

/** Whether a region's numbers can be read: ISO 3166-1 alpha-2, as the phone library knows it. */
export function isPhoneRegion(region: string): region is CountryCode {
  return isSupportedCountry(region)
}

/**
 * Prepares the normaliser of phone cells for numbers written without a calling code in `region`.
 * Throws RangeError for a region that is not known.
 */
export function preparePhoneNormaliser(region: string): PhoneNormaliser {
  if (!isPhoneRegion(region)) throw new RangeError(`unknown phone region ${region}`)
  const plan = compilePhonePlan(region)
  return cell => {
    if (cell.type === 'string') return normalisePhone(cell.value, region, plan)
    if (cell.type !== 'number' || !Number.isSafeInteger(cell.value)) return phoneInvalid
    return cell.value > 0 ? normalisePhone(cellText(cell), region, plan) : phoneInvalid
  }
}

function normalisePhone(raw: string, region: CountryCode, plan: PhonePlan | null): CellOutcome {
  const text = cleanPhone(raw)
  if (text === '') return null
  if (text.length > phoneTextLengthMax) return phoneInvalid
  return (plan && readPlainPhone(text, plan)) ?? readPhone(text, region)
}

function cleanPhone(raw: string): string {
  const text = trimText(dropHiddenCharacters(raw).replace(leadingApostrophes, ''))
  return text.startsWith('(') ? text.replace(bracketedCallingCode, '$1') : text
}

/** Digits with everyday punctuation that are a valid number of the region's own plan; null otherwise. */
function readPlainPhone(text: string, plan: PhonePlan): string | null {
  const international = text.charCodeAt(0) === 0x2b
  const rest = international ? text.slice(1) : text
  const digits = plainDigits.test(rest) ? rest : rest.replace(plainPunctuation, '')
  return plainDigits.test(digits) ? matchPhonePlan(plan, digits, international) : null
}

function readPhone(text: string, region: CountryCode): CellOutcome {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false })
  if (!phone) return phoneInvalid
  if (phone.isValid()) return phone.ext ? phoneExtension : phone.number
  const { countryCallingCode, nationalNumber, ext } = phone
  return countryCallingCode === '48' && !ext ? readTrunkZero(nationalNumber) : phoneInvalid
}

/**
 * Poland dialled a 0 before national numbers until 2009, and sheets still write it: `(0-22) 123 45 67`.
 * No Polish number begins with 0, so nothing else can be meant.
 */
function readTrunkZero(nationalNumber: string): CellOutcome {
  if (nationalNumber.length !== 10 || nationalNumber[0] !== '0') return phoneInvalid
  const phone = parsePhoneNumberFromString(`+48${nationalNumber.slice(1)}`)
  return phone?.isValid() ? phone.number : phoneInvalid
}
