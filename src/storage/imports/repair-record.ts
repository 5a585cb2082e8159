/** What is kept of a repair, so that it can be taken back. */
import type { RefusedCell } from './repair-state.ts'
import type { StagedColumn } from './staged-columns.ts'

/** Stands before the id of a custom field where others have the name of their column. */
export const customName = 'custom:'

/** A value that a repair put into a contact. */
export interface FilledCell {
  /** the column of `contacts`, or the custom field */
  readonly name: string
  readonly value: string
  /** the column that holds the value in lower case */
  readonly key?: string
}

/** A refused cell that a repair took away; of a contact that was filled, with the values in its place, its own first. */
export interface TakenCell extends RefusedCell {
  readonly values?: readonly FilledCell[]
}

/** A row of `row_repairs`. */
export interface RepairRecord {
  readonly row: number
  readonly repair: number
  readonly outcome: 'created' | 'updated'
  readonly taken: readonly TakenCell[]
}

export function filledCell(
  { column, keyColumn, customId }: StagedColumn,
  value: string,
): FilledCell {
  return {
    name: customId === undefined ? column : customName + customId,
    value,
    ...(keyColumn !== undefined && { key: keyColumn }),
  }
}
