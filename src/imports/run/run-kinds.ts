/** How the runs of an import and of its validation differ: what they read of their import, and which sink takes the rows. */
import type { Run } from '../../contracts/run-state.ts'
import { deletionRowsPerBatch } from '../../limits.ts'
import type { RowMapper } from '../../mapping/to-contact.ts'
import {
  type ClaimedImport,
  readClaimedImport,
  readClaimedValidation,
} from '../../storage/imports/claimed-import.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import { removeEarlierIssues } from '../../storage/imports/validations.ts'
import type { RunSql } from '../../storage/postgres/sql.ts'
import { inTenantTransaction } from '../../storage/postgres/tenant-session.ts'
import type { Progress } from '../threads/progress.ts'
import { createContactSink } from './contact-sink.ts'
import { CorrectionSink } from './correction-sink.ts'
import type { RowSink } from './row-sink.ts'
import type { RunSession, RunSessions } from './run-sessions.ts'
import { sourceFingerprint } from './source-fingerprint.ts'
import { createValidationSink } from './validation-sink.ts'

interface SinkOptions {
  readonly sessions: readonly RunSession[]
  readonly claim: Claim
  /** what the rows fill */
  readonly mapper: Pick<RowMapper, 'fields' | 'fills'>
  readonly leaseMs: number
  readonly batchRowsMax: number
}

/** An import as a run of either kind sees it. */
export interface BegunRun {
  readonly row: ClaimedImport
  openSink(options: SinkOptions): RowSink
}

interface BeginOptions {
  readonly claim: Claim
  readonly progress: Progress
  readonly stopping: AbortSignal
}

/** Reads the import of the claim; undefined when the claim is no longer in force. */
type Begin = (sessions: RunSessions, options: BeginOptions) => Promise<BegunRun | undefined>

export const beginRun: Readonly<Record<Run, Begin>> = {
  async import({ sql }, { claim }) {
    const row = await readClaimedImport(sql, claim)
    return row && { row, openSink: options => openImportSink({ ...options, row }) }
  },

  async validation({ sql }, options) {
    const row = await readClaimedValidation(sql, options.claim)
    if (!row) return undefined
    await removeEarlier(sql, row.attempt, options)
    // Only the start of an import keeps a fingerprint: this one holds the stored file to the one that was uploaded.
    const begun = { ...row, sourceFingerprint: sourceFingerprint(row) }
    return { row: begun, openSink: options => createValidationSink({ ...options, row }) }
  },
}

/** Rows of an import become contacts; those of a correction repair rows of the import that it corrects. */
function openImportSink(options: SinkOptions & { readonly row: ClaimedImport }): RowSink {
  const isCorrection = options.row.kind === 'correction'
  return isCorrection ? new CorrectionSink(options) : createContactSink(options)
}

/** Removes what earlier validations of the import left, step by step. */
async function removeEarlier(
  sql: RunSql,
  attempt: number,
  { claim, progress, stopping }: BeginOptions,
): Promise<void> {
  const removal = { attempt, rowsMax: deletionRowsPerBatch }
  const step = () =>
    inTenantTransaction(sql, claim.tenantId, () => removeEarlierIssues(sql, claim, removal))
  while ((await step()) === 'more') {
    progress.note()
    stopping.throwIfAborted()
  }
}
