/** Small pieces that every contract uses: references that keep their static type, nullables, pages. */
import { type Static, type TSchema, type TStringOptions, Type } from 'typebox'

/** A `$ref` to a named schema that keeps the schema's static type. */
export function ref<T extends TSchema & { $id?: string }>(schema: T) {
  if (!schema.$id) throw new Error('a referenced schema needs an $id')
  return Type.Unsafe<Static<T>>(Type.Ref(`${schema.$id}#`))
}

/** JSON Schema 2020-12 has no `nullable`: null is a union. */
export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** A keyset page: `nextCursor` is opaque and null on the last page. */
export function page<T extends TSchema>(item: T, $id: string) {
  return Type.Object(
    { items: Type.Array(item), nextCursor: nullable(Type.String()) },
    { $id, additionalProperties: false },
  )
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/**
 * A bigint identity of the database, as a decimal string: JSON numbers end at 2^53. Eighteen digits stay
 * below 2^63, so that no id which passes here is out of range there.
 */
export const DecimalId = Type.String({ pattern: '^[1-9][0-9]{0,17}$', examples: ['1024'] })

/**
 * One line of text that can be seen: not blank, and without control, line-breaking and direction-changing
 * characters, which would make a list of names say something else than it holds.
 */
export const lineOfTextPattern =
  '^(?=.*[^\\p{Z}\\p{Cc}\\p{Cf}])' +
  '[^\\p{Cc}\\p{Zl}\\p{Zp}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+$'

/** Text of which something is left when the white space around it is taken away. */
export const filledTextPattern = '\\S'

export const lineOfText = (charactersMax: number, options: TStringOptions = {}) =>
  Type.String({ minLength: 1, maxLength: charactersMax, pattern: lineOfTextPattern, ...options })

export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is kept as it was sent: PostgreSQL takes no NUL, and UTF-8 no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

export const Timestamp = Type.String({
  format: 'date-time',
  examples: ['2026-01-31T12:00:00.000Z'],
})
