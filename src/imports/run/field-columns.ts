/** The columns of `contacts` that rows fill, as storage writes them. */
import type { ContactField } from '../../contracts/contact-fields.ts'
import type { BatchColumn } from '../../storage/imports/batch-writer.ts'

/** One for each field, in their order. */
export function fieldColumns(fields: readonly ContactField[]): BatchColumn[] {
  return fields.map(({ column, sqlType, keyColumn, custom }) => ({
    column,
    type: sqlType,
    ...(keyColumn && { keyColumn }),
    ...(custom && { customId: custom.id }),
  }))
}
