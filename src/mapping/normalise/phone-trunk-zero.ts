/**
 * The trunk zero: a 0 before a number of a region that dials none. Poland dialled one until 2009, and sheets
 * still write it: `(0-22) 123 45 67`. A 0 also begins the mobiles of other countries: `067 123 45 67` is one of
 * Ukraine, and would be a fixed line in Piła without its 0. So the 0 is dropped before a Polish area code, and
 * only where the digits are grouped as no mobile of another country is.
 */
import { askLibrary, type GroupedDigits, type PhoneSetting } from './phone-library.ts'
import { phonePlanOf } from './phone-plan.ts'

/** Groups of digits that mobiles of a country are written in, and what they begin with. */
interface ForeignMobiles {
  readonly beginning: RegExp
  /** As `3-3-2-2`. */
  readonly groupings: readonly string[]
}

/** Of the countries from which many numbers stand in Polish lists, those with ten digits. */
const foreignMobiles: readonly ForeignMobiles[] = [
  // Ukraine
  {
    beginning: /^0(?:39|50|6[3678]|7[37]|9[1-9])/,
    groupings: ['3-3-2-2', '3-7', '3-3-4', '3-2-2-3'],
  },
  // Slovakia
  { beginning: /^09[0145]/, groupings: ['4-3-3', '4-6'] },
  // France
  { beginning: /^0[67]/, groupings: ['2-2-2-2-2', '2-8'] },
  // Netherlands
  { beginning: /^06/, groupings: ['2-8', '2-4-4', '2-2-2-2-2'] },
  // Belgium
  { beginning: /^04[5-9]/, groupings: ['4-2-2-2', '4-3-3', '4-6'] },
  // Switzerland
  { beginning: /^07[4-9]/, groupings: ['3-3-2-2', '3-7'] },
  // Sweden
  { beginning: /^07[02369]/, groupings: ['3-3-2-2', '3-7'] },
  // Romania
  { beginning: /^07/, groupings: ['4-3-3', '4-6'] },
  // Bulgaria
  { beginning: /^0(?:8[789]|9[89])/, groupings: ['4-3-3', '3-3-4', '3-7', '4-6'] },
  // Israel
  { beginning: /^05/, groupings: ['3-3-4', '3-7'] },
  // Ireland
  { beginning: /^08[235679]/, groupings: ['3-3-4', '3-7'] },
  // Croatia
  { beginning: /^09[125789]/, groupings: ['3-3-4', '3-4-3', '3-7'] },
]

/** `0` alone, or an area code with its 0: as Poland writes them. */
const polishAreaGroup = /^0\d{2}$/

/** Calling code of Poland, in any of its forms, before a number with its old trunk zero. */
const zeroBehindCode = /^(?:00)?48(0\d{9})$/

/** So many digits begin with a 0 in the countries that dial one. */
const digitsWithZero = /^0[1-9]\d{7,10}$/

/**
 * A number with a 0 that its region does not dial: the E.164 number where the 0 may be dropped,
 * `phone-trunk-zero` where it may not, null where there is no such 0.
 */
export function readTrunkZero(
  { digits, groups, plus }: GroupedDigits,
  { region, trunkZero }: PhoneSetting,
): string | null {
  const behindCode = zeroBehindCode.exec(digits)?.[1]
  if (behindCode !== undefined)
    return askLibrary(`48${behindCode.slice(1)}`, true, region)?.number ?? null
  const plan = phonePlanOf(region)
  if (plus || plan.nationalPrefix === '0' || plan.national.test(digits)) return null
  if (!digitsWithZero.test(digits)) return null
  const phone = askLibrary(digits.slice(1), false, region)
  const isCertain =
    region === 'PL' && phone?.getType() === 'FIXED_LINE' && isGroupedAsPolish(digits, groups)
  return phone && (isCertain || trunkZero === 'drop') ? phone.number : 'phone-trunk-zero'
}

/** Whether the digits, a Polish fixed line with a 0 in front, are grouped as no mobile of another country is. */
function isGroupedAsPolish(digits: string, groups: readonly string[]): boolean {
  if (groups[0] === '0') return true
  const grouping = groups.map(({ length }) => length).join('-')
  const hasAreaGroup = groups.length > 1 && polishAreaGroup.test(groups[0]!)
  return !foreignMobiles.some(
    ({ beginning, groupings }) =>
      beginning.test(digits) && (!hasAreaGroup || groupings.includes(grouping)),
  )
}
