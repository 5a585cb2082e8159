/** One row of an import: its cells as they were read, what became of it, and what was wrong with it. */
import { type Static, Type } from 'typebox'
import {
  rowAnswerCharactersMax,
  rowCellCharactersMax,
  rowValueCharactersMax,
  rowValuesMax,
} from '../limits.ts'
import { RowIssueItem } from './import.ts'
import { RowOutcome } from './row-outcomes.ts'
import { nullable, ref, Timestamp } from './schema.ts'

export const rowCellTypes = [
  'string',
  'number',
  'boolean',
  'date',
  'error',
  'uncalculated',
  'rich',
] as const

export type RowCellType = (typeof rowCellTypes)[number]

export const RowCell = Type.Object(
  {
    cell: Type.String({ examples: ['C17'] }),
    column: Type.Integer({ minimum: 1 }),
    name: Type.String({ description: 'header text, or a numbered name by Accept-Language' }),
    type: nullable(
      Type.Unsafe<RowCellType>({
        type: 'string',
        enum: [...rowCellTypes],
        description:
          'uncalculated: a formula whose result the file does not store · rich: a picture or a linked data type',
      }),
    ),
    value: nullable(
      Type.String({ description: 'what the cell shows; null where it holds nothing' }),
    ),
    isCut: Type.Optional(
      Type.Boolean({
        description: `true where the text is longer than ${rowCellCharactersMax} characters, or all of the row than ${rowAnswerCharactersMax}`,
      }),
    ),
    field: nullable(Type.String({ description: 'the field that the column is mapped to' })),
  },
  { $id: 'RowCell', additionalProperties: false },
)

export const ImportedRow = Type.Object(
  {
    row: RowOutcome.properties.row,
    outcome: RowOutcome.properties.outcome,
    contactId: RowOutcome.properties.contactId,
    cells: Type.Array(ref(RowCell), {
      description: 'in the order of columns: all that hold something, and all that are mapped',
    }),
    issues: Type.Array(ref(RowIssueItem)),
    discarded: nullable(
      Type.Object(
        { by: Type.String({ description: 'claim `sub` of the caller' }), at: Timestamp },
        {
          additionalProperties: false,
          description: 'who said that the row is not wanted; null: nobody did',
        },
      ),
    ),
  },
  { $id: 'ImportedRow', additionalProperties: false },
)

export const RowRepair = Type.Object(
  {
    values: Type.Record(
      Type.String(),
      nullable(Type.String({ maxLength: rowValueCharactersMax })),
      {
        description:
          'by the keys of mapped fields, as they would be typed into the cells; null takes the value of a cell away',
        examples: [{ phone: '+48 501 234 567' }],
        minProperties: 1,
        maxProperties: rowValuesMax,
      },
    ),
  },
  { $id: 'RowRepair', additionalProperties: false },
)

export type RowRepair = Static<typeof RowRepair>
export type RowCell = Static<typeof RowCell>
export type ImportedRow = Static<typeof ImportedRow>
