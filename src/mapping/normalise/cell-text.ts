/**
 * The text of cells for fields that hold text or codes. Nobody always knows what a number cell
 * shows, or has all of its digits: this file refuses or notes such cells, whatever the field makes of the text.
 */
import { cellText, type SheetCell } from '../cell.ts'
import { type CellOutcome, noted, type Refused, refusal } from './outcome.ts'

const digitsLost = refusal('digits-lost')
const formatUnknown = refusal('format-unknown')

/** The refusal of a number cell that shows nobody knows what, or has lost digits; null for any other cell. */
export function refuseDoubtfulNumber(cell: SheetCell): Refused | null {
  if (cell.type !== 'number') return null
  if (cell.doubt === 'digits-lost') return digitsLost
  return cell.doubt === 'format-unknown' ? formatUnknown : null
}

/** A clean outcome is noted where the cell stores more digits than Excel would show. */
export function noteLongNumber(cell: SheetCell, outcome: CellOutcome): CellOutcome {
  const isLong = cell.type === 'number' && cell.doubt === 'digits-beyond-excel'
  return isLong && typeof outcome === 'string' ? noted(outcome, 'digits-beyond-excel') : outcome
}

/** Reads the text of a cell by `read`, unless it is doubted. */
export function readCellText(cell: SheetCell, read: (text: string) => CellOutcome): CellOutcome {
  return refuseDoubtfulNumber(cell) ?? noteLongNumber(cell, read(cellText(cell)))
}
