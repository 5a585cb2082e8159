/** Contacts and contact fields as callers see them. */
import { type Static, Type } from 'typebox'
import { type ContactFieldKey, contactFieldKeys } from './contact-fields.ts'
import { ImportId } from './import.ts'
import { DecimalId, nullable, page, ref, Timestamp } from './schema.ts'

type FieldProperties = Record<ContactFieldKey, ReturnType<typeof nullable<Type.TString>>>

const fieldProperties = Object.fromEntries(
  contactFieldKeys.map(key => [key, nullable(Type.String())]),
) as FieldProperties

export const Contact = Type.Object(
  {
    id: DecimalId,
    importId: ImportId,
    rowNumber: Type.Integer({ minimum: 1, description: 'row of the sheet it came from' }),
    ...fieldProperties,
    custom: Type.Record(Type.String(), Type.Unknown()),
    createdAt: Timestamp,
  },
  { $id: 'Contact', additionalProperties: false },
)

export const ContactPage = page(ref(Contact), 'ContactPage')

export const ContactFieldItem = Type.Object(
  {
    key: Type.String({ examples: ['firstName'] }),
    label: Type.String({ description: 'in the language of Accept-Language' }),
    kind: Type.String({ examples: ['text', 'phone'] }),
    lengthMax: Type.Integer({ description: 'characters' }),
    builtIn: Type.Boolean(),
  },
  { $id: 'ContactField', additionalProperties: false },
)

export const ContactFieldList = Type.Object(
  { items: Type.Array(ref(ContactFieldItem)) },
  { $id: 'ContactFieldList', additionalProperties: false },
)

export type Contact = Static<typeof Contact>
export type ContactPage = Static<typeof ContactPage>
export type ContactFieldItem = Static<typeof ContactFieldItem>
