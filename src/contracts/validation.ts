/** The validation of an import: what a start would bring in, found out before. */
import { type Static, Type } from 'typebox'
import { Failure, FindingCounts, Progress, RowLedger } from './run-state.ts'
import { nullable, ref, Timestamp } from './schema.ts'

export const validationStatuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

export type ValidationStatus = (typeof validationStatuses)[number]

export const Validation = Type.Object(
  {
    status: Type.Unsafe<ValidationStatus>({ type: 'string', enum: [...validationStatuses] }),
    rows: ref(RowLedger),
    findings: ref(FindingCounts),
    progress: ref(Progress),
    failure: nullable(ref(Failure)),
    startedAt: nullable(Timestamp),
    finishedAt: nullable(Timestamp),
    stale: Type.Boolean({
      description: 'the import has another mapping than the one that was tried',
    }),
  },
  {
    $id: 'Validation',
    additionalProperties: false,
    description:
      'A run that reads and maps all rows and writes no contact: `rows` is the ledger that a start would give.',
  },
)

export type Validation = Static<typeof Validation>
