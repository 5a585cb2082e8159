/**
 * Decimal numbers as texts and cells hold them: `1 234,50`, `-0.5`, `1,234.50`. A separator that may be one of
 * thousands or a decimal point is read by the region, and refused where the region does not use it so.
 */
import type { SheetCell } from '../cell.ts'
import type { ReadingSetting } from '../reading-setting.ts'
import { localeOf } from '../region-languages.ts'
import { type CellOutcome, refusal } from './outcome.ts'

const invalid = refusal('number-invalid')
const digitsLost = refusal('digits-lost')

/** What a double keeps: more digits would not come back from JSON as they were written. */
const digitsMax = 15
const textLengthMax = 40

const plain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Blanks and apostrophes between groups of three digits. */
const grouped = /^\d{1,3}(?:[\s'’]\d{3})+(?=$|[.,])/
const groupMarks = /[\s'’]/g
const sign = /^[-+−]\s?/
const unsigned = /^\d*(?:[.,]\d+)*$/

export function prepareNumberNormaliser({
  region,
}: Pick<ReadingSetting, 'region'>): (cell: SheetCell) => CellOutcome {
  const mark = decimalMark(region)
  return cell => {
    if (cell.type === 'number') {
      return cell.doubt === 'digits-lost' ? digitsLost : canonical(cell.text)
    }
    if (cell.type !== 'string') return invalid
    const text = cell.value.trim()
    if (text === '') return null
    if (text.length > textLengthMax) return invalid
    return readText(text, mark)
  }
}

/** The mark before decimals in the numbers of a region. */
function decimalMark(region: string): string {
  const parts = new Intl.NumberFormat(localeOf(region)).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}

function readText(text: string, mark: string): CellOutcome {
  const isNegative = /^[-−]/.test(text)
  let digits = text.replace(sign, '')
  if (grouped.test(digits)) digits = digits.replace(groupMarks, '')
  if (!/\d/.test(digits) || !unsigned.test(digits)) return invalid
  const decimal = withPoint(digits, mark)
  return decimal === null ? invalid : canonical(`${isNegative ? '-' : ''}${decimal}`)
}

/** The number with a point before its decimals and nothing else between its digits; null where it may be two numbers. */
function withPoint(digits: string, mark: string): string | null {
  const parts = digits.split(/[.,]/)
  const marks = [...digits.matchAll(/[.,]/g)].map(([found]) => found)
  if (marks.length === 0) return digits
  const last = marks.at(-1)!
  const groups = parts.slice(1, -1)
  const areThousands =
    marks.slice(0, -1).every(other => other === marks[0]) && isGroups(parts[0]!, groups)
  if (marks.length === 1) {
    const isDoubtful = parts[1]!.length === 3 && /^[1-9]\d{0,2}$/.test(parts[0]!)
    return isDoubtful && last !== mark ? null : `${parts[0] || '0'}.${parts[1]}`
  }
  if (!areThousands) return null
  if (last !== marks[0]) return `${parts.slice(0, -1).join('')}.${parts.at(-1)}`
  return parts.at(-1)!.length === 3 ? parts.join('') : null
}

function isGroups(first: string, groups: readonly string[]): boolean {
  return first.length >= 1 && first.length <= 3 && groups.every(({ length }) => length === 3)
}

/** Without zeros that say nothing; refused where it has more digits than come back from JSON. */
function canonical(text: string): CellOutcome {
  const [whole = '', decimals = ''] = text.replace(/^-/, '').split('.')
  const integer = whole.replace(/^0+(?=\d)/, '')
  const fraction = decimals.replace(/0+$/, '')
  const number = fraction === '' ? integer : `${integer}.${fraction}`
  if (!plain.test(number)) return invalid
  const significant = `${integer}${fraction}`.replace(/^0+/, '')
  if (significant.length > digitsMax || fraction.length > digitsMax) return digitsLost
  return text.startsWith('-') && significant !== '' ? `-${number}` : number
}
