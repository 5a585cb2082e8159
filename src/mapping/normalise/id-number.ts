/**
 * National and tax identity numbers by the rules of the row's region: one spelling, lost zeros put back where
 * one reading results, wrong check digits noted, lost digits refused. A number of a kind that nobody knows
 * stays as it is written, and is noted.
 */
import type { SheetCell } from '../cell.ts'
import { normaliseCode } from './code.ts'
import { type IdPurpose, type IdSchemes, idSchemesOf, vatSchemesOf } from './id-schemes.ts'
import { noDate, scanNumericDate } from './numeric-date.ts'
import { type CellOutcome, noted, refusal, repaired } from './outcome.ts'
import type { IdJudgement, IdScheme } from './stdnum.ts'

const digitsLost = refusal('digits-lost')
const codeIsDate = refusal('code-is-date')

/** More zeros are not lost by a number: they are digits that somebody dropped. */
const lostZerosMax = 4
/** Numbers of so many digits are looked at to learn which lengths a region's numbers have. */
const probedLengths = Array.from({ length: 14 }, (_, index) => index + 2)

const separators = /[\s./\u2010-\u2015\u2212-]/g
const digitsOnly = /^\d+$/
const oneDigit = /^(\d)\1+$/
const prefix = /^[A-Z]{2}(?=[A-Z0-9]*\d)/
/** `NIP: 123…`, `PESEL 890…`, `Steuer-Nr. 12…`: a word of three letters, or any with a colon or point. */
const label = /^(?:\p{L}[\p{L} -]{1,20}[.:]|\p{L}[\p{L}-]{2,20})[ .:]*(?=\d|[A-Z]{2} ?\d)/u

interface RegionRules {
  readonly region: string
  readonly schemes: IdSchemes
  /** Digits of the shortest number that is expected. */
  readonly lengthMin: number
  /** The expected numbers that may have so many digits. */
  readonly ofLength: (digits: number) => readonly IdScheme[]
}

export type IdNormaliser = (cell: SheetCell, rowRegion: string) => CellOutcome

/** Prepares the normaliser of the identity numbers of persons or of tax payers. */
export function prepareIdNormaliser(purpose: IdPurpose, lengthMax: number): IdNormaliser {
  const rulesOfRegions = new Map<string, RegionRules | null>()
  return (cell, rowRegion) => {
    let rules = rulesOfRegions.get(rowRegion)
    if (rules === undefined) {
      rules = prepareRules(rowRegion, purpose)
      rulesOfRegions.set(rowRegion, rules)
    }
    if (rules === null) return normaliseCode(cell, lengthMax)
    const isPlain = cell.type === 'string' && rules.schemes.judgeDigits?.(cell.value) === 'valid'
    if (isPlain) return cell.value
    const outcome = normaliseCode(cell, lengthMax)
    return readCode(outcome, rules, cell.type === 'number' && cell.shownAsCode === undefined)
  }
}

function prepareRules(region: string, purpose: IdPurpose): RegionRules | null {
  const schemes = idSchemesOf(region, purpose)
  if (schemes === null) return null
  const { expected } = schemes
  const known = probedLengths.filter(length => expected.some(each => isNumberOf(each, length)))
  const byLength = probedLengths.map(length => expected.filter(each => mayHave(each, length)))
  const ofLength = (digits: number) => byLength[probedLengths.indexOf(digits)] ?? expected
  return { region, schemes, lengthMin: known[0] ?? 0, ofLength }
}

function probes(length: number): string[] {
  return ['1', '2', '4', '7', '9'].map(digit => digit.repeat(length))
}

/** Whether some number of so many digits is of the kind, right or wrong. */
function isNumberOf(scheme: IdScheme, length: number): boolean {
  return probes(length).some(digits => hasLengthOf(scheme, digits))
}

function mayHave(scheme: IdScheme, length: number): boolean {
  return probes(length).some(digits => judge(scheme, digits).error?.name !== 'InvalidLength')
}

function hasLengthOf(scheme: IdScheme, digits: string): boolean {
  const { isValid, error } = judge(scheme, digits)
  return isValid || isWrongInParts(error)
}

/** The text has the form of the number, and a wrong check digit or an impossible part. */
function isWrongInParts(error: IdJudgement['error']): boolean {
  return error !== undefined && error.name !== 'InvalidLength' && error.name !== 'InvalidFormat'
}

function isValid(scheme: IdScheme, text: string): boolean {
  return judge(scheme, text).isValid
}

/** The library's answer; on some texts it throws, which no text of a sheet may lead to. */
function judge(scheme: IdScheme, text: string): IdJudgement {
  try {
    return scheme.validate(text)
  } catch {
    return { isValid: false, error: { name: 'InvalidFormat' } }
  }
}

