/** How a contact is selected: the columns of the contract, and whose rows may be seen. */
import { contactFields } from '../../contracts/contact-fields.ts'
import { isoTime } from '../postgres/sql.ts'

const fieldColumns = contactFields.map(({ key, column, kind }) =>
  kind === 'date' ? `c.${column}::text as "${key}"` : `c.${column} as "${key}"`,
)

/** A `Contact` out of the row `c`. */
export const contactColumns = `c.id::text as id, c.import_id as "importId",
  c.row_number as "rowNumber", ${fieldColumns.join(', ')}, c.custom,
  ${isoTime('c.created_at')} as "createdAt"`

/** Row-level security says the same; naming the tenant lets its indexes be used to the full. */
export const ofTenant = `c.tenant_id = current_setting('app.tenant')`

/** Contacts of an import that is being deleted are in no answer. */
export const notDeleting = `c.import_id <> all (array(select id from imports where status = 'deleting'))`
