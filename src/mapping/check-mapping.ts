/**
 * Whether a mapping may be used: at least one column, each field and each column once, all of them known, and
 * a column for each field that the mapping or the tenant requires.
 * It reports every fault with the place it stands at; saying it to a person is the API's part.
 */

export interface MappingFault {
  /** JSON Pointer into the mapping. */
  readonly pointer: string
  readonly code:
    | 'mapping-empty'
    | 'mapping-field-twice'
    | 'mapping-unknown-field'
    | 'mapping-unknown-column'
    | 'mapping-column-twice'
    | 'mapping-required-unmapped'
  readonly column?: number
  readonly field?: string
}

export interface MappingCheck {
  readonly faults: readonly MappingFault[]
  /** Keys of the fields that no column fills yet, in the order of `fields`. */
  readonly unmappedFields: readonly string[]
}

interface MappingScope {
  /** Columns of the chosen sheet. */
  readonly columnCount: number
  /** The contact fields that exist. */
  readonly fields: readonly { readonly key: string; readonly required?: boolean }[]
}

export interface CheckedMapping {
  /** Column numbers are 1-based; a column whose field is null is not mapped. */
  readonly columns: readonly { readonly column: number; readonly field: string | null }[]
  /** Keys of the fields that every row must fill. */
  readonly required?: readonly string[]
}

/** The second use of a field or column is the fault. */
export function checkMapping(
  { columns, required = [] }: CheckedMapping,
  { columnCount, fields }: MappingScope,
): MappingCheck {
  const known = new Set(fields.map(field => field.key))
  const usedFields = new Set<string>()
  const usedColumns = new Set<number>()
  const faults: MappingFault[] = []
  for (const [index, { column, field }] of columns.entries()) {
    const pointer = `/columns/${index}`
    if (field === null) continue
    if (!known.has(field)) faults.push({ pointer, code: 'mapping-unknown-field', field })
    else if (usedFields.has(field)) faults.push({ pointer, code: 'mapping-field-twice', field })
    if (!Number.isInteger(column) || column < 1 || column > columnCount) {
      faults.push({ pointer, code: 'mapping-unknown-column', column })
    } else if (usedColumns.has(column)) {
      faults.push({ pointer, code: 'mapping-column-twice', column })
    }
    usedFields.add(field)
    usedColumns.add(column)
  }
  if (usedColumns.size === 0) faults.push({ pointer: '/columns', code: 'mapping-empty' })
  for (const [index, field] of required.entries()) {
    const pointer = `/required/${index}`
    if (!known.has(field)) faults.push({ pointer, code: 'mapping-unknown-field', field })
    else if (!usedFields.has(field)) {
      faults.push({ pointer, code: 'mapping-required-unmapped', field })
    }
  }
  for (const { key, required: isDemanded } of fields) {
    if (!isDemanded || usedFields.has(key) || required.includes(key)) continue
    faults.push({ pointer: '/columns', code: 'mapping-required-unmapped', field: key })
  }
  const unmappedFields = fields.map(field => field.key).filter(key => !usedFields.has(key))
  return { faults, unmappedFields }
}
