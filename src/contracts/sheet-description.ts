/**
 * What the inspection of an upload finds out about a sheet: the row that holds the names of its columns, and what
 * each column holds. The texts of the reasons stand here, too.
 */
import { type Static, Type } from 'typebox'
import type { Locale } from '../errors.ts'
import { nullable } from './schema.ts'

/** Kinds of values that a column may hold; a later one is less sure than those before it. */
export const valueKinds = [
  'email',
  'phone',
  'date',
  'national-id',
  'tax-id',
  'postal-code',
  'gender',
  'country',
  'full-name',
  'given-name',
  'surname',
  'city',
  'number',
  'prose',
] as const

export type ValueKind = (typeof valueKinds)[number]

/** Shares are between 0 and 1, of the cells that hold a value, rounded to hundredths; those of nothing are left out. */
export interface ColumnProfile {
  /** 1-based. */
  readonly column: number
  /** Share of the rows of the sample that hold a value here. */
  readonly filled: number
  /** Cells of the sample that hold a value, and how many of them differ. */
  readonly values: number
  readonly distinct: number
  readonly kinds: Readonly<Partial<Record<ValueKind, number>>>
  /** Phone numbers by the region that has them. */
  readonly regions?: Readonly<Record<string, number>>
  /** Digits as of a phone number, an at sign: readable or not. */
  readonly likePhone?: number
  readonly likeEmail?: number
  /** Texts of the form of a postal code, by region. */
  readonly postalRegions?: Readonly<Record<string, number>>
  /** Names and towns, by language. */
  readonly languages?: Readonly<Record<string, number>>
}

export interface DescribedColumn extends ColumnProfile {
  readonly findings?: readonly ColumnFinding[]
}

export const ColumnFinding = Type.Object(
  {
    code: Type.String({ examples: ['phone-invalid'] }),
    count: Type.Integer({ minimum: 1, description: 'cells among the rows that were looked at' }),
    example: Type.Object(
      { cell: Type.String({ examples: ['C17'] }), value: Type.String() },
      { additionalProperties: false },
    ),
  },
  {
    $id: 'ColumnFinding',
    additionalProperties: false,
    description: 'What an import would say of cells of the column, by the kind of its values.',
  },
)

export type ColumnFinding = Static<typeof ColumnFinding>

const reasonTexts = {
  table: {
    en: 'A table of the workbook begins with this row.',
    pl: 'Od tego wiersza zaczyna się tabela skoroszytu.',
  },
  filter: {
    en: 'The filter of the sheet begins with this row.',
    pl: 'Od tego wiersza zaczyna się filtr arkusza.',
  },
  'known-names': {
    en: 'The row holds names of columns that are known.',
    pl: 'Wiersz zawiera znane nazwy kolumn.',
  },
  'texts-over-values': {
    en: 'The row holds texts, and the rows below it hold values.',
    pl: 'Wiersz zawiera teksty, a wiersze pod nim wartości.',
  },
  'first-row-person': {
    en: 'The first row looks like a person: the sheet has no row of column names.',
    pl: 'Pierwszy wiersz wygląda na osobę: arkusz nie ma wiersza z nazwami kolumn.',
  },
  assumed: {
    en: 'Nothing tells where the names of the columns stand. The first row of the list is assumed to hold them.',
    pl: 'Nic nie wskazuje, gdzie są nazwy kolumn. Przyjęto, że w pierwszym wierszu listy.',
  },
  empty: {
    en: 'The first rows of the sheet are empty.',
    pl: 'Pierwsze wiersze arkusza są puste.',
  },
} as const satisfies Record<string, Readonly<Record<Locale, string>>>

export type HeaderRowReasonCode = keyof typeof reasonTexts

export const headerRowReasonCodes = Object.freeze(
  Object.keys(reasonTexts),
) as readonly HeaderRowReasonCode[]

export const HeaderRowReason = Type.Object(
  {
    code: Type.Unsafe<HeaderRowReasonCode>({ type: 'string', enum: [...headerRowReasonCodes] }),
    message: Type.String({ description: 'in the language of Accept-Language' }),
  },
  { $id: 'HeaderRowReason', additionalProperties: false },
)

export type HeaderRowReason = Static<typeof HeaderRowReason>

export const ProposedHeaderRow = nullable(
  Type.Integer({
    minimum: 1,
    description: 'the row of the sheet that probably holds column names; null: no row does',
  }),
)

export interface HeaderRowProposal {
  /** Row of the sheet, 1-based; null where no row holds names. */
  readonly row: number | null
  readonly reason: HeaderRowReasonCode
}

export function headerRowReason(code: HeaderRowReasonCode, locale: Locale): HeaderRowReason {
  return { code, message: reasonTexts[code][locale] }
}
