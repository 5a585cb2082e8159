/** Decides what a repair does to one row: pure, from what the row is and what its corrected cells were read as. */
import type { RepairRefusal } from '../../contracts/corrections.ts'
import type { HeldContact, RefusedCell, RowState } from './repair-state.ts'
import type { StagedColumn } from './staged-columns.ts'

/** The corrected cells of one row, as an import would read them. */
export interface RowRepair {
  /** its number in the sheet of the original */
  readonly row: number
  /** In the order of the request's columns, null where the row has no value; null as a whole: it would be rejected. */
  readonly values: readonly (string | null)[] | null
  /** The cells that are still refused, by columns of the original. */
  readonly issues: readonly RefusedCell[]
}

/** Which values a column of the sheet fills: the first one is that of its field, the others take parts of it. */
export interface ColumnFill {
  readonly column: number
  /** places in the request's columns */
  readonly places: readonly number[]
}

/** A refused cell that was mended, and the values that took its place, by their places in the request's columns. */
export interface MendedCell {
  readonly cell: RefusedCell
  readonly values: ReadonlyMap<number, string>
}

/** `columns`: the columns of the original whose cells were mended, or are still wrong. */
export type Judgement =
  | { readonly kind: 'create'; readonly taken: readonly RefusedCell[] }
  | {
      readonly kind: 'fill'
      readonly contact: HeldContact
      readonly mended: readonly MendedCell[]
      readonly wrong: readonly number[]
    }
  | { readonly kind: 'wrong'; readonly columns: readonly number[] }
  | { readonly kind: 'skip'; readonly code: RepairRefusal }

export interface Judging {
  readonly columns: readonly StagedColumn[]
  /** by the column of the sheet */
  readonly fills: ReadonlyMap<number, readonly number[]>
}

export function judgeRepair(state: RowState, repair: RowRepair, judging: Judging): Judgement {
  if (state.kind === 'closed') return { kind: 'skip', code: state.code }
  if (state.kind === 'rejected') {
    return repair.values === null
      ? { kind: 'wrong', columns: repair.issues.map(({ column }) => column) }
      : { kind: 'create', taken: state.issues }
  }
  const { contact, issues } = state
  if (!contact) return { kind: 'skip', code: 'row-changed' }
  return judgeFill(contact, issues, repair, judging)
}

/** Only what a refused cell left empty is filled, and only while it is empty. */
function judgeFill(
  contact: HeldContact,
  issues: readonly RefusedCell[],
  repair: RowRepair,
  { columns, fills }: Judging,
): Judgement {
  const mended: MendedCell[] = []
  const wrong: number[] = []
  let isChanged = false
  for (const cell of issues) {
    const places = fills.get(cell.column) ?? []
    const [first] = places
    if (first === undefined) continue
    if (isHeld(contact, columns[first]!)) isChanged = true
    else if (repair.values?.[first] != null) {
      const free = places.filter(place => !isHeld(contact, columns[place]!))
      mended.push({ cell, values: valuesAt(repair.values, free) })
    } else if (repair.issues.some(({ column }) => column === cell.column)) wrong.push(cell.column)
  }
  if (mended.length > 0) return { kind: 'fill', contact, mended, wrong }
  if (isChanged) return { kind: 'skip', code: 'row-changed' }
  if (wrong.length > 0) return { kind: 'wrong', columns: wrong }
  return repair.values === null
    ? { kind: 'wrong', columns: repair.issues.map(({ column }) => column) }
    : { kind: 'skip', code: 'row-unchanged' }
}

function isHeld({ values }: HeldContact, { column, customId }: StagedColumn): boolean {
  return (customId === undefined ? values[column] : values.custom[customId]) != null
}

function valuesAt(
  values: readonly (string | null)[],
  places: readonly number[],
): Map<number, string> {
  return new Map(
    places.flatMap(place => {
      const value = values[place]
      return value == null ? [] : [[place, value]]
    }),
  )
}
