/**
 * One sheet row to one contact: the mapped cells read, their outcomes told, the rules of whole rows applied.
 * Prepared once per import; then pure and quick, for this is called for every row. It never changes or drops
 * a value without a finding.
 */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import type { Mapping } from '../contracts/mapping.ts'
import type { RowIssueCode } from '../contracts/row-issues.ts'
import type { SheetRow } from './cell.ts'
import type { DateOrderEvidence } from './date-order.ts'
import type { FindingsTally } from './findings-tally.ts'
import { type ColumnSlot, planColumns } from './plan-columns.ts'
import { leaveOutFooter, readRow, readUnlessFooter } from './read-row.ts'

/** Why a cell was refused. `value` is the cell's text, cut to `issueValueCharactersMax`. */
export interface RowIssue {
  readonly column: number
  /** key of the field */
  readonly field: string
  readonly code: RowIssueCode
  /** `blanked`: the row came in without the value. */
  readonly outcome: 'blanked' | 'rejected'
  readonly value: string
}

export type MappedRow =
  /** `values` stand in the order of `RowMapper.fields`; null where the row has no value. */
  | {
      readonly kind: 'contact'
      readonly values: (string | null)[]
      /** One for each blanked cell, in column order. */
      readonly issues: readonly RowIssue[]
    }
  /** No mapped column holds a value, or the mapping leaves the row out. */
  | { readonly kind: 'skipped' }
  /** One issue for each refused or missing value, in column order. */
  | { readonly kind: 'rejected'; readonly issues: readonly RowIssue[] }

/** Which fields a column fills, by their places in `RowMapper.fields`: its own first, then those that take parts of it. */
export interface ColumnFill {
  readonly column: number
  readonly places: readonly number[]
}

export interface RowMapper {
  /** The fields that rows may fill, in the order of the catalogue whatever the order of the columns. */
  readonly fields: readonly ContactField[]
  readonly fills: readonly ColumnFill[]
  /** Counts the row's findings in `tally`, and notes a contact that is written like a footer. */
  map(row: SheetRow, tally: FindingsTally): MappedRow
  /** null, and nothing counted, for a row that is to be left out where it ends the sheet. */
  mapUnlessFooter(row: SheetRow, tally: FindingsTally): MappedRow | null
  /** Leaves out such a row, and notes it. */
  leaveOut(row: SheetRow, tally: FindingsTally): MappedRow
}

export interface RowMapperOptions {
  /** A complete mapping that `checkMapping` found no fault in; its region is one that `isPhoneRegion` knows. */
  readonly mapping: RowMapping
  readonly catalogue: FieldCatalogue
  /** The import's own day, `YYYY-MM-DD`. */
  readonly today: string
  /** Evidence of the whole of each column that holds dates, by column; of other columns it is not asked for. */
  readonly dateOrders?: Readonly<Record<number, DateOrderEvidence>> | undefined
}

/** The members of a mapping that reading a row needs. */
export type RowMapping = Omit<Mapping, 'sheet' | 'headerRow' | 'duplicates'>

/**
 * Compiles a mapping. Throws RangeError for an unknown field or region, or a field or column that occurs
 * twice: such a mapping must have been refused before.
 */
export function prepareRowMapper(options: RowMapperOptions): RowMapper {
  const plan = planColumns(options)
  const endsAtFooters = options.mapping.footers === 'skip'
  return {
    fields: plan.fields,
    fills: plan.slots.flatMap(slot => (slot ? [fillOf(slot)] : [])),
    map: (row, tally) => readRow(plan, row, tally),
    mapUnlessFooter: (row, tally) =>
      endsAtFooters ? readUnlessFooter(plan, row, tally) : readRow(plan, row, tally),
    leaveOut: leaveOutFooter,
  }
}

function fillOf({ column, index, parts, free }: ColumnSlot): ColumnFill {
  return { column, places: [index, ...parts, ...free] }
}
