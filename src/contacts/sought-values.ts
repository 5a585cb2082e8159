/** Reads the values of custom fields that a caller searches by, as cells of the field are read. */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import { AppError, type ErrorItem } from '../errors.ts'
import { searchedFieldsMax } from '../limits.ts'
import { fieldKind } from '../mapping/kinds/index.ts'
import type { CellOutcome } from '../mapping/normalise/outcome.ts'
import type { ReadingSetting } from '../mapping/reading-setting.ts'
import type { SoughtValue } from '../storage/contacts/custom-values.ts'

/**
 * What contacts are to hold; `none` where one of the texts is no value that any contact can hold. `request-invalid` for
 * a field that the tenant has not, and for more fields than `searchedFieldsMax`. `region` is that of phone numbers
 * without a calling code, and of numbers.
 */
export function soughtValues(
  custom: Readonly<Record<string, string>>,
  catalogue: FieldCatalogue,
  region: string,
): readonly SoughtValue[] | 'none' {
  const names = Object.keys(custom)
  const unknown = names
    .filter(name => catalogue.find(name) === undefined)
    .map((name): ErrorItem => {
      return { pointer: `/query/${name}`, code: 'mapping-unknown-field', data: { field: name } }
    })
  if (unknown.length > 0) throw new AppError('request-invalid', {}, { items: unknown })
  if (names.length > searchedFieldsMax) {
    const item = { pointer: '/query', code: 'searched-fields-many' }
    throw new AppError('request-invalid', {}, { items: [item] })
  }
  const values = names.map(name => soughtValue(catalogue.find(name)!, custom[name]!, region))
  return values.every(value => value !== undefined) ? values : 'none'
}

function soughtValue(field: ContactField, text: string, region: string): SoughtValue | undefined {
  const setting: ReadingSetting = { region, trunkZero: 'reject', emptyValues: [], today: anyDay }
  const read = fieldKind(field.kind).prepare(field, setting)
  const value = storedValue(read({ column: 1, type: 'string', value: text }, region))
  return value === null ? undefined : { fieldId: field.custom!.id, value }
}

/** No type of custom fields depends on the day. */
const anyDay = '2000-01-01'

function storedValue(outcome: CellOutcome): string | null {
  if (outcome === null || typeof outcome === 'string') return outcome
  return outcome.outcome === 'repaired' || outcome.outcome === 'noted' ? outcome.value : null
}
