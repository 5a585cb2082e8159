/**
 * The built-in fields of a contact, in the order in which they are shown and stored. Imported by the process
 * edges alone, which make the catalogue that everything else is given.
 */
import type { FieldGroup } from '../contracts/contact-fields.ts'
import type { FieldDefinition } from './field-catalogue.ts'

const nameLengthMax = 200

export const builtInFields: readonly FieldDefinition[] = [
  define('firstName', 'text', ['First name', 'Imię'], 'person', 'Anna', nameLengthMax),
  define('lastName', 'text', ['Last name', 'Nazwisko'], 'person', 'Nowak', nameLengthMax),
  {
    ...define('fullName', 'full-name', ['Full name', 'Imię i nazwisko'], 'person', 'Anna Nowak'),
    keyColumn: 'full_name_key',
  },
  define('title', 'text', ['Form of address', 'Tytuł'], 'person', 'dr', 100),
  define('companyName', 'text', ['Company', 'Firma'], 'company', 'Nowak Sp. z o.o.'),
  define('position', 'text', ['Position', 'Stanowisko'], 'company', 'Kierownik'),
  define('phone', 'phone', ['Phone', 'Telefon'], 'contact', '+48501234567'),
  define('phone2', 'phone', ['Phone 2', 'Telefon 2'], 'contact', '+48501234567'),
  define('phone3', 'phone', ['Phone 3', 'Telefon 3'], 'contact', '+48501234567'),
  define('email', 'email', ['E-mail', 'E-mail'], 'contact', 'anna@example.com'),
  define('email2', 'email', ['E-mail 2', 'E-mail 2'], 'contact', 'anna@example.com'),
  define('email3', 'email', ['E-mail 3', 'E-mail 3'], 'contact', 'anna@example.com'),
  define('website', 'website', ['Website', 'Strona www'], 'contact', 'https://example.com'),
  define('language', 'text', ['Language', 'Język'], 'contact', 'polski', 100),
  define('street', 'text', ['Street', 'Ulica'], 'address', 'Polna'),
  define('houseNumber', 'code', ['House number', 'Nr domu'], 'address', '3A'),
  define('apartmentNumber', 'code', ['Apartment number', 'Nr mieszkania'], 'address', '12'),
  define('postalCode', 'postal-code', ['Postal code', 'Kod pocztowy'], 'address', '00-950'),
  define('city', 'text', ['City', 'Miejscowość'], 'address', 'Warszawa', nameLengthMax),
  define('region', 'text', ['Region', 'Województwo'], 'address', 'mazowieckie', nameLengthMax),
  define('country', 'country', ['Country', 'Kraj'], 'address', 'Polska', nameLengthMax),
  define('taxId', 'tax-id', ['Tax ID', 'NIP'], 'company', '1234563218'),
  define('businessId', 'business-id', ['Business ID', 'REGON'], 'company', '123456785'),
  define('nationalId', 'national-id', ['National ID', 'PESEL'], 'person', '44051401359'),
  define('birthDate', 'birth-date', ['Date of birth', 'Data urodzenia'], 'person', '1990-12-31'),
  define('gender', 'gender', ['Gender', 'Płeć'], 'person', 'female'),
  define('consentPhone', 'boolean', ['Phone consent', 'Zgoda na telefon'], 'consent', 'true'),
  define('consentEmail', 'boolean', ['E-mail consent', 'Zgoda na e-mail'], 'consent', 'true'),
  define('consentAt', 'date', ['Consent date', 'Data zgody'], 'consent', '2026-01-31'),
  define(
    'externalId',
    'code',
    ['External ID', 'Identyfikator zewnętrzny'],
    'person',
    'K-00045',
    nameLengthMax,
  ),
  define('notes', 'multiline', ['Notes', 'Uwagi'], 'person', 'Dzwonić po 16'),
]

/** The column of a built-in field is its key in snake case. */
function define(
  key: string,
  kind: string,
  [en, pl]: readonly [en: string, pl: string],
  group: FieldGroup,
  ...[example, lengthMax]: readonly [example: string, lengthMax?: number]
): FieldDefinition {
  const column = key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  const labels = Object.freeze({ en, pl })
  return { key, column, kind, group, example, labels, ...(lengthMax && { lengthMax }) }
}
