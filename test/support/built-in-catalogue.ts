/** The catalogue of built-in fields, as the service makes it, and mappers that read by it. */
import { completeMapping, type Mapping } from '../../src/contracts/mapping.ts'
import { builtInFields } from '../../src/mapping/built-in-fields.ts'
import { createFieldCatalogue } from '../../src/mapping/field-catalogue.ts'
import { prepareRowMapper, type RowMapper } from '../../src/mapping/to-contact.ts'

export const catalogue = createFieldCatalogue(builtInFields)

export const contactFieldKeys = catalogue.fields.map(({ key }) => key)

export function prepareMapper(
  columns: Mapping['columns'],
  choices: Partial<Mapping> & { readonly today?: string } = {},
): RowMapper {
  const { today = '2026-01-31', ...mapping } = choices
  return prepareRowMapper({
    mapping: completeMapping({ sheet: 'S', headerRow: true, region: 'PL', columns, ...mapping }),
    catalogue,
    today,
  })
}
