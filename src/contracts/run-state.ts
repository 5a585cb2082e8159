/** The state of a run, of an import or of its validation: ledger of rows, counts of cells, progress, failure. */
import { type Static, Type } from 'typebox'
import { Reason } from './problem.ts'
import { nullable } from './schema.ts'

/** Whose rows are meant: those of the import, or those of its validation, which writes no contact. */
export const runs = ['import', 'validation'] as const

export type Run = (typeof runs)[number]

const Count = Type.Integer({ minimum: 0 })

export const RowLedger = Type.Object(
  {
    total: Type.Integer({
      minimum: 0,
      description: 'data rows: all rows behind the header row but empty trailing ones',
    }),
    processed: Type.Integer({ minimum: 0, description: 'total - remaining' }),
    created: Count,
    updated: Type.Integer({
      minimum: 0,
      description: 'of a correction: rows whose contact got missing values',
    }),
    skipped: Type.Integer({
      minimum: 0,
      description: 'rows without any mapped value; of a correction, also rows that repair nothing',
    }),
    rejected: Type.Integer({
      minimum: 0,
      description: 'rows with an invalid value, listed as issues',
    }),
    remaining: Count,
  },
  { $id: 'RowLedger', additionalProperties: false },
)

export const FindingCounts = Type.Object(
  {
    repaired: Type.Integer({ minimum: 0, description: 'something certain was dropped or added' }),
    noted: Type.Integer({ minimum: 0, description: 'taken as they are, and doubtful' }),
    blanked: Type.Integer({ minimum: 0, description: 'refused; their rows came in without them' }),
  },
  { $id: 'FindingCounts', additionalProperties: false, description: 'Cells by their outcome.' },
)

export const Progress = Type.Object(
  {
    percent: Type.Number({ minimum: 0, maximum: 100, description: '100 only when completed' }),
    rowsPerSecond: nullable(Type.Number({ minimum: 0, description: 'over the last few seconds' })),
    etaSeconds: nullable(Type.Number({ minimum: 0 })),
    queuePosition: nullable(Type.Integer({ minimum: 1, description: '1 = next to run' })),
  },
  { $id: 'Progress', additionalProperties: false },
)

export const Failure = Type.Object(
  { code: Type.String(), detail: Type.String(), reason: Type.Optional(Reason) },
  { $id: 'Failure', additionalProperties: false },
)

export type RowLedger = Static<typeof RowLedger>
export type FindingCounts = Static<typeof FindingCounts>
export type Progress = Static<typeof Progress>
export type Failure = Static<typeof Failure>
