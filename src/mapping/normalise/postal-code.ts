/**
 * Postal codes: those of Poland as `00-950`, others as they are written. The normaliser refuses letters
 * that were typed for digits. It puts back zeros that a number cell lost where codes have a fixed number of digits.
 */
import type { SheetCell } from '../cell.ts'
import { normaliseCode } from './code.ts'
import { noDate, scanNumericDate } from './numeric-date.ts'
import { type CellOutcome, noted, refusal, repaired } from './outcome.ts'

const postalCodeInvalid = refusal('postal-code-invalid')
const codeIsDate = refusal('code-is-date')

/** `00-950`, also with blanks, another dash, a point or nothing between, and with the country in front. */
const polishCode = /^(PL[ -]*)?(\d{2}) ?[-.]? ?(\d{3})(?!\d)/i
const polishCodeBehind = /^\p{L}[\p{L}\p{M} .-]*[ ,]+(\d{2})-(\d{3})$/u
const placeBehind = /^[\s,;/()-]+\p{L}[\p{L}\p{M}\d\s.,'()/-]*$/u
const shortDigits = /^\d{3,4}$/
/** Czech, Slovak, Swedish and Greek codes are written so, and Polish ones never are. */
const threeAndTwo = /^\d{3} \d{2}$/
/** Great Britain, the Netherlands, Canada, Ireland; and codes with the letters of their country. */
const foreignCode =
  /^(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z\d]{4}|(?![OIL]+-)[A-Z]{1,3}-\d[\d -]{2,7})$/i
/** Typed where a form asked for a code. */
function isDummy(code: string): boolean {
  return code === '00-000' || code === '99-999'
}

const dashes = /[\u2010-\u2015\u2212]/g
const edgeSigns = /^[,;.\s]+|[,;.\s]+$/g

/** Digits of the codes of a region, where they are nothing else. */
const codeLengths: Readonly<Record<string, number>> = {
  ...lengths(4, 'AT BE BG CH DK HU NO ZA'),
  ...lengths(5, 'DE EE ES FI FR HR IT LT ME MX MY RS SK TH TR UA US'),
  ...lengths(6, 'BY RO RU VN'),
  ...lengths(7, 'JP'),
}

function lengths(digits: number, regions: string): Record<string, number> {
  return Object.fromEntries(regions.split(' ').map(region => [region, digits]))
}

/** Reads the cell of a postal code; `rowRegion` is the country of the row. */
export function normalisePostalCode(
  cell: SheetCell,
  rowRegion: string,
  lengthMax: number,
): CellOutcome {
  const isPolish = rowRegion === 'PL'
  if (isPolish && cell.type === 'string' && isPlainPolish(cell.value)) return cell.value
  const outcome = normaliseCode(cell, lengthMax)
  if (outcome === null || (typeof outcome !== 'string' && outcome.outcome !== 'repaired'))
    return outcome
  const text = typeof outcome === 'string' ? outcome : outcome.value
  if (text === null) return outcome
  if (scanNumericDate(text) !== noDate && text.length !== 8) return codeIsDate
  const read = isPolish ? readPolish(text) : readOther(text, cell, rowRegion)
  return typeof read === 'string' && typeof outcome !== 'string'
    ? repaired(read, outcome.code)
    : read
}

function isPlainPolish(text: string): boolean {
  if (text.length !== 6 || text.charCodeAt(2) !== 0x2d) return false
  for (let at = 0; at < 6; at++) {
    const code = text.charCodeAt(at)
    if (at !== 2 && (code < 0x30 || code > 0x39)) return false
  }
  return !isDummy(text)
}

function readPolish(written: string): CellOutcome {
  const text = written.replace(dashes, '-').replace(edgeSigns, '')
  const parts = polishCode.exec(text)
  if (parts) return readPolishParts(parts, text)
  if (shortDigits.test(text)) return repaired(withHyphen(text.padStart(5, '0')), 'zeros-restored')
  const behind = polishCodeBehind.exec(text)
  if (behind) return repaired(`${behind[1]}-${behind[2]}`, 'code-words-dropped')
  const isForeign = threeAndTwo.test(text) || foreignCode.test(text)
  return isForeign ? noted(written, 'postal-code-foreign') : postalCodeInvalid
}

function readPolishParts(
  [whole, country, office, area]: RegExpExecArray,
  text: string,
): CellOutcome {
  const code = `${office}-${area}`
  const rest = text.slice(whole.length)
  if (isDummy(code)) return noted(code, 'code-dummy')
  if (rest !== '' && !placeBehind.test(rest)) return postalCodeInvalid
  return rest === '' && country === undefined ? code : repaired(code, 'code-words-dropped')
}

function withHyphen(digits: string): string {
  return `${digits.slice(0, 2)}-${digits.slice(2)}`
}

/** A number cell has lost the zeros of its code; text with too few digits is only doubtful. */
function readOther(text: string, cell: SheetCell, region: string): CellOutcome {
  const length = codeLengths[region]
  if (length === undefined) return text
  if (!/^\d+$/.test(text)) return readWithLetters(text, length)
  if (text.length === length) return text
  if (text.length > length) return noted(text, 'postal-code-foreign')
  const isNumber = cell.type === 'number' && cell.shownAsCode === undefined
  const missing = length - text.length
  return isNumber && missing <= 2
    ? repaired(text.padStart(length, '0'), 'zeros-restored')
    : noted(text, 'postal-code-short')
}

const lookAlikes = /^[\dOoIl]+$/
const codeWithPlace = /^(\d{4,7})[\s,]+\p{L}[\p{L}\p{M}\s.'()/-]*$/u

/** A place beside the code is dropped, letters that were typed for digits are refused; the rest is as written. */
function readWithLetters(text: string, length: number): CellOutcome {
  if (text.length === length && lookAlikes.test(text)) return postalCodeInvalid
  const code = codeWithPlace.exec(text)?.[1]
  return code?.length === length ? repaired(code, 'code-words-dropped') : text
}
