/** How a contact is selected: the columns of the contract, and which rows may be seen. */
import { escapeLiteral } from 'pg'
import type { ContactField } from '../../contracts/contact-fields.ts'
import { ofKeptImport } from '../imports/deleting-imports.ts'
import { isoTime } from '../postgres/sql.ts'

/** A `Contact` with these fields out of the row `c`. */
export function contactColumns(fields: readonly ContactField[]): string {
  const builtIn = fields.filter(({ custom }) => !custom)
  const fieldColumns = builtIn.map(({ key, column, sqlType }) =>
    sqlType === 'date' ? `c.${column}::text as "${key}"` : `c.${column} as "${key}"`,
  )
  return [
    'c.id::text as id, c.import_id as "importId", c.row_number as "rowNumber"',
    ...fieldColumns,
    `${customValues(fields)} as custom, ${isoTime('c.created_at')} as "createdAt"`,
  ].join(', ')
}

/** The values of custom fields by their keys. Those of a field that was deleted stand there until a job took them. */
function customValues(fields: readonly ContactField[]): string {
  const keys = fields.flatMap(({ custom }) =>
    custom ? [`(${escapeLiteral(custom.id)}, ${escapeLiteral(custom.key)})`] : [],
  )
  if (keys.length === 0) return `'{}'::jsonb`
  return `case when c.custom = '{}' then '{}'::jsonb else coalesce((
    select jsonb_object_agg(known.key, c.custom -> known.id)
    from (values ${keys.join(', ')}) known (id, key) where c.custom ? known.id), '{}') end`
}

/** Row-level security says the same; naming the tenant lets its indexes be used to the full. */
export const ofTenant = `c.tenant_id = current_setting('app.tenant')`

/** Contacts of an import that is being deleted are in no answer. */
export const notDeleting = ofKeptImport('c.import_id')
