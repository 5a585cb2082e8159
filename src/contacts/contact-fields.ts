/** The contact fields that columns can be mapped to, labelled in the caller's language. */
import type { ContactFieldItem } from '../contracts/contact.ts'
import { contactFields } from '../contracts/contact-fields.ts'
import type { Locale } from '../errors.ts'

export function listContactFields(locale: Locale): ContactFieldItem[] {
  return contactFields.map(({ key, kind, lengthMax, labels }) => ({
    key,
    label: labels[locale],
    kind,
    lengthMax,
    builtIn: true,
  }))
}
