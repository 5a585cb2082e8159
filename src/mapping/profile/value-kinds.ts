/**
 * What one cell may hold, judged without its column: which kinds of values its text could be. A cell may be of
 * several kinds; which one its column holds is decided by the shares of all of its cells (`column-profile.ts`).
 */
import type { ValueKind } from '../../contracts/sheet-description.ts'
import { codeText, type SheetCell, showsDay } from '../cell.ts'
import { countryOf } from '../countries.ts'
import { cityLanguages, givenNameLanguages, surnameLanguages } from '../names/name-lists.ts'
import { prepareDateNormaliser } from '../normalise/date.ts'
import { normaliseEmail } from '../normalise/email.ts'
import { prepareGenderNormaliser } from '../normalise/gender.ts'
import type { CellOutcome } from '../normalise/outcome.ts'
import { isPhoneRegion, preparePhoneNormaliser } from '../normalise/phone.ts'
import { readPlainPhone } from '../normalise/phone-plain.ts'
import { phonePlanOf } from '../normalise/phone-plan.ts'
import { judgeNip, judgePesel } from '../normalise/polish-ids.ts'

/** What is told of one text. */
export interface JudgedValue {
  readonly kinds: readonly ValueKind[]
  /** Regions in which the text is a number, without a calling code; the region of its code where it has one. */
  readonly regions: readonly string[]
  /** Whether it has as many digits as a number, an at sign, the digits of a date: the kind may be meant. */
  readonly likePhone: boolean
  readonly likeEmail: boolean
  /** Regions that have postal codes of this form; in most of them other numbers are written so, too. */
  readonly postalRegions: readonly string[]
  /** Languages of names and towns. */
  readonly languages: readonly string[]
}

export type ValueJudge = (cell: SheetCell) => JudgedValue

