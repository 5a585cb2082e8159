/**
 * Writes the batches of a correction: each repairs rows of the original and keeps what became of the correction's own
 * rows, in one transaction behind the fence of the correction's claim. So a row is repaired and counted once, whatever
 * dies in between.
 */
import type { RepairRefusal } from '../../contracts/corrections.ts'
import type { Finding } from '../../contracts/findings.ts'
import type { Reading } from '../../contracts/import.ts'
import type { FindingCounts } from '../../contracts/run-state.ts'
import { crashpoint } from '../../crashpoints.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import { isStatementTimeout } from '../postgres/faults.ts'
import { type RunSql, sqlOn } from '../postgres/sql.ts'
import { inTenantTransaction } from '../postgres/tenant-session.ts'
import { BatchWriter, type BatchWriterOptions, multirange } from './batch-writer.ts'
import { ClaimLostError, type RowRange, SlowBatchError } from './fenced-writer.ts'
import { addFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import {
  type IssueAt,
  insertIssues,
  type RepairOutcome,
  type RepairRequest,
  type RowRepair,
  repairRows,
} from './repair-rows.ts'

/** A row of a correction that is no issue of it. */
export interface CorrectionRow {
  readonly row: number
  /** the row of the original that it names; null: none that can be one */
  readonly original: number | null
  readonly outcome: 'created' | 'updated' | 'skipped'
  readonly code: RepairRefusal | null
}

/** What became of the rows of a batch, and what is counted of it. */
export interface CorrectionAccount {
  readonly created: number
  readonly updated: number
  readonly skipped: number
  readonly rejected: number
  /** in ascending order */
  readonly skippedRows: readonly RowRange[]
  readonly rows: readonly CorrectionRow[]
  readonly issues: readonly IssueAt[]
  readonly findings: readonly Finding[]
  readonly findingCounts: FindingCounts
}

/** Rows of the correction from `fromRow` up to, but without, `nextRow`. */
export interface CorrectionBatch {
  readonly fromRow: number
  readonly nextRow: number
  readonly repairs: readonly RowRepair[]
  /** Accounts for all rows of the batch by the outcomes of its repairs. */
  readonly account: (outcomes: readonly RepairOutcome[]) => CorrectionAccount
  /** the version of the reading; present only when the batch before had another one */
  readonly reading?: Reading
  readonly rowsPerSecond: number | null
  readonly progress: boolean
  readonly completes: boolean
}

export interface CorrectionWriterOptions extends BatchWriterOptions {
  readonly originalId: string
  readonly repair: Pick<RepairRequest, 'actor' | 'fills' | 'cellAddress'>
}

/** Writes one batch at a time. */
export class CorrectionWriter {
  readonly #options: CorrectionWriterOptions
  readonly #sql: RunSql
  /** ends the run, and notes batches that were too slow */
  readonly #run: BatchWriter

  constructor(options: CorrectionWriterOptions) {
    this.#options = options
    this.#sql = sqlOn(options.client)
    this.#run = new BatchWriter(options)
  }

  /**
   * Commits a batch, and gives the milliseconds that PostgreSQL took. Throws `ClaimLostError`, `OriginalMovingError` or
   * `SlowBatchError`, and then writes nothing.
   */
  async write(batch: CorrectionBatch): Promise<number> {
    const { claim, ready } = this.#options
    const begun = performance.now()
    try {
      await ready
      await inTenantTransaction(this.#sql, claim.tenantId, () => this.#write(batch))
    } catch (error) {
      if (!isStatementTimeout(error)) throw error
      throw new SlowBatchError(claim.importId, batch.repairs.length, error)
    }
    crashpoint('after-batch-commit', claim.importId)
    return performance.now() - begun
  }

  /** As `BatchWriter.fail`. */
  get fail(): BatchWriter['fail'] {
    return this.#run.fail.bind(this.#run)
  }

  /** As `BatchWriter.noteSlowBatch`. */
  get noteSlowBatch(): BatchWriter['noteSlowBatch'] {
    return this.#run.noteSlowBatch.bind(this.#run)
  }

  async #write(batch: CorrectionBatch): Promise<void> {
    const { claim, columns, originalId, repair } = this.#options
    const { tenantId, importId } = claim
    await repairRows(this.#sql, {
      ...repair,
      tenantId,
      importId: originalId,
      correctionId: importId,
      columns,
      rows: batch.repairs,
      fence: async outcomes => {
        crashpoint('after-repair-before-fence', importId)
        await this.#keep(batch, batch.account(outcomes))
      },
    })
    crashpoint('after-fence-before-commit', importId)
    if (batch.completes) await this.#run.complete()
  }

  async #keep(batch: CorrectionBatch, account: CorrectionAccount): Promise<void> {
    const { claim } = this.#options
    const row = await this.#passFence(batch, account)
    await insertIssues(this.#sql, claim, account.issues)
    await addFindings(this.#sql, claim, { run: 'import', findings: account.findings })
    if (batch.progress) await recordEvent(this.#sql, row, 'progress', byService)
  }

  async #passFence(batch: CorrectionBatch, account: CorrectionAccount): Promise<ImportRow> {
    const { tenantId, importId, epoch } = this.#options.claim
    const [row] = await this.#sql<ImportRow>(
      `with passed as (update imports set next_row = $4, rows_created = rows_created + $5,
        rows_updated = rows_updated + $6, rows_skipped = rows_skipped + $7, rows_rejected = rows_rejected + $8,
        rows_per_second = $9, crashes = 0, slow_tries = 0,
        lease_until = clock_timestamp() + $10 * interval '1 millisecond',
        readings = readings || coalesce($12::jsonb, '[]'),
        findings_repaired = findings_repaired + $13, findings_noted = findings_noted + $14,
        findings_blanked = findings_blanked + $15
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running' and next_row = $11
      returning ${importColumns}),
      kept as (insert into import_batches (tenant_id, import_id, first_row, next_row, skipped)
        select $1, $2, $11, $4, $16::int4multirange from passed where $11::int < $4::int),
      accounted as (
        insert into correction_rows (tenant_id, import_id, row_number, original_row, outcome, code)
        select $1, $2, own.row, own.original, own.outcome, own.code
        from passed, jsonb_to_recordset($17::jsonb) as own (row int, original int, outcome text, code text))
      select * from passed`,
      [
        tenantId,
        importId,
        epoch,
        batch.nextRow,
        account.created,
        account.updated,
        account.skipped,
        account.rejected,
        batch.rowsPerSecond,
        this.#options.leaseMs,
        batch.fromRow,
        batch.reading ? JSON.stringify(batch.reading) : null,
        account.findingCounts.repaired,
        account.findingCounts.noted,
        account.findingCounts.blanked,
        multirange(account.skippedRows),
        JSON.stringify(account.rows),
      ],
    )
    if (!row) throw new ClaimLostError(importId)
    return row
  }
}
