/** An import as callers and subscribers see it, and the bodies and answers of calls about it. */
import { type Static, Type } from 'typebox'
import { importNameCharactersMax } from '../limits.ts'
import { type ImportKind, importKinds } from './corrections.ts'
import { ImportWarning } from './import-warnings.ts'
import { HeaderRow, Mapping } from './mapping.ts'
import { Failure, FindingCounts, Progress, RowLedger } from './run-state.ts'
import { lineOfText, nullable, page, ref, Timestamp } from './schema.ts'
import {
  ColumnFinding,
  HeaderRowReason,
  ProposedHeaderRow,
  type ValueKind,
  valueKinds,
} from './sheet-description.ts'
import { Validation } from './validation.ts'

export const importStatuses = [
  'uploaded',
  'mapped',
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'deleting',
] as const

export type ImportStatus = (typeof importStatuses)[number]

export const ImportStatusSchema = Type.Unsafe<ImportStatus>({
  type: 'string',
  enum: [...importStatuses],
})

export const ImportId = Type.String({ format: 'uuid', description: 'UUIDv7 (RFC 9562)' })

export const ImportName = lineOfText(importNameCharactersMax, { examples: ['Klienci 2026'] })

export const SheetSummary = Type.Object(
  {
    name: Type.String(),
    rows: Type.Integer({ minimum: 0, description: 'number of the last row that holds a value' }),
    columns: Type.Integer({ minimum: 0, description: 'the last column that holds a value' }),
    hidden: Type.Boolean(),
    unreadable: Type.Boolean({
      description: 'the sheet is damaged, and only the others can be imported',
    }),
  },
  { $id: 'SheetSummary', additionalProperties: false },
)

export const importResults = ['all', 'some', 'none'] as const

export type ImportResult = (typeof importResults)[number]

export const Reading = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'how this release reads cells' }),
    fromRow: Type.Integer({ minimum: 1, description: 'row of the sheet with which it began' }),
  },
  { $id: 'Reading', additionalProperties: false },
)

/** An import in few words: its sheets, which may be many, and its validation are told where one import is read alone. */
const snapshotProperties = {
  id: ImportId,
  name: ImportName,
  kind: Type.Unsafe<ImportKind>({
    type: 'string',
    enum: [...importKinds],
    description:
      'correction: its rows repair rows of another import, and become contacts of that one',
  }),
  corrects: nullable(
    Type.Unsafe<string>({ ...ImportId, description: 'the import whose rows it repairs' }),
  ),
  status: ImportStatusSchema,
  file: Type.Object(
    {
      name: Type.String(),
      sizeBytes: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    },
    { additionalProperties: false },
  ),
  rows: ref(RowLedger),
  findings: ref(FindingCounts),
  progress: ref(Progress),
  failure: nullable(ref(Failure)),
  result: nullable(
    Type.Unsafe<ImportResult>({
      type: 'string',
      enum: [...importResults],
      description:
        'of a completed import, else null. all: every row became a contact · some: others were skipped or rejected · ' +
        'none: it brought in nothing',
    }),
  ),
  readings: Type.Array(ref(Reading), {
    description:
      'More than one: the import was continued by a release that reads cells in another way.',
  }),
  createdBy: Type.String(),
  createdAt: Timestamp,
  startedAt: nullable(Timestamp),
  finishedAt: nullable(Timestamp),
}

const validation = nullable(ref(Validation))

/** The data of an event: an import without its mapping and its sheets. */
export const ImportSnapshot = Type.Object(
  { ...snapshotProperties, validation },
  { $id: 'ImportSnapshot', additionalProperties: false },
)

/** The members of an import that change while its rows are imported, and its id and name. */
export const progressMembers = [
  'id',
  'name',
  'status',
  'rows',
  'findings',
  'progress',
  'startedAt',
] as const

/** The data of an event `progress`, which comes often: the members that change while rows are imported. */
export const ImportProgress = Type.Pick(ImportSnapshot, [...progressMembers], {
  $id: 'ImportProgress',
  additionalProperties: false,
})

