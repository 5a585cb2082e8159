/**
 * One sheet row to one contact: the mapped cells normalised, or the issues that reject the row. Prepared
 * once per import; then pure and quick, for this is called for every row. It never drops a value silently.
 */
import {
  type ContactField,
  type ContactFieldKey,
  contactFields,
  findContactField,
} from '../contracts/contact-fields.ts'
import type { RowIssueCode } from '../contracts/row-issues.ts'
import { issueValueCharactersMax } from '../limits.ts'
import { cellText, type SheetCell, type SheetRow } from './cell.ts'
import { defineFault } from './normalise/fault.ts'
import { type FieldNormaliser, prepareFieldNormaliser } from './normalise/field-normaliser.ts'
import { shownText } from './shown-text.ts'

/** Why one cell rejects its row. `value` is the cell's text, cut to `issueValueCharactersMax`. */
export interface RowIssue {
  readonly column: number
  readonly field: ContactFieldKey
  readonly code: RowIssueCode
  readonly value: string
}

export type MappedRow =
  /** `values` stand in the order of `RowMapper.fields`; null where the row has no value. */
  | { readonly kind: 'contact'; readonly values: (string | null)[] }
  /** No mapped column holds a value. */
  | { readonly kind: 'skipped' }
  /** One issue for each invalid cell, in column order. */
  | { readonly kind: 'rejected'; readonly issues: RowIssue[] }

export interface RowMapper {
  /** The mapped fields, in the order of `contactFields` whatever the order of the columns. */
  readonly fields: readonly ContactField[]
  map(row: SheetRow): MappedRow
}

/** A mapping that `checkMapping` found no fault in; `region` is one that `isPhoneRegion` knows. */
export interface RowMapperOptions {
  readonly columns: readonly { readonly column: number; readonly field: string }[]
  readonly region: string
}

interface Slot {
  readonly index: number
  readonly field: ContactField
  readonly normalise: FieldNormaliser
}

const cellError = defineFault('cell-error')
const skipped: MappedRow = Object.freeze({ kind: 'skipped' })

/**
 * Compiles a mapping to a table by column. Throws RangeError for an unknown field or region, or a field or
 * column that occurs twice: such a mapping must have been refused before.
 */
export function prepareRowMapper({ columns, region }: RowMapperOptions): RowMapper {
  const fields = orderFields(columns)
  const slots: (Slot | undefined)[] = []
  for (const { column, field: key } of columns) {
    if (slots[column]) throw new RangeError(`column ${column} is mapped twice`)
    const index = fields.findIndex(field => field.key === key)
    const field = fields[index]!
    slots[column] = { index, field, normalise: prepareFieldNormaliser(field, region) }
  }
  return { fields, map: row => mapRow(row, slots, fields.length) }
}

function orderFields(columns: RowMapperOptions['columns']): ContactField[] {
  const keys = new Set(columns.map(({ field }) => field))
  if (keys.size !== columns.length) throw new RangeError('a field is mapped twice')
  for (const key of keys) {
    if (!findContactField(key)) throw new RangeError(`unknown contact field ${key}`)
  }
  return contactFields.filter(field => keys.has(field.key))
}

function mapRow(row: SheetRow, slots: readonly (Slot | undefined)[], length: number): MappedRow {
  const values = new Array<string | null>(length).fill(null)
  let filled = false
  let issues: RowIssue[] | null = null
  for (const cell of row.cells) {
    const slot = slots[cell.column]
    if (slot === undefined) continue
    const isFaulty = cell.type === 'error' || cell.type === 'uncalculated'
    const result = isFaulty ? cellError : slot.normalise(cell)
    if (result === null) continue
    if (typeof result === 'string') {
      values[slot.index] = result
      filled = true
    } else {
      issues ??= []
      issues.push(describeIssue(cell, slot.field, result.code))
    }
  }
  if (issues) return { kind: 'rejected', issues }
  return filled ? { kind: 'contact', values } : skipped
}

function describeIssue(cell: SheetCell, field: ContactField, code: RowIssueCode): RowIssue {
  const value = shownText(cellText(cell), issueValueCharactersMax)
  return { column: cell.column, field: field.key, code, value }
}
