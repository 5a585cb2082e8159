/** What a tenant's own field means to mapping: a contact field like any other, read by the kind that its type names. */
import {
  type ContactField,
  customPrefix,
  type FieldCatalogue,
  type FieldChoice,
} from '../contracts/contact-fields.ts'
import type { CustomFieldType } from '../contracts/custom-fields.ts'
import type { Mapping } from '../contracts/mapping.ts'
import { fieldKind } from './kinds/index.ts'

/** A custom field as it is kept. */
export interface CustomFieldDefinition {
  readonly id: string
  readonly key: string
  readonly type: CustomFieldType
  readonly labels: ContactField['labels']
  readonly choices: readonly FieldChoice[] | null
  readonly required: boolean
}

const examples: Readonly<Record<CustomFieldType, string>> = {
  text: 'Warszawa',
  phone: '+48501234567',
  email: 'anna@example.com',
  date: '2026-01-31',
  number: '12.5',
  boolean: 'true',
  choice: '',
}

export function toContactField(definition: CustomFieldDefinition): ContactField {
  const { id, key, type, labels, choices, required } = definition
  const { sqlType, lengthMax } = fieldKind(type)
  return Object.freeze({
    key: customName(key),
    column: 'custom',
    sqlType,
    kind: type,
    lengthMax,
    labels,
    group: 'own',
    example: choices?.[0]?.value ?? examples[type],
    custom: Object.freeze({ id, key }),
    ...(choices && { choices }),
    required,
  })
}

/** The name of a custom field in mappings. */
export function customName(key: string): string {
  return `${customPrefix}${key}`
}

type Named = { readonly columns: readonly { readonly field: string | null }[] } & {
  readonly required?: readonly string[]
}

/** The same with whole names: a custom field may be called by its key alone where no built-in field has that name. */
export function nameFields<Request extends Named>(
  request: Request,
  catalogue: FieldCatalogue,
): Request {
  const nameOf = (field: string) => {
    const name = customName(field)
    return !catalogue.find(field) && catalogue.find(name) ? name : field
  }
  return {
    ...request,
    columns: request.columns.map(column =>
      column.field === null ? column : { ...column, field: nameOf(column.field) },
    ),
    ...(request.required && { required: request.required.map(nameOf) }),
  }
}

/** The mapping without custom fields that were deleted since it was set. */
export function withoutDeleted(mapping: Mapping, catalogue: FieldCatalogue): Mapping {
  const isKept = (field: string) =>
    !field.startsWith(customPrefix) || catalogue.find(field) !== undefined
  return {
    ...mapping,
    columns: mapping.columns.filter(({ field }) => isKept(field)),
    required: mapping.required.filter(isKept),
  }
}

const goneLengthMax = 1_000

/** What can still be told of a field: one that was deleted is known by its name. */
export function describeField(
  key: string,
  catalogue: FieldCatalogue,
): Pick<ContactField, 'labels' | 'lengthMax'> {
  const name = key.startsWith(customPrefix) ? key.slice(customPrefix.length) : key
  return catalogue.find(key) ?? { labels: { en: name, pl: name }, lengthMax: goneLengthMax }
}
