/**
 * The built-in fields of a contact, in the order in which they are shown and stored. Imported by the process
 * edges alone, which make the catalogue that everything else is given.
 */
import type { FieldDefinition } from './field-catalogue.ts'

const nameLengthMax = 200

export const builtInFields: readonly FieldDefinition[] = [
  define('firstName', 'text', ['First name', 'Imię'], nameLengthMax),
  define('lastName', 'text', ['Last name', 'Nazwisko'], nameLengthMax),
  define('companyName', 'text', ['Company', 'Firma']),
  define('position', 'text', ['Position', 'Stanowisko']),
  define('phone', 'phone', ['Phone', 'Telefon']),
  define('phone2', 'phone', ['Phone 2', 'Telefon 2']),
  define('phone3', 'phone', ['Phone 3', 'Telefon 3']),
  define('email', 'email', ['E-mail', 'E-mail']),
  define('email2', 'email', ['E-mail 2', 'E-mail 2']),
  define('street', 'text', ['Street', 'Ulica']),
  define('postalCode', 'postal-code', ['Postal code', 'Kod pocztowy']),
  define('city', 'text', ['City', 'Miejscowość'], nameLengthMax),
  define('country', 'country', ['Country', 'Kraj'], nameLengthMax),
  define('taxId', 'tax-id', ['Tax ID', 'NIP']),
  define('nationalId', 'national-id', ['National ID', 'PESEL']),
  define('birthDate', 'birth-date', ['Date of birth', 'Data urodzenia']),
  define('gender', 'gender', ['Gender', 'Płeć']),
  define('externalId', 'code', ['External ID', 'Identyfikator zewnętrzny'], nameLengthMax),
  define('notes', 'multiline', ['Notes', 'Uwagi']),
]

/** The column of a built-in field is its key in snake case. */
function define(
  key: string,
  kind: string,
  [en, pl]: readonly [en: string, pl: string],
  lengthMax?: number,
): FieldDefinition {
  const column = key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  return { key, column, kind, labels: Object.freeze({ en, pl }), ...(lengthMax && { lengthMax }) }
}
