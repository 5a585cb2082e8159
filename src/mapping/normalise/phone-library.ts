/** The phone library, asked about digits alone: it never sees what else stands in a cell. */
import {
  type CountryCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'

/** How numbers without a calling code are read. */
export interface PhoneSetting {
  readonly region: CountryCode
  readonly trunkZero: 'reject' | 'drop'
}

/** ASCII digits; `plus` says that one stood before them. */
export interface NumberDigits {
  readonly digits: string
  readonly plus: boolean
}

export interface GroupedDigits extends NumberDigits {
  /** The digits as they are grouped in the cell. */
  readonly groups: readonly string[]
}

/** E.164 has fifteen digits; an international prefix comes on top. */
const digitsMax = 18
/** A plus and the digits of E.164: the library knows longer numbers, of Germany for one. */
export const e164LengthMax = 16

/** The valid number that the digits are in the region, or null. */
export function askLibrary(digits: string, plus: boolean, region: CountryCode): PhoneNumber | null {
  if (digits.length > digitsMax) return null
  const text = plus ? `+${digits}` : digits
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false })
  return phone?.isValid() && phone.number.length <= e164LengthMax ? phone : null
}
