/**
 * The numbering plan of one region, compiled from the phone library's metadata, for the common case that
 * needs no parsing. It may answer only what the library would answer; in doubt it answers nothing.
 */
import { type CountryCode, Metadata, type PhoneNumberType } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'

/** The parts of a plan that the library has and its type declarations leave out. */
interface LibraryPlan {
  callingCode(): string
  IDDPrefix(): string
  nationalPrefix(): string | undefined
  nationalNumberPattern(): string
  nationalPrefixForParsing(): string | undefined
  type(name: PhoneNumberType): { pattern(): string; possibleLengths(): number[] } | undefined
}

interface NumberType {
  readonly pattern: RegExp
  readonly lengths: readonly number[]
}

export interface PhonePlan {
  readonly callingCode: string
  /** What a caller dials before a foreign number, `00` in most regions. */
  readonly iddPrefix: RegExp
  /** What may stand before a national number and is no part of it; null when the plan has none. */
  readonly trunkPrefix: RegExp | null
  readonly national: RegExp
  readonly types: readonly NumberType[]
}

const typeNames: readonly PhoneNumberType[] = [
  'MOBILE',
  'FIXED_LINE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
]

/**
 * The plan of a region, or null when its calling code is shared by several countries (+1, +44, …), where
 * the country has to be found from the digits first.
 */
export function compilePhonePlan(region: CountryCode): PhonePlan | null {
  const plan = selectPlan(region)
  const callingCode = plan.callingCode()
  if (metadata.country_calling_codes[callingCode]?.length !== 1) return null
  const trunkPrefix = plan.nationalPrefixForParsing()
  return {
    callingCode,
    iddPrefix: new RegExp(`^(?:${plan.IDDPrefix()})`),
    trunkPrefix: trunkPrefix ? new RegExp(`^(?:${trunkPrefix})`) : null,
    national: new RegExp(`^(?:${plan.nationalNumberPattern()})$`),
    types: typeNames.flatMap(name => compileType(plan, name)),
  }
}

/** What stands before a number that is dialled within the region and is no part of it: 0 in many, nothing in Italy. */
export function nationalPrefixOf(region: CountryCode): string {
  return selectPlan(region).nationalPrefix() || ''
}

function selectPlan(region: CountryCode): LibraryPlan {
  const selected = new Metadata()
  selected.selectNumberingPlan(region)
  return selected.numberingPlan as unknown as LibraryPlan
}

function compileType(plan: LibraryPlan, name: PhoneNumberType): NumberType[] {
  const type = plan.type(name)
  if (!type?.pattern()) return []
  return [{ pattern: new RegExp(`^(?:${type.pattern()})$`), lengths: type.possibleLengths() }]
}

/**
 * The E.164 form of digits that are plainly a valid number of the plan, or null: then only the library can
 * tell. `digits` are ASCII digits; `international` says that a + stood before them.
 */
export function matchPhonePlan(
  plan: PhonePlan,
  digits: string,
  international: boolean,
): string | null {
  const hasCallingCode = digits.startsWith(plan.callingCode)
  const short = hasCallingCode ? digits.slice(plan.callingCode.length) : ''
  if (international) {
    return hasCallingCode && isPlainNational(plan, short) ? `+${digits}` : null
  }
  if (plan.iddPrefix.test(digits) || plan.trunkPrefix?.test(digits)) return null
  if (plan.national.test(digits)) {
    return isPlainNational(plan, digits) ? `+${plan.callingCode}${digits}` : null
  }
  return hasCallingCode && isPlainNational(plan, short) ? `+${digits}` : null
}

/** A national number that is valid and has nothing before it that could be stripped. */
function isPlainNational(plan: PhonePlan, digits: string): boolean {
  if (plan.trunkPrefix?.test(digits) || !plan.national.test(digits)) return false
  return plan.types.some(type => type.lengths.includes(digits.length) && type.pattern.test(digits))
}
