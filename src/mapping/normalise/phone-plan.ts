/**
 * The numbering plan of one region, compiled from the phone library's metadata, for the common case that
 * needs no parsing. It may answer only what the library would answer; in doubt it answers nothing.
 */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
  type PhoneNumberType,
} from 'libphonenumber-js/max'

/** The parts of a plan that the library has and its type declarations leave out. */
interface LibraryPlan {
  callingCode(): string
  IDDPrefix(): string
  nationalPrefix(): string | undefined
  nationalNumberPattern(): string
  nationalPrefixForParsing(): string | undefined
  type(name: PhoneNumberType): { pattern(): string; possibleLengths(): number[] } | undefined
}

export interface PhonePlan {
  readonly callingCode: string
  /** A number of the plan without anything before it that could be stripped. */
  readonly plainNational: RegExp
  /** A plain national number that no international prefix begins. */
  readonly plainBare: RegExp
  readonly national: RegExp
  /** What is dialled before a foreign number, `00` in most regions, or before a national one: 0 in many. */
  readonly prefix: RegExp
  /** What is dialled before a national number: 0 in many regions, nothing in Italy. */
  readonly nationalPrefix: string
  /** A plain number with its trunk prefix, where that is always the same digits; else null. */
  readonly plainWithTrunkPrefix: RegExp | null
  /** Whether fixed lines and mobiles have numbers of one length, so that two never look like one. */
  readonly isOfOneLength: boolean
  /** Whether no other region has the calling code. */
  readonly isAlone: boolean
}

const ordinaryTypes: readonly PhoneNumberType[] = ['MOBILE', 'FIXED_LINE']

const typeNames: readonly PhoneNumberType[] = [
  ...ordinaryTypes,
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
]

const plans = new Map<CountryCode, PhonePlan>()

/** The plan of a region, compiled once. */
export function phonePlanOf(region: CountryCode): PhonePlan {
  const known = plans.get(region)
  if (known) return known
  const plan = compilePhonePlan(region)
  plans.set(region, plan)
  return plan
}

function compilePhonePlan(region: CountryCode): PhonePlan {
  const plan = selectPlan(region)
  const trunk = plan.nationalPrefixForParsing()
  const general = plan.nationalNumberPattern()
  const types = typeNames.flatMap(name => typePattern(plan, name)).join('|')
  const withoutTrunk = trunk ? `(?!${trunk})` : ''
  const national = `${withoutTrunk}(?=(?:${general})$)(?:${types})$`
  const prefixes = [plan.IDDPrefix(), trunk].filter(Boolean).join('|')
  const nationalPrefix = plan.nationalPrefix() || ''
  return {
    callingCode: plan.callingCode(),
    plainNational: new RegExp(`^${national}`),
    plainBare: new RegExp(`^(?!${plan.IDDPrefix()})${national}`),
    national: new RegExp(`^(?:${general})$`),
    prefix: new RegExp(`^(?:${prefixes})`),
    nationalPrefix,
    plainWithTrunkPrefix: compileTrunkPrefix(plan, national),
    isOfOneLength: new Set(ordinaryTypes.flatMap(name => lengthsOf(plan, name))).size === 1,
    isAlone: getCountries().every(
      other => other === region || getCountryCallingCode(other) !== plan.callingCode(),
    ),
  }
}

function selectPlan(region: CountryCode): LibraryPlan {
  const selected = new Metadata()
  selected.selectNumberingPlan(region)
  return selected.numberingPlan as unknown as LibraryPlan
}

/** Trunk prefixes that are digits alone; others change the digits behind them, which is the library's part. */
const digitPrefixes = /^\d+(?:\|\d+)*$/

function compileTrunkPrefix(plan: LibraryPlan, national: string): RegExp | null {
  const trunk = plan.nationalPrefixForParsing() || ''
  const prefix = plan.nationalPrefix() || ''
  const prefixes = trunk.split('|')
  if (!digitPrefixes.test(trunk) || !prefixes.includes(prefix)) return null
  const others = [plan.IDDPrefix(), ...prefixes.filter(other => other !== prefix)].join('|')
  return new RegExp(`^(?!${others})(?!(?:${plan.nationalNumberPattern()})$)${prefix}${national}`)
}

function lengthsOf(plan: LibraryPlan, name: PhoneNumberType): readonly number[] {
  const type = plan.type(name)
  return type?.pattern() ? type.possibleLengths() : []
}

/** A type's pattern, of its lengths alone. */
function typePattern(plan: LibraryPlan, name: PhoneNumberType): string[] {
  const lengths = lengthsOf(plan, name)
  if (lengths.length === 0) return []
  const ofLength = lengths.map(length => `\\d{${length}}`).join('|')
  return [`(?=(?:${ofLength})$)(?:${plan.type(name)!.pattern()})`]
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
  const { callingCode } = plan
  if (!international) {
    if (plan.plainBare.test(digits)) return `+${callingCode}${digits}`
    if (plan.plainWithTrunkPrefix?.test(digits)) {
      return `+${callingCode}${digits.slice(plan.nationalPrefix.length)}`
    }
    if (plan.prefix.test(digits) || plan.national.test(digits)) return null
  }
  if (!digits.startsWith(callingCode)) return null
  return plan.plainNational.test(digits.slice(callingCode.length)) ? `+${digits}` : null
}

const zero = 0x30
/** Read in every region where a trunk zero stands behind it. */
const polishCode = '48'

/**
 * Whether digits that `matchPhonePlan` took for no number are plainly none: nothing stands in front of them that could
 * be a prefix or a calling code, and no other region reads them. `digits` are five ASCII digits or more, without a plus.
 */
export function isPlainlyInvalid(plan: PhonePlan, digits: string): boolean {
  if (!plan.isAlone || digits.charCodeAt(0) === zero || digits.startsWith(polishCode)) return false
  return !digits.startsWith(plan.callingCode) && !plan.prefix.test(digits)
}