/** The data of an event `validation-progress`, which comes often: the same members, and the validation. */
export const ValidationProgress = Type.Object(
  { ...ImportProgress.properties, validation: ref(Validation) },
  { $id: 'ValidationProgress', additionalProperties: false },
)

const mapping = nullable(ref(Mapping))

/** An import in a list of many: without its sheets. */
export const ListedImport = Type.Object(
  { ...snapshotProperties, mapping },
  { $id: 'ListedImport', additionalProperties: false },
)

/** An import read alone. */
export const Import = Type.Object(
  {
    ...snapshotProperties,
    sheets: Type.Array(ref(SheetSummary)),
    warnings: Type.Array(ref(ImportWarning), {
      description: 'what the inspection found doubtful in the workbook; nothing is refused for it',
    }),
    proposedSheet: nullable(
      Type.String({ description: 'the sheet that is meant where none is named' }),
    ),
    proposedHeaderRow: ProposedHeaderRow,
    headerRowReason: ref(HeaderRowReason),
    mapping,
    validation,
  },
  { $id: 'Import', additionalProperties: false },
)

export const ImportPage = page(ref(ListedImport), 'ImportPage')

export const ImportRename = Type.Object(
  { name: ImportName },
  { $id: 'ImportRename', additionalProperties: false },
)

const Share = Type.Number({ minimum: 0, maximum: 1 })

export const Preview = Type.Object(
  {
    sheet: Type.String(),
    headerRow: HeaderRow,
    proposedHeaderRow: ProposedHeaderRow,
    headerRowReason: ref(HeaderRowReason),
    columns: Type.Array(
      Type.Object(
        {
          column: Type.Integer({ minimum: 1 }),
          letter: Type.String({ examples: ['A'] }),
          name: Type.String({
            description:
              'header text, or a numbered name by Accept-Language; names in two rows are joined: Adres – Ulica',
          }),
          filled: nullable(Share),
          distinct: nullable(
            Type.Integer({
              minimum: 0,
              description: 'values that differ, among the rows looked at',
            }),
          ),
          kind: nullable(
            Type.Object(
              {
                code: Type.Unsafe<ValueKind>({ type: 'string', enum: [...valueKinds] }),
                share: Share,
              },
              { additionalProperties: false, description: 'what most values of the column are' },
            ),
          ),
          findings: Type.Array(ref(ColumnFinding)),
        },
        { additionalProperties: false },
      ),
    ),
    rows: Type.Array(Type.Array(nullable(Type.String()))),
  },
  { $id: 'Preview', additionalProperties: false },
)

export const RowIssueItem = Type.Object(
  {
    row: Type.Integer({ minimum: 1, description: 'row of the sheet' }),
    column: Type.Integer({ minimum: 1 }),
    cell: Type.String({ examples: ['C17'] }),
    field: Type.String(),
    code: Type.String({ examples: ['phone-invalid'] }),
    outcome: Type.Unsafe<'blanked' | 'rejected'>({
      type: 'string',
      enum: ['blanked', 'rejected'],
      description: 'blanked: the row came in without the value · rejected: it did not come in',
    }),
    value: Type.String({ description: 'text of the cell, shortened' }),
    message: Type.String({ description: 'in the language of Accept-Language' }),
  },
  { $id: 'RowIssue', additionalProperties: false },
)

export const RowIssuePage = page(ref(RowIssueItem), 'RowIssuePage')

export type Import = Static<typeof Import>
export type ListedImport = Static<typeof ListedImport>
export type ImportSnapshot = Static<typeof ImportSnapshot>
export type ImportProgress = Static<typeof ImportProgress>
export type ValidationProgress = Static<typeof ValidationProgress>
export type ImportPage = Static<typeof ImportPage>
export type SheetSummary = Static<typeof SheetSummary>
export type Reading = Static<typeof Reading>
export type Preview = Static<typeof Preview>
export type RowIssueItem = Static<typeof RowIssueItem>
export type RowIssuePage = Static<typeof RowIssuePage>
