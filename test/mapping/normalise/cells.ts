/** Cells for the tests of mapping: the shapes a reader gives, built from a value and a column. */
import type { SheetCell } from '../../../src/mapping/cell.ts'

type DateCell = SheetCell & { type: 'date' }

export function stringCell(value: string, column = 1): SheetCell {
  return { column, type: 'string', value }
}

export function numberCell(value: number, column = 1): SheetCell {
  return { column, type: 'number', value, text: String(value) }
}

export function booleanCell(value: boolean, column = 1): SheetCell {
  return { column, type: 'boolean', value }
}

export function errorCell(value: string, column = 1): SheetCell {
  return { column, type: 'error', value }
}

export function dateCell(value: string, kind = 'date', serial: number | null = null): DateCell {
  return { column: 1, type: 'date', value, serial, kind }
}
