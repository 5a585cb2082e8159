/** Small pieces that every contract uses: references that keep their static type, nullables, pages. */
import { type Static, type TSchema, Type } from 'typebox'

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

export const Timestamp = Type.String({
  format: 'date-time',
  examples: ['2026-01-31T12:00:00.000Z'],
})
