/** Mapping: which column of which sheet fills which contact field, and how values are treated. */
import { type Static, Type } from 'typebox'
import {
  emptyValueCharactersMax,
  emptyValuesMax,
  headerRowMax,
  requiredFieldsMax,
  sheetColumnsMax,
  templateNameCharactersMax,
} from '../limits.ts'
import { MappingWarning } from './mapping-warnings.ts'
import { nullable, ref } from './schema.ts'
import { type SuggestionReason, suggestionReasons } from './suggestion-reasons.ts'

export const MappedColumn = Type.Object(
  {
    column: Type.Integer({ minimum: 1, maximum: sheetColumnsMax, description: '1 = A' }),
    field: Type.String({ minLength: 1, maxLength: 64, description: 'key of a contact field' }),
  },
  { $id: 'MappedColumn', additionalProperties: false },
)

/** What a suggestion tells of a column beside its field. */
const told = {
  name: Type.String({ description: 'of the column, in the language of Accept-Language' }),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  reason: Type.Unsafe<SuggestionReason>({ type: 'string', enum: [...suggestionReasons] }),
  message: Type.String({ description: 'the reason, in the language of Accept-Language' }),
}

const RegionShare = nullable(
  Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'share of the phone numbers that are numbers of the region; null: there are none',
  }),
)

/** A column as a caller maps it: one of a suggestion is taken as it is, and its description is not kept. */
export const RequestedColumn = Type.Object(
  {
    column: MappedColumn.properties.column,
    field: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      minLength: 1,
      maxLength: 64,
      description: 'key of a contact field; null: the column is not imported',
    }),
    // Reasons of another release come back, too.
    ...Type.Partial(Type.Object({ ...told, reason: Type.String() })).properties,
  },
  {
    $id: 'RequestedColumn',
    additionalProperties: false,
    description:
      'A column and its field. What a suggestion tells beside them may be sent back, and is ignored.',
  },
)

/** As callers say it, and as it is told: one of many rows is a number, row 1 is true. */
export const HeaderRow = Type.Unsafe<boolean | number>({
  type: ['boolean', 'integer'],
  minimum: 1,
  maximum: headerRowMax,
  description:
    'the row of the sheet that holds column names, true for row 1; rows above it are no data · false: no row does',
})

/** The number of the row that holds column names; 0 where none does. */
export function headerRowNumber(headerRow: boolean | number): number {
  return Number(headerRow)
}

/** The same as it is kept and told: row 1 is true. */
export function toHeaderRow(row: number | null): boolean | number {
  return row === null || row === 0 ? false : row === 1 || row
}

const Duplicates = Type.Unsafe<'create'>({
  type: 'string',
  enum: ['create'],
  description: 'create: every row becomes a contact of its own',
})

const InvalidValues = Type.Unsafe<'blank' | 'reject'>({
  type: 'string',
  enum: ['blank', 'reject'],
  description:
    'blank (default): a value that cannot be read is left out, unless the row would then have no phone and no ' +
    'e-mail though the sheet gives one · reject: it rejects its row. Either way it is listed as an issue',
})

const RequiredFields = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
  maxItems: requiredFieldsMax,
  description: 'mapped fields without a valid value in which a row is rejected',
})

const EmptyValues = Type.Array(Type.String({ minLength: 1, maxLength: emptyValueCharactersMax }), {
  maxItems: emptyValuesMax,
  description: 'texts of cells that stand for no value in this file, in any case',
  examples: [['xxx', '999999999']],
})

const TrunkZero = Type.Unsafe<'reject' | 'drop'>({
  type: 'string',
  enum: ['reject', 'drop'],
  description:
    'a 0 before a number of a region that dials none, where the number may be a mobile of another country: ' +
    'reject (default) refuses the cell, drop takes the number of the region',
})

const DateOrder = Type.Unsafe<'dmy' | 'mdy' | 'ymd'>({
  type: 'string',
  enum: ['dmy', 'mdy', 'ymd'],
  description: 'of dates whose column does not decide; default: the order of the region',
})

const Footers = Type.Unsafe<'skip' | 'import'>({
  type: 'string',
  enum: ['skip', 'import'],
  description:
    'rows at the end of the sheet that are no contacts, as totals: skip (default) or import',
})

const HiddenRows = Type.Unsafe<'import' | 'skip'>({
  type: 'string',
  enum: ['import', 'skip'],
  description: 'rows that the sheet hides: import (default) or skip',
})

const Region = Type.String({
  pattern: '^[A-Z]{2}$',
  description:
    'ISO 3166-1 country of the list: of phone numbers without a country code, of dates, codes and words',
  examples: ['PL'],
})

