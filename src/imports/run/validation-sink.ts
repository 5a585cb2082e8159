/** The sink that validates: rows are counted, and their refused cells and findings kept; no row becomes a contact. */
import { validationBatches } from '../../limits.ts'
import type { ClaimedValidation } from '../../storage/imports/claimed-import.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import { ValidationWriter } from '../../storage/imports/validation-writer.ts'
import { BatchBuilder } from './batch-builder.ts'
import { BatchSink } from './batch-sink.ts'
import type { RowSink } from './row-sink.ts'
import type { RunSession } from './run-sessions.ts'

export interface ValidationSinkOptions {
  /** The caller closes them. */
  readonly sessions: readonly RunSession[]
  readonly claim: Claim
  readonly row: Pick<ClaimedValidation, 'nextRow' | 'batchRows' | 'attempt'>
  readonly leaseMs: number
  readonly batchRowsMax: number
}

export function createValidationSink(options: ValidationSinkOptions): RowSink {
  const { sessions, claim, row, leaseMs, batchRowsMax } = options
  const { attempt } = row
  return new BatchSink({
    writers: sessions.map(session => new ValidationWriter({ ...session, claim, leaseMs, attempt })),
    builder: new BatchBuilder(row.nextRow, { keepsContacts: false }),
    batchRows: row.batchRows,
    batchRowsMax: batchRowsMax * validationBatches,
    leaseMs,
  })
}
