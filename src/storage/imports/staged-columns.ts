/** SQL for values that come as texts, in columns `c0`, `c1` … of their source, on their way into a table. */
import { customObject } from '../contacts/custom-values.ts'

export interface StagedColumn {
  readonly column: string
  readonly type: 'text' | 'date' | 'boolean' | 'int' | 'numeric'
  /** the column that takes the value in lower case */
  readonly keyColumn?: string
  /** the id of the custom field that takes the value, in the column `custom` */
  readonly customId?: string
}

export interface StagedValues {
  /** the columns of the table that the values fill */
  readonly names: readonly string[]
  /** the expression of each */
  readonly values: readonly string[]
  /** Whether `custom` is one of them: it is the last one. */
  readonly holdsCustom: boolean
}

/**
 * Which columns of the table the staged columns fill, and with what. The statement's $1 is the tenant; `textAt` is the
 * expression of the text of a column, by its place.
 */
export function stagedValues(
  columns: readonly StagedColumn[],
  textAt: (at: number) => string = at => `c${at}`,
): StagedValues {
  const placed = columns.map((column, at) => ({ ...column, at }))
  const custom = placed.flatMap(({ customId, type, at }) =>
    customId === undefined ? [] : [{ id: customId, type, at }],
  )
  const plain = placed.filter(({ customId }) => customId === undefined)
  const keys = plain.flatMap(({ keyColumn, at }) => (keyColumn ? [{ keyColumn, at }] : []))
  const holdsCustom = custom.length > 0
  return {
    names: [
      ...plain.map(({ column }) => column),
      ...keys.map(({ keyColumn }) => keyColumn),
      ...(holdsCustom ? ['custom'] : []),
    ],
    values: [
      ...plain.map(({ type, at }) => (type === 'text' ? textAt(at) : `${textAt(at)}::${type}`)),
      ...keys.map(({ at }) => `lower(${textAt(at)})`),
      ...(holdsCustom ? [customObject(custom, textAt)] : []),
    ],
    holdsCustom,
  }
}
