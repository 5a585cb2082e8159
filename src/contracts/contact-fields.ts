/**
 * The built-in fields of a contact: key in the API, column in PostgreSQL, kind of value, length cap, labels.
 * One list for mapping, storage and the API; it holds no rule about values beyond their kind and length.
 */

/**
 * How a value is read and what it becomes:
 * `text` and `code` any text (a `code` is an identifier: leading zeros matter, a number cell has lost
 * them) · `multiline` text with line breaks · `phone` E.164 · `email` an address · `date` `YYYY-MM-DD` ·
 * `gender` one of `genders`.
 */
export type ContactFieldKind = 'text' | 'code' | 'multiline' | 'phone' | 'email' | 'date' | 'gender'

export const contactFieldKeys = Object.freeze([
  'firstName',
  'lastName',
  'companyName',
  'position',
  'phone',
  'phone2',
  'phone3',
  'email',
  'email2',
  'street',
  'postalCode',
  'city',
  'country',
  'taxId',
  'nationalId',
  'birthDate',
  'gender',
  'externalId',
  'notes',
] as const)

export type ContactFieldKey = (typeof contactFieldKeys)[number]

/** Canonical values of a `gender` field. */
export const genders = Object.freeze(['male', 'female', 'other', 'unknown'] as const)

export interface ContactField {
  readonly key: ContactFieldKey
  /** PostgreSQL column of `contacts`. */
  readonly column: string
  readonly kind: ContactFieldKind
  /** Unicode code points, which is what PostgreSQL's `char_length` counts. */
  readonly lengthMax: number
  readonly labels: { readonly en: string; readonly pl: string }
}

/** '+' and the 15 digits of ITU-T E.164. */
const phoneLengthMax = 16
/** RFC 5321 §4.5.3.1.3: a path of 256 octets, less its angle brackets. */
const emailLengthMax = 254
/** `YYYY-MM-DD`. */
const dateLengthMax = 10
const nameLengthMax = 200
const lineLengthMax = 300
const codeLengthMax = 50
/** What an Excel cell can hold, so that a note which fits a sheet fits a contact. */
const notesLengthMax = 32_767

type FieldShape = readonly [
  column: string,
  kind: ContactFieldKind,
  lengthMax: number,
  en: string,
  pl: string,
]

const shapes: Readonly<Record<ContactFieldKey, FieldShape>> = {
  firstName: ['first_name', 'text', nameLengthMax, 'First name', 'Imię'],
  lastName: ['last_name', 'text', nameLengthMax, 'Last name', 'Nazwisko'],
  companyName: ['company_name', 'text', lineLengthMax, 'Company', 'Firma'],
  position: ['position', 'text', lineLengthMax, 'Position', 'Stanowisko'],
  phone: ['phone', 'phone', phoneLengthMax, 'Phone', 'Telefon'],
  phone2: ['phone2', 'phone', phoneLengthMax, 'Phone 2', 'Telefon 2'],
  phone3: ['phone3', 'phone', phoneLengthMax, 'Phone 3', 'Telefon 3'],
  email: ['email', 'email', emailLengthMax, 'E-mail', 'E-mail'],
  email2: ['email2', 'email', emailLengthMax, 'E-mail 2', 'E-mail 2'],
  street: ['street', 'text', lineLengthMax, 'Street', 'Ulica'],
  postalCode: ['postal_code', 'code', codeLengthMax, 'Postal code', 'Kod pocztowy'],
  city: ['city', 'text', nameLengthMax, 'City', 'Miejscowość'],
  country: ['country', 'text', nameLengthMax, 'Country', 'Kraj'],
  taxId: ['tax_id', 'code', codeLengthMax, 'Tax ID', 'NIP'],
  nationalId: ['national_id', 'code', codeLengthMax, 'National ID', 'PESEL'],
  birthDate: ['birth_date', 'date', dateLengthMax, 'Date of birth', 'Data urodzenia'],
  gender: ['gender', 'gender', 7, 'Gender', 'Płeć'],
  externalId: ['external_id', 'code', nameLengthMax, 'External ID', 'Identyfikator zewnętrzny'],
  notes: ['notes', 'multiline', notesLengthMax, 'Notes', 'Uwagi'],
}

function describeField(key: ContactFieldKey): ContactField {
  const [column, kind, lengthMax, en, pl] = shapes[key]
  return Object.freeze({ key, column, kind, lengthMax, labels: Object.freeze({ en, pl }) })
}

/** All built-in fields in the order in which they are shown and stored. */
export const contactFields: readonly ContactField[] = Object.freeze(
  contactFieldKeys.map(describeField),
)

const fieldsByKey: ReadonlyMap<string, ContactField> = new Map(
  contactFields.map(field => [field.key, field]),
)

/** The built-in field of this key, or undefined. */
export function findContactField(key: string): ContactField | undefined {
  return fieldsByKey.get(key)
}