/** What a mapping says beside its row of names and its columns; a template of mappings says the same. */
export const mappingChoices = {
  sheet: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'default: the proposed sheet',
    }),
  ),
  duplicates: Type.Optional(Duplicates),
  invalidValues: Type.Optional(InvalidValues),
  required: Type.Optional(RequiredFields),
  emptyValues: Type.Optional(EmptyValues),
  trunkZero: Type.Optional(TrunkZero),
  dateOrder: Type.Optional(DateOrder),
  footers: Type.Optional(Footers),
  hiddenRows: Type.Optional(HiddenRows),
  region: Type.Optional(Region),
}

const { sheet: _sheet, region: _region, ...furtherChoices } = mappingChoices

/** What a mapping says beside its sheet, its region, its row of names and its columns. */
export function furtherChoicesOf(mapping: Mapping): FurtherChoices {
  return Object.fromEntries(
    Object.entries(mapping).filter(([choice]) => Object.hasOwn(furtherChoices, choice)),
  )
}

/** As callers name a template: by its id, or by its name where no template has that id. */
export const TemplateChoice = Type.String({
  minLength: 1,
  maxLength: templateNameCharactersMax,
  description:
    'id or name of a mapping template: its columns are found by their names, and what the body says itself goes ' +
    'before what the template says',
})

const Force = Type.Boolean({
  description:
    'true: the import starts though nearly none of the values of a phone or e-mail column can be read ' +
    '(`mapping-implausible`)',
})

export const MappingRequest = Type.Object(
  {
    template: Type.Optional(TemplateChoice),
    headerRow: Type.Optional(HeaderRow),
    columns: Type.Optional(
      Type.Array(ref(RequestedColumn), {
        maxItems: sheetColumnsMax,
        description: 'needed, as `headerRow` is, where no template is named',
      }),
    ),
    ...mappingChoices,
    force: Type.Optional(Force),
    regionShare: Type.Optional(RegionShare),
  },
  { $id: 'MappingRequest', additionalProperties: false },
)

export const Mapping = Type.Object(
  {
    sheet: Type.String(),
    headerRow: HeaderRow,
    columns: Type.Array(ref(MappedColumn)),
    duplicates: Duplicates,
    invalidValues: InvalidValues,
    required: RequiredFields,
    emptyValues: EmptyValues,
    trunkZero: TrunkZero,
    dateOrder: Type.Optional(DateOrder),
    footers: Footers,
    hiddenRows: HiddenRows,
    region: Region,
    force: Type.Optional(Force),
  },
  { $id: 'Mapping', additionalProperties: false },
)

/** The answer to reading or setting a mapping: with the fields that are still free, and what it is warned of. */
export const MappingAnswer = Type.Object(
  {
    ...Mapping.properties,
    unmappedFields: Type.Array(Type.String()),
    warnings: Type.Array(ref(MappingWarning), {
      description:
        'of its columns, then of the list, then of the import; judged by a part of the rows',
    }),
  },
  { $id: 'MappingAnswer', additionalProperties: false },
)

export const MappingSuggestion = Type.Object(
  {
    sheet: Type.String(),
    headerRow: HeaderRow,
    region: Region,
    regionShare: RegionShare,
    ...furtherChoices,
    columns: Type.Array(
      Type.Object(
        {
          column: Type.Integer({ minimum: 1 }),
          field: nullable(Type.String()),
          ...told,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'MappingSuggestion', additionalProperties: false },
)

export type MappedColumn = Static<typeof MappedColumn>
export type MappingRequest = Static<typeof MappingRequest>

/** A request in which nothing is left to a template. */
export type WholeMappingRequest = Omit<MappingRequest, 'template'> &
  Required<Pick<MappingRequest, 'headerRow' | 'columns'>>

export type Mapping = Static<typeof Mapping>
type FurtherChoices = Partial<Pick<Mapping, keyof typeof furtherChoices>>
export type MappingAnswer = Static<typeof MappingAnswer>
export type MappingSuggestion = Static<typeof MappingSuggestion>

/** What a mapping request says without what a suggestion told beside it: the columns that have a field. */
export function withoutDescription({ regionShare: _, columns, ...choices }: WholeMappingRequest) {
  const mapped: MappedColumn[] = columns.flatMap(({ column, field }) =>
    field === null ? [] : [{ column, field }],
  )
  return { ...choices, columns: mapped }
}

/** The choices that a mapping leaves open, or that it could not make when it was stored. */
const mappingDefaults = {
  duplicates: 'create',
  invalidValues: 'blank',
  required: [] as string[],
  emptyValues: [] as string[],
  trunkZero: 'reject',
  footers: 'skip',
  hiddenRows: 'import',
} as const satisfies Partial<Mapping>

type MappingChoice = keyof typeof mappingDefaults

/** The mapping with a choice in every place. */
export function completeMapping(
  mapping: Omit<Mapping, MappingChoice> & Partial<Pick<Mapping, MappingChoice>>,
): Mapping {
  return { ...mappingDefaults, ...mapping }
}
