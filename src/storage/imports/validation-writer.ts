/**
 * Writes the batches of a validation: refused cells and counts, no contact. The fence is the validation's row; the row
 * of the import is locked for events alone.
 */
import { crashpoint } from '../../crashpoints.ts'
import type { ErrorCode, ErrorData } from '../../errors.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import { issueCopyOptions } from '../postgres/copy-text.ts'
import {
  type Batch,
  ClaimLostError,
  FencedWriter,
  issueColumns,
  type WriterOptions,
} from './fenced-writer.ts'
import { addFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { StagedRows } from './staged-rows.ts'

export interface ValidationWriterOptions extends WriterOptions {
  /** which validation of the import it is */
  readonly attempt: number
}

export class ValidationWriter extends FencedWriter {
  protected readonly table = { name: 'validations', key: 'import_id' } as const
  readonly #issues: StagedRows

  constructor({ attempt, ...options }: ValidationWriterOptions) {
    super(options)
    this.#issues = new StagedRows({
      client: options.client,
      into: 'validation_issues',
      attempt,
      columns: issueColumns,
      copyOptions: issueCopyOptions,
    })
  }

  protected insert(batch: Batch): Promise<void> {
    return this.stage(this.#issues, batch.issues, batch.issueCount)
  }

  protected async pass(batch: Batch): Promise<void> {
    const tells = batch.progress || batch.completes
    if (tells) await this.#lockImport()
    await this.#passFence(batch)
    await addFindings(this.sql, this.claim, { run: 'validation', findings: batch.findings })
    if (batch.progress) {
      await recordEvent(this.sql, await this.#readImport(), 'validation-progress', byService)
    }
  }

  protected async complete(): Promise<void> {
    const { remaining } = await this.end<{ remaining: number }>(
      `status = 'completed', failure_code = null, failure_data = null`,
      [],
      'rows_total - (next_row - first_row) as remaining',
    )
    if (remaining !== 0) {
      const { importId } = this.claim
      throw new Error(
        `the validation of ${importId} would complete with ${remaining} rows remaining`,
      )
    }
    await recordEvent(this.sql, await this.#readImport(), 'validation-completed', byService)
    crashpoint('after-completion-before-commit', this.claim.importId)
  }

  protected async endFailed(code: ErrorCode, data: ErrorData): Promise<void> {
    await this.#lockImport()
    await this.end(
      `status = 'failed', failure_code = $4, failure_data = $5`,
      [code, JSON.stringify(data)],
      'import_id',
    )
    await recordEvent(this.sql, await this.#readImport(), 'validation-failed', byService)
  }

  async #passFence(batch: Batch): Promise<void> {
    const passed = await this.sql(
      `update validations set next_row = $4, rows_created = rows_created + $5,
        rows_skipped = rows_skipped + $6, rows_rejected = rows_rejected + $7,
        rows_per_second = $8, crashes = 0, slow_tries = 0,
        lease_until = clock_timestamp() + $9 * interval '1 millisecond',
        findings_repaired = findings_repaired + $11, findings_noted = findings_noted + $12,
        findings_blanked = findings_blanked + $13
      where tenant_id = $1 and import_id = $2 and epoch = $3 and status = 'running' and next_row = $10
      returning 1`,
      [
        this.claim.tenantId,
        this.claim.importId,
        this.claim.epoch,
        batch.nextRow,
        batch.created,
        batch.skipped,
        batch.rejected,
        batch.rowsPerSecond,
        this.leaseMs,
        batch.fromRow,
        batch.findingCounts.repaired,
        batch.findingCounts.noted,
        batch.findingCounts.blanked,
      ],
    )
    if (passed.length !== 1) throw new ClaimLostError(this.claim.importId)
  }

  /** Before the row of the validation, as everybody does: a caller who holds the import may wait for this validation. */
  async #lockImport(): Promise<void> {
    await this.sql('select from imports where tenant_id = $1 and id = $2 for update', [
      this.claim.tenantId,
      this.claim.importId,
    ])
  }

  async #readImport(): Promise<ImportRow> {
    const [row] = await this.sql<ImportRow>(
      `select ${importColumns} from imports where tenant_id = $1 and id = $2`,
      [this.claim.tenantId, this.claim.importId],
    )
    if (!row) throw new ClaimLostError(this.claim.importId)
    return row
  }
}
