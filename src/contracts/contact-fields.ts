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

export interface ContactField {
  /** Name in the API, for example `lastName`. */
  readonly key: string
  /** PostgreSQL column of `contacts`. */
  readonly column: string
  /** The column that holds the value in lower case, for searches; written with the value. */
  readonly keyColumn?: string
  readonly sqlType: 'text' | 'date' | 'boolean'
  /** Name of the kind that reads the field's values: `text`, `phone`, … */
  readonly kind: string
  /** Unicode code points, which is what PostgreSQL's `char_length` counts. */
  readonly lengthMax: number
  readonly labels: { readonly en: string; readonly pl: string }
  readonly group: FieldGroup
  /** A value as it is stored, as text. */
  readonly example: string
}

/** The fields that a tenant's contacts have. */
export interface FieldCatalogue {
  /** In the order in which they are shown and stored. */
  readonly fields: readonly ContactField[]
  /** The field of this key, or undefined. */
  find(key: string): ContactField | undefined
}

/** Gives each tenant its catalogue. */
export interface FieldCatalogues {
  of(tenantId: string): Promise<FieldCatalogue>
}