/** Regions beside the service's own whose numbers without a calling code are told apart. */
const phoneRegions = 'PL DE CZ SK UA ES FR IT GB AT CH US PT NL BE RO HU LT SE DK BR'.split(' ')
const phoneSigns = /^[\s(]*(?:\+|00)?[\d\s()./\u2010-\u2015-]+$/
const phoneDigitsMin = 7
const phoneDigitsMax = 15
const withCallingCode = /^[\s(]*(?:\+|00)/
const labelledPhone = /^\p{L}{1,12}[.: ]{1,3}[+\d(][\d\s()./-]+$/u

/** Forms that hardly anything else has. */
const strongPostalForms: readonly [RegExp, readonly string[]][] = [
  [/^\d{2}-\d{3}$/, ['PL']],
  [/^\d{3} \d{2}$/, ['CZ', 'SK', 'SE']],
  [/^\d{4}-\d{3}$/, ['PT']],
  [/^\d{4} ?[A-Z]{2}$/, ['NL']],
  [/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, ['GB']],
  [/^LT-\d{5}$/i, ['LT']],
  [/^\d{5}-\d{3}$/, ['BR']],
]
const weakPostalForms: readonly [RegExp, readonly string[]][] = [
  [/^\d{5}$/, ['DE', 'FR', 'ES', 'IT', 'UA', 'CZ', 'SK', 'PL', 'SE', 'US', 'LT']],
  [/^\d{6}$/, ['RO', 'RU', 'BY']],
  [/^\d{4}$/, ['AT', 'CH', 'HU', 'DK', 'BE', 'NL']],
]

const dateSigns = /^(?=.*\d)[\p{L}\d.,/\s:-]{6,40}$/u
const dateSeparator = /\d[.\-/ ]|\p{L}/u
const wholeNumber = /^-?\d{1,3}(?:[ \u00a0]\d{3})*$|^-?\d+$/
const nameWords = /^\p{Lu}[\p{L}'’.-]*(?:[ -]\p{Lu}[\p{L}'’.-]*){1,3}$/u
const oneName = /^\p{L}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+)?$/u
const proseWordsMin = 5
/** Longer texts are prose; the profile looks for nothing else in them. */
const judgedCharactersMax = 120
/** Texts that one judge remembers. */
const rememberedMax = 5_000

const nothing: JudgedValue = {
  kinds: [],
  regions: [],
  likePhone: false,
  likeEmail: false,
  postalRegions: [],
  languages: [],
}

/** Prepares a judge of cells for a service whose lists mostly come from `region` (ISO 3166-1). */
export function prepareValueJudge(region: string): ValueJudge {
  const known = new Map<string, JudgedValue>()
  // A sheet is judged twice: to find the row of its names, and without it. Texts that differ are more than are remembered.
  const cells = new WeakMap<SheetCell, JudgedValue>()
  const readers = {
    phone: preparePhoneNormaliser({ region, trunkZero: 'reject' }),
    date: prepareDateNormaliser({ region, dateOrder: 'dmy' }),
    gender: prepareGenderNormaliser(region),
    regions: [...new Set([region, ...phoneRegions])].filter(isPhoneRegion),
  }
  const judge: ValueJudge = cell => {
    if (cell.type === 'date') return showsDay(cell) ? { ...nothing, kinds: ['date'] } : nothing
    if (cell.type !== 'string' && cell.type !== 'number') return nothing
    const text = codeText(cell).trim()
    const key = `${cell.type} ${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    const judged = judgeText(text, cell, readers)
    if (known.size < rememberedMax) known.set(key, judged)
    return judged
  }
  return cell => {
    const before = cells.get(cell)
    if (before !== undefined) return before
    const judged = judge(cell)
    cells.set(cell, judged)
    return judged
  }
}

interface Readers {
  readonly phone: (cell: SheetCell) => CellOutcome
  readonly date: (cell: SheetCell) => CellOutcome
  readonly gender: (text: string) => CellOutcome
  readonly regions: readonly string[]
}

function judgeText(text: string, cell: SheetCell, readers: Readers): JudgedValue {
  if (text.length > judgedCharactersMax) return { ...nothing, kinds: ['prose'] }
  if (text.includes('@')) {
    const kinds: ValueKind[] = isRead(normaliseEmail(text)) ? ['email'] : []
    return { ...nothing, kinds, likeEmail: true }
  }
  return /\d/.test(text) ? judgeDigits(text, cell, readers) : judgeWords(text, readers)
}

function judgeDigits(text: string, cell: SheetCell, readers: Readers): JudgedValue {
  const digits = text.replace(/\D/g, '')
  const likePhone = digits.length >= phoneDigitsMin && digits.length <= phoneDigitsMax
  const regions = likePhone ? regionsOfNumber(text, readers) : []
  const isLabelled = likePhone && labelledPhone.test(text) && isRead(readers.phone(cell))
  const strong = formsOf(text, strongPostalForms)
  const kinds: ValueKind[] = []
  if (isLabelled || isCertain(text, regions, readers)) kinds.push('phone')
  if (isNationalId(text, cell)) kinds.push('national-id')
  if (isTaxId(text)) kinds.push('tax-id')
  if (strong.length > 0) kinds.push('postal-code')
  if (isDateText(text, cell, readers)) kinds.push('date')
  if (wholeNumber.test(text)) kinds.push('number')
  if (text.split(/\s+/).filter(word => /\p{L}{2}/u.test(word)).length >= proseWordsMin) {
    kinds.push('prose')
  }
  const postalRegions = strong.length > 0 ? strong : formsOf(text, weakPostalForms)
  const isNumberText = phoneSigns.test(text) || isLabelled
  return { ...nothing, kinds, regions, likePhone: likePhone && isNumberText, postalRegions }
}

function regionsOfNumber(text: string, { regions, phone }: Readers): string[] {
  if (!phoneSigns.test(text) || /^\d{2,4}[./-]\d{1,2}[./-]\d{2,4}$/.test(text)) return []
  if (withCallingCode.test(text)) {
    const outcome = phone({ column: 1, type: 'string', value: text })
    if (!isRead(outcome)) return []
    const number = typeof outcome === 'string' ? outcome : ''
    const found = regions.find(region =>
      number.startsWith(`+${phonePlanOf(asRegion(region)).callingCode}`),
    )
    return found === undefined ? ['other'] : [found]
  }
  return regions.filter(region => readPlainPhone(text, phonePlanOf(asRegion(region))) !== null)
}

/** Digits alone are a number of the service's own region; elsewhere they may be any number. */
function isCertain(text: string, found: readonly string[], { regions }: Readers): boolean {
  if (found.length === 0) return false
  return (
    found.includes(regions[0]!) || withCallingCode.test(text) || /^\(?0|\d[ ()/-]+\d/.test(text)
  )
}

function asRegion(region: string) {
  if (!isPhoneRegion(region)) throw new RangeError(`unknown phone region ${region}`)
  return region
}

/** PESEL, whose zeros in front a number cell has lost. */
function isNationalId(text: string, cell: SheetCell): boolean {
  const digits = cell.type === 'number' ? text.padStart(11, '0') : text
  if (!/^\d{11}$/.test(digits) || /^0{4}/.test(digits)) return false
  return judgePesel(digits) === 'valid'
}

function isTaxId(text: string): boolean {
  const digits = text.replace(/^PL ?/i, '').replaceAll('-', '')
  return /^[1-9]\d{9}$/.test(digits) && judgeNip(digits) === 'valid'
}

function isDateText(text: string, cell: SheetCell, { date }: Readers): boolean {
  if (cell.type !== 'string' || !dateSigns.test(text) || !dateSeparator.test(text)) return false
  return isRead(date(cell))
}

function formsOf(text: string, forms: readonly [RegExp, readonly string[]][]): readonly string[] {
  return forms.find(([form]) => form.test(text))?.[1] ?? []
}

function judgeWords(text: string, readers: Readers): JudgedValue {
  const kinds: ValueKind[] = []
  const languages: string[] = []
  const note = (kind: ValueKind, found: readonly string[]) => {
    if (found.length === 0) return
    kinds.push(kind)
    languages.push(...found)
  }
  const words = text.split(/\s+/)
  if (words.length >= proseWordsMin) kinds.push('prose')
  if (words.length <= 2 && isRead(readers.gender(text))) kinds.push('gender')
  if (countryOf(text) !== null) kinds.push('country')
  note('city', cityLanguages(text))
  if (oneName.test(text)) {
    if (words.length === 1 || givenNameLanguages(words[1]!).length > 0) {
      note('given-name', givenNameLanguages(text))
    }
    if (words.length === 1) note('surname', surnameLanguages(text))
  }
  if (nameWords.test(text) && words.length >= 2) note('full-name', fullNameLanguages(words))
  return { ...nothing, kinds, languages: [...new Set(languages)] }
}

/** A given name at one end, and no given name alone. */
function fullNameLanguages(words: readonly string[]): readonly string[] {
  const first = givenNameLanguages(words[0]!)
  const last = givenNameLanguages(words.at(-1)!)
  if (first.length > 0 && last.length > 0 && surnameLanguages(words.at(-1)!).length === 0) {
    return surnameLanguages(words[0]!).length > 0 ? last : []
  }
  return first.length > 0 ? first : last
}

/** Whether a normaliser takes the text as one value. */
function isRead(outcome: CellOutcome): boolean {
  if (outcome === null) return false
  if (typeof outcome === 'string') return true
  if (outcome.outcome === 'refused') return false
  return outcome.outcome === 'several' || outcome.value !== null
}
