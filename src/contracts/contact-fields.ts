/**
 * The shape of contact fields, and of the catalogue that holds those of one tenant. `wire.ts` makes the
 * catalogues and hands them on; this file names no field, and no rule about values.
 */

/** Canonical values of a `gender` field. */
export const genders = Object.freeze(['male', 'female', 'other', 'unknown'] as const)

/** What a field tells about; `own`: a field that the tenant made. */
export const fieldGroups = Object.freeze([
  'person',
  'company',
  'address',
  'contact',
  'consent',
  'own',
] as const)

export type FieldGroup = (typeof fieldGroups)[number]

/** A value of a field of the kind `choice`, with the names that people give it. */
export interface FieldChoice {
  readonly value: string
  readonly labels: { readonly en: string; readonly pl: string }
}

export interface ContactField {
  /** Name in mappings, for example `lastName`; `field.shoeSize` for a custom one. */
  readonly key: string
  /** PostgreSQL column of `contacts`; `custom` for all custom fields. */
  readonly column: string
  /** The column that holds the value in lower case, for searches; written with the value. */
  readonly keyColumn?: string
  readonly sqlType: 'text' | 'date' | 'boolean' | 'numeric'
  /** Name of the kind that reads the field's values: `text`, `phone`, … */
  readonly kind: string
  /** Unicode code points, which is what PostgreSQL's `char_length` counts. */
  readonly lengthMax: number
  readonly labels: { readonly en: string; readonly pl: string }
  readonly group: FieldGroup
  /** A value as it is stored, as text. */
  readonly example: string
  /** Of a custom field: its values stand under its id in `custom`; its tenant calls it by its key. */
  readonly custom?: { readonly id: string; readonly key: string }
  /** The values that a field of the kind `choice` takes. */
  readonly choices?: readonly FieldChoice[]
  /** Rows without a valid value are rejected, and every mapping has a column for it. */
  readonly required?: boolean
}

/** What stands before the key of a custom field, so that no built-in field of a later release has its name. */
export const customPrefix = 'field.'

/** The fields that a tenant's contacts have. */
export interface FieldCatalogue {
  /** In the order in which they are shown and stored. */
  readonly fields: readonly ContactField[]
  /** The field of this key, or undefined. */
  find(key: string): ContactField | undefined
}

/** Gives each tenant its catalogue. */
export interface FieldCatalogues {
  /** The fields that every tenant has. */
  readonly builtIn: FieldCatalogue
  of(tenantId: string): Promise<FieldCatalogue>
  /** The tenant's custom fields were changed by this process. */
  forget(tenantId: string): void
}
