/** Rows of a stored sheet with all their cells, as plain data that goes from one thread to another. */
import type { SheetCell } from '../../mapping/cell.ts'
import type { Cell, Row } from '../../xlsx/index.ts'

/** A cell as mapping reads it, and its number format: the code, or the id of a built-in one (ECMA-376 Part 1 §18.8.30). */
export type StoredCell = SheetCell & { readonly numberFormat?: string | number }

/** A row as mapping reads it, with the cells of all columns. */
export interface StoredRow {
  /** row of the sheet, 1-based */
  readonly number: number
  /** in the order of columns; cells without a value are not there */
  readonly cells: readonly StoredCell[]
  readonly hidden: boolean
}

/** Cells of the reader say some things only when they are asked, which a thread that gets a copy could not do. */
export function toStoredRow({ number, cells, hidden }: Row): StoredRow {
  return { number, cells: cells.map(toStoredCell), hidden }
}

function toStoredCell(cell: Cell): StoredCell {
  const { column, merged } = cell
  return { column, ...(merged && { merged }), ...membersOf(cell) } as StoredCell
}

function membersOf(cell: Cell): Partial<StoredCell> {
  switch (cell.type) {
    case 'number': {
      const { type, value, text, shown, shownAsCode, doubt, numberFormat } = cell
      return {
        type,
        value,
        text,
        ...(shown !== undefined && { shown }),
        ...(shownAsCode !== undefined && { shownAsCode }),
        ...(doubt !== undefined && { doubt }),
        ...(numberFormat !== undefined && { numberFormat }),
      }
    }
    case 'date': {
      const { type, value, serial, kind, numberFormat } = cell
      return { type, value, serial, kind, ...(numberFormat !== undefined && { numberFormat }) }
    }
    default:
      return { type: cell.type, value: cell.value } as Partial<StoredCell>
  }
}
