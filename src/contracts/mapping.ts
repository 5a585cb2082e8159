/** Mapping: which column of which sheet fills which contact field, and how values are treated. */
import { type Static, Type } from 'typebox'
import { sheetColumnsMax } from '../limits.ts'
import { nullable, ref } from './schema.ts'

export const MappedColumn = Type.Object(
  {
    column: Type.Integer({ minimum: 1, maximum: sheetColumnsMax, description: '1 = A' }),
    field: Type.String({ minLength: 1, maxLength: 64, description: 'key of a contact field' }),
  },
  { $id: 'MappedColumn', additionalProperties: false },
)

const Duplicates = Type.Unsafe<'create'>({
  type: 'string',
  enum: ['create'],
  description: 'create: every row becomes a contact of its own',
})

const InvalidValues = Type.Unsafe<'reject'>({
  type: 'string',
  enum: ['reject'],
  description: 'reject: a row with an invalid value is left out and listed as an issue',
})

const Region = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'ISO 3166-1 country of phone numbers written without a country code',
  examples: ['PL'],
})

export const MappingRequest = Type.Object(
  {
    sheet: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'default: the first visible sheet',
      }),
    ),
    headerRow: Type.Boolean({ description: 'row 1 holds column names' }),
    columns: Type.Array(ref(MappedColumn), { maxItems: sheetColumnsMax }),
    duplicates: Type.Optional(Duplicates),
    invalidValues: Type.Optional(InvalidValues),
    region: Type.Optional(Region),
  },
  { $id: 'MappingRequest', additionalProperties: false },
)

export const Mapping = Type.Object(
  {
    sheet: Type.String(),
    headerRow: Type.Boolean(),
    columns: Type.Array(ref(MappedColumn)),
    duplicates: Duplicates,
    invalidValues: InvalidValues,
    region: Region,
  },
  { $id: 'Mapping', additionalProperties: false },
)

/** The answer to reading or setting a mapping: with the fields that are still free. */
export const MappingAnswer = Type.Object(
  { ...Mapping.properties, unmappedFields: Type.Array(Type.String()) },
  { $id: 'MappingAnswer', additionalProperties: false },
)

export const MappingSuggestion = Type.Object(
  {
    sheet: Type.String(),
    headerRow: Type.Boolean(),
    columns: Type.Array(
      Type.Object(
        {
          column: Type.Integer({ minimum: 1 }),
          name: Type.String(),
          field: nullable(Type.String()),
          confidence: Type.Number({ minimum: 0, maximum: 1 }),
          reason: Type.String({ examples: ['header-synonym'] }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'MappingSuggestion', additionalProperties: false },
)

export type MappedColumn = Static<typeof MappedColumn>
export type MappingRequest = Static<typeof MappingRequest>
export type Mapping = Static<typeof Mapping>
export type MappingAnswer = Static<typeof MappingAnswer>
export type MappingSuggestion = Static<typeof MappingSuggestion>
