/**
 * Codes: identifiers of any form, kept as they are written. Leading zeros matter, and so does every digit. The
 * normaliser refuses codes of which the sheet has lost digits, and dates, into which spreadsheets turn codes.
 */
import { codeText, type SheetCell } from '../cell.ts'
import { noteLongNumber, refuseDoubtfulNumber } from './cell-text.ts'
import { type CellOutcome, type Refused, refusal, repaired } from './outcome.ts'
import { normaliseText } from './text.ts'

const digitsLost = refusal('digits-lost')
const codeIsDate = refusal('code-is-date')

/** `8,90101E+10`: the form in which a spreadsheet shows long numbers, copied as text. */
const exponentForm = /^[+-]?(?:\d[.,]\d+E[+-]?\d+|\dE\+\d+)$/i
/** `1234563218.0`: an export's number as text. */
const decimalZero = /^(\d+)\.0$/

/** Reads a code cell in the way of any code. */
export function normaliseCode(cell: SheetCell, lengthMax: number): CellOutcome {
  if (isPlainNumber(cell) && cell.text.length <= lengthMax) return cell.text
  const refused = refuseCodeCell(cell)
  if (refused) return refused
  return readCodeText(codeText(cell), lengthMax, cell)
}

/** A whole number that shows its digits, whatever its column is for. */
function isPlainNumber(cell: SheetCell): cell is SheetCell & { type: 'number' } {
  if (cell.type !== 'number' || cell.shown !== undefined || cell.doubt !== undefined) return false
  return Number.isSafeInteger(cell.value)
}

/** The refusal of a cell that has lost digits or holds a date; null for any other. */
function refuseCodeCell(cell: SheetCell): Refused | null {
  if (cell.type === 'date') return codeIsDate
  if (exponentForm.test(codeText(cell).trim())) return digitsLost
  return refuseDoubtfulNumber(cell)
}

function readCodeText(text: string, lengthMax: number, cell: SheetCell): CellOutcome {
  const outcome = normaliseText(text, lengthMax)
  if (cell.type === 'number') return noteLongNumber(cell, outcome)
  if (typeof outcome !== 'string' || !outcome.endsWith('.0')) return outcome
  const digits = decimalZero.exec(outcome)
  return digits ? repaired(digits[1]!, 'decimal-zero-dropped') : outcome
}
