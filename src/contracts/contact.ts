/** Contacts and contact fields as callers see them. */
import { type Static, Type } from 'typebox'
import { type FieldGroup, fieldGroups } from './contact-fields.ts'
import {
  type CustomFieldType,
  customFieldTypes,
  FieldChoice,
  FieldLabels,
} from './custom-fields.ts'
import { ImportId } from './import.ts'
import { DecimalId, nullable, page, ref, Timestamp } from './schema.ts'

const fieldValue = nullable(Type.String())
const consent = nullable(Type.Boolean({ description: 'null: nobody said' }))

/** The built-in fields of a contact; a test holds them to the catalogue. */
const fieldProperties = {
  firstName: fieldValue,
  lastName: fieldValue,
  fullName: fieldValue,
  title: fieldValue,
  companyName: fieldValue,
  position: fieldValue,
  phone: fieldValue,
  phone2: fieldValue,
  phone3: fieldValue,
  email: fieldValue,
  email2: fieldValue,
  email3: fieldValue,
  website: fieldValue,
  language: fieldValue,
  street: fieldValue,
  houseNumber: fieldValue,
  apartmentNumber: fieldValue,
  postalCode: fieldValue,
  city: fieldValue,
  region: fieldValue,
  country: fieldValue,
  taxId: fieldValue,
  businessId: fieldValue,
  nationalId: fieldValue,
  birthDate: fieldValue,
  gender: fieldValue,
  consentPhone: consent,
  consentEmail: consent,
  consentAt: fieldValue,
  externalId: fieldValue,
  notes: fieldValue,
}

export const Contact = Type.Object(
  {
    id: DecimalId,
    importId: ImportId,
    rowNumber: Type.Integer({ minimum: 1, description: 'row of the sheet it came from' }),
    ...fieldProperties,
    custom: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'values of custom fields by their keys: numbers and booleans as such, all others as texts; those without a ' +
        'value are left out',
    }),
    createdAt: Timestamp,
  },
  { $id: 'Contact', additionalProperties: false },
)

export const ContactPage = page(ref(Contact), 'ContactPage')

export const ContactFieldItem = Type.Object(
  {
    key: Type.String({ examples: ['firstName'] }),
    field: Type.String({
      description: 'its name in mappings and searches: the key, behind `field.` for a custom field',
      examples: ['firstName', 'field.segment'],
    }),
    label: Type.String({ description: 'in the language of Accept-Language' }),
    labels: ref(FieldLabels),
    kind: Type.String({ examples: ['text', 'phone'] }),
    type: Type.Unsafe<CustomFieldType | null>({
      type: ['string', 'null'],
      enum: [...customFieldTypes, null],
      description: 'of a custom field, the same as its kind; null: a built-in one',
    }),
    group: Type.Unsafe<FieldGroup>({ type: 'string', enum: [...fieldGroups] }),
    lengthMax: Type.Integer({ description: 'characters' }),
    example: Type.String({ description: 'a value as it is stored, as text' }),
    builtIn: Type.Boolean({ description: 'false: a custom field of the tenant' }),
    choices: nullable(
      Type.Array(ref(FieldChoice), {
        description: 'of the type `choice`; null: any value of its kind',
      }),
    ),
    required: Type.Boolean({ description: 'every mapping has a column for it' }),
  },
  { $id: 'ContactField', additionalProperties: false },
)

export const ContactFieldList = Type.Object(
  { items: Type.Array(ref(ContactFieldItem)) },
  { $id: 'ContactFieldList', additionalProperties: false },
)

export type Contact = Static<typeof Contact>
export type ContactPage = Static<typeof ContactPage>
export type ContactFieldList = Static<typeof ContactFieldList>
export type ContactFieldItem = Static<typeof ContactFieldItem>
