/** Makes a catalogue of fields out of their definitions: what a definition leaves open its kind says. */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import { fieldKind } from './kinds/index.ts'

/** A field as it is defined; `lengthMax` narrows or widens that of its kind. */
export interface FieldDefinition
  extends Pick<ContactField, 'key' | 'column' | 'kind' | 'labels'>,
    Partial<Pick<ContactField, 'lengthMax' | 'group' | 'example' | 'keyColumn'>> {}

/** Throws RangeError for an unknown kind or a key that occurs twice. */
export function createFieldCatalogue(definitions: readonly FieldDefinition[]): FieldCatalogue {
  return catalogueOf(definitions.map(completeField))
}

/** A catalogue of complete fields, for example of those that a thread was given. */
export function catalogueOf(fields: readonly ContactField[]): FieldCatalogue {
  const fieldsByKey = new Map(fields.map(field => [field.key, field]))
  if (fieldsByKey.size !== fields.length) throw new RangeError('two fields have one key')
  return Object.freeze({
    fields: Object.freeze([...fields]),
    find: (key: string) => fieldsByKey.get(key),
  })
}

function completeField(definition: FieldDefinition): ContactField {
  const { sqlType, lengthMax } = fieldKind(definition.kind)
  return Object.freeze({ lengthMax, group: 'own', example: '', ...definition, sqlType })
}
