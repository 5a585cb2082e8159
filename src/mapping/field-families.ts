/** Families of fields: phones and e-mails, of which a contact has several in a fixed order. */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import { fieldKind } from './kinds/index.ts'

/** The fields of the family that a field belongs to, in order; a field without a family is alone, as each custom one is. */
export function familyOf(field: ContactField, { fields }: FieldCatalogue): ContactField[] {
  if (field.custom || !fieldKind(field.kind).isFamily) return [field]
  return fields.filter(({ kind, custom }) => kind === field.kind && !custom)
}
