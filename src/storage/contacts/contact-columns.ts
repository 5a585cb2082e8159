/** How a contact is selected: the columns of the contract, and which rows may be seen. */
import type { ContactField } from '../../contracts/contact-fields.ts'
import { ofKeptImport } from '../imports/deleting-imports.ts'
import { isoTime } from '../postgres/sql.ts'

/** A `Contact` with these fields out of the row `c`. */
export function contactColumns(fields: readonly ContactField[]): string {
  const fieldColumns = fields.map(({ key, column, sqlType }) =>
    sqlType === 'date' ? `c.${column}::text as "${key}"` : `c.${column} as "${key}"`,
  )
  return [
    'c.id::text as id, c.import_id as "importId", c.row_number as "rowNumber"',
    ...fieldColumns,
    `c.custom, ${isoTime('c.created_at')} as "createdAt"`,
  ].join(', ')
}

/** Row-level security says the same; naming the tenant lets its indexes be used to the full. */
export const ofTenant = `c.tenant_id = current_setting('app.tenant')`

/** Contacts of an import that is being deleted are in no answer. */
export const notDeleting = ofKeptImport('c.import_id')
