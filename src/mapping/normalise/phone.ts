/**
 * Phone cells: E.164, valid by the numbering plan of their country (`docs/decisions/` says why valid and not
 * merely possible). The normaliser drops what stands beside a number and tells so; it never runs two numbers
 * together.
 */
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max'
import { codeText, type SheetCell } from '../cell.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'
import { type CellOutcome, noted, refusal } from './outcome.ts'
import { type PlainReader, readBesidePlain } from './phone-beside.ts'
import { readCellText } from './phone-cell-text.ts'
import { isDummyPhone } from './phone-dummy.ts'
import type { PhoneSetting } from './phone-library.ts'
import { readPlainPhone } from './phone-plain.ts'
import { isPlainlyInvalid, phonePlanOf } from './phone-plan.ts'

const phoneInvalid = refusal('phone-invalid')
const digitsLost = refusal('digits-lost')
const formatUnknown = refusal('format-unknown')

const plusSign = 0x2b
const digitNine = 0x39

/** Blanks of all widths, as separators. */
const wideBlanks = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const edgeBlanks = /^\s|\s$/
/** Shorter texts are no number, with whatever beside it. */
const numberLengthMin = 4
const visible = /[!-~]/
/** Text without a digit: most words for no number are such. */
const signsAndLetters = /^[!-/:-~]+$/
/** Longer texts of digits may be two numbers. */
const digitsAlone = /^\d{5,13}$/
const notAscii = /[^\x20-\x7e]/

/** `rowRegion` is the region of numbers without a calling code. */
export type PhoneNormaliser = (cell: SheetCell, rowRegion?: string) => CellOutcome

interface PhoneReader extends PhoneSetting, PlainReader {}

/** Whether a region's numbers can be read: ISO 3166-1 alpha-2, as the phone library knows it. */
export function isPhoneRegion(region: string): region is CountryCode {
  return isSupportedCountry(region)
}

/** Prepares the normaliser of phone cells. Throws RangeError for a region that is not known. */
export function preparePhoneNormaliser({
  region,
  trunkZero,
}: {
  readonly region: string
  readonly trunkZero: PhoneSetting['trunkZero']
}): PhoneNormaliser {
  if (!isPhoneRegion(region)) throw new RangeError(`unknown phone region ${region}`)
  const own = createReader({ region, trunkZero })
  const others = new Map<string, PhoneReader>()
  const readerOf = (rowRegion: string): PhoneReader => {
    const known = others.get(rowRegion)
    if (known) return known
    const reader = isPhoneRegion(rowRegion) ? createReader({ region: rowRegion, trunkZero }) : own
    others.set(rowRegion, reader)
    return reader
  }
  return (cell, rowRegion = region) => {
    const reader = rowRegion === region ? own : readerOf(rowRegion)
    return cell.type === 'string' ? readPhone(cell.value, reader) : readOtherCell(cell, reader)
  }
}

function createReader(setting: PhoneSetting): PhoneReader {
  const nationalAt = 1 + getCountryCallingCode(setting.region).length
  return { ...setting, plan: phonePlanOf(setting.region), nationalAt, words: new Map() }
}

/** The normaliser reads a number cell as the cell shows it, without the signs of a figure; a fraction is no phone. */
function readOtherCell(cell: SheetCell, reader: PhoneReader): CellOutcome {
  if (cell.type !== 'number') return phoneInvalid
  if (cell.doubt === 'digits-lost') return digitsLost
  if (cell.doubt === 'format-unknown') return formatUnknown
  if (!Number.isSafeInteger(cell.value) || cell.value <= 0) return phoneInvalid
  return readPhone(codeText(cell), reader)
}

function readPhone(raw: string, reader: PhoneReader): CellOutcome {
  if (raw.length < numberLengthMin && visible.test(raw)) return phoneInvalid
  const first = raw.charCodeAt(0)
  if (first < plusSign || first > digitNine) {
    if (signsAndLetters.test(raw)) return phoneInvalid
  } else {
    const plain = readPlainPhone(raw, reader.plan)
    if (plain !== null) return judgePlain(plain, reader)
    if (digitsAlone.test(raw) && isPlainlyInvalid(reader.plan, raw)) return phoneInvalid
  }
  const text = notAscii.test(raw) || edgeBlanks.test(raw) ? trimBlanks(raw) : raw
  if (text === '') return null
  if (text !== raw) {
    const trimmed = readPlainPhone(text, reader.plan)
    if (trimmed !== null) return judgePlain(trimmed, reader)
  }
  return readBesidePlain(text, reader) ?? readCellText(text, reader)
}

function judgePlain(e164: string, { nationalAt }: PlainReader): CellOutcome {
  return isDummyPhone(e164, nationalAt) ? noted(e164, 'phone-dummy') : e164
}

function trimBlanks(raw: string): string {
  return dropHiddenCharacters(raw).replace(wideBlanks, ' ').trim()
}