/** Reads on from the outcome of any code: what that repaired stays repaired. */
function readCode(outcome: CellOutcome, rules: RegionRules, isNumber: boolean): CellOutcome {
  if (outcome === null) return null
  if (typeof outcome === 'string') return readId(outcome, rules, isNumber)
  if (outcome.outcome !== 'repaired' || outcome.value === null) return outcome
  const read = readId(outcome.value, rules, isNumber)
  return typeof read === 'string' ? repaired(read, outcome.code) : read
}

function readId(text: string, rules: RegionRules, isNumber: boolean): CellOutcome {
  if (!digitsOnly.test(text) && scanNumericDate(text) !== noDate) return codeIsDate
  const read = readBareId(text, rules, isNumber)
  if (read !== null) return read
  const bare = text.replace(label, '')
  const named = bare === text ? null : readBareId(bare, rules, isNumber)
  if (typeof named === 'string') return repaired(named, 'code-words-dropped')
  // Without a number behind it the word is none, but part of a code: the `ABA` of an identity card.
  return named === null || named.outcome === 'refused' ? noted(text, 'code-unusual') : named
}

/** null for a text that is no number of the region. */
function readBareId(text: string, rules: RegionRules, isNumber: boolean): CellOutcome {
  const { schemes, lengthMin, ofLength } = rules
  const compact = text.toUpperCase().replace(separators, '')
  const isDigits = digitsOnly.test(compact)
  const verdict = isDigits ? schemes.judgeDigits?.(compact) : null
  if (verdict === 'valid') return compact
  if (verdict === 'check-digit-wrong') return noted(compact, verdict)
  const candidates = isDigits ? ofLength(compact.length) : schemes.expected
  let wrongInParts = false
  for (const written of text === compact ? [text] : [text, compact]) {
    for (const scheme of candidates) {
      const { isValid: valid, compact: number, error } = judge(scheme, written)
      if (valid) return readValid(number ?? compact, { scheme, compact, rules, isNumber })
      wrongInParts ||= isWrongInParts(error)
    }
  }
  const foreign = isDigits ? null : readForeignVat(compact, rules.region)
  if (foreign !== null) return foreign
  if (wrongInParts && /\d/.test(compact)) return noted(compact, 'check-digit-wrong')
  if (!isDigits) return null
  const padded = padZeros(compact, schemes, isNumber)
  if (padded !== null) return repaired(padded, 'zeros-restored')
  if (schemes.others.some(each => isValid(each, compact))) return noted(compact, 'code-other-kind')
  return compact.length < lengthMin ? digitsLost : null
}

interface ValidId {
  readonly scheme: IdScheme
  /** The number as it is written, without separators. */
  readonly compact: string
  readonly rules: RegionRules
  readonly isNumber: boolean
}

/** One spelling of a valid number. The letters of its country stay, but for Poland, where they add nothing. */
function readValid(number: string, { scheme, compact, rules, isNumber }: ValidId): CellOutcome {
  if (oneDigit.test(number)) return noted(number, 'code-dummy')
  if (isNumber && isValid(scheme, `0${number}`)) return noted(number, 'zeros-doubtful')
  const letters = prefix.exec(compact)?.[0]
  if (letters === undefined || number.startsWith(letters)) return number
  return rules.region === 'PL' && letters === 'PL'
    ? repaired(number, 'code-words-dropped')
    : `${letters}${number}`
}

/** A VAT number of another country of the European Union, which stands under its letters. */
function readForeignVat(compact: string, region: string): CellOutcome {
  const letters = prefix.exec(compact)?.[0]
  if (letters === undefined || letters === region) return null
  const schemes = vatSchemesOf(letters)
  if (schemes.some(scheme => isValid(scheme, compact))) return compact
  return schemes.some(scheme => hasLengthOf(scheme, compact))
    ? noted(compact, 'check-digit-wrong')
    : null
}

/**
 * The one number that results when lost zeros are put back, or null. In text, where a digit may as well have been
 * dropped from within, a check digit must prove it.
 */
function padZeros(
  digits: string,
  { mayBeginWithZero }: IdSchemes,
  isNumber: boolean,
): string | null {
  const found = new Set<string>()
  for (let zeros = 1; zeros <= lostZerosMax; zeros++) {
    const padded = `${'0'.repeat(zeros)}${digits}`
    const isProven = mayBeginWithZero.some(
      scheme => isValid(scheme, padded) && (isNumber || hasCheckDigit(scheme, padded)),
    )
    if (isProven) found.add(padded)
  }
  return found.size === 1 ? [...found][0]! : null
}

/** Whether the number would not be valid with another last digit. */
function hasCheckDigit(scheme: IdScheme, number: string): boolean {
  const other = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
  return !isValid(scheme, other)
}
