/** Writes the batches of an import: its contacts and refused cells, behind the fence that is the import's own row. */

import { crashpoint } from '../../crashpoints.ts'
import type { ErrorCode, ErrorData } from '../../errors.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import { contactCopyOptions, issueCopyOptions } from '../postgres/copy-text.ts'
import {
  type Batch,
  ClaimLostError,
  FencedWriter,
  issueColumns,
  type RowRange,
  type WriterOptions,
} from './fenced-writer.ts'
import { addFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { StagedRows } from './staged-rows.ts'

export interface BatchColumn {
  readonly column: string
  readonly type: 'text' | 'date' | 'boolean' | 'numeric'
  /** the column that takes the value in lower case */
  readonly keyColumn?: string
  /** the id of the custom field that takes the value, in the column `custom` */
  readonly customId?: string
}

export interface BatchWriterOptions extends WriterOptions {
  readonly columns: readonly BatchColumn[]
}

export class BatchWriter extends FencedWriter {
  protected readonly table = { name: 'imports', key: 'id' } as const
  readonly #contacts: StagedRows
  readonly #issues: StagedRows

  constructor({ columns, ...options }: BatchWriterOptions) {
    super(options)
    const { client } = options
    this.#contacts = new StagedRows({
      client,
      into: 'contacts',
      columns,
      copyOptions: contactCopyOptions,
    })
    this.#issues = new StagedRows({
      client,
      into: 'row_issues',
      columns: issueColumns,
      copyOptions: issueCopyOptions,
    })
  }

  protected async insert(batch: Batch): Promise<void> {
    await this.stage(this.#contacts, batch.contacts, batch.created)
    await this.stage(this.#issues, batch.issues, batch.issueCount)
  }

  /** Adds the findings behind the fence, because each batch changes the same few rows of findings. */
  protected async pass(batch: Batch): Promise<void> {
    const row = await this.#passFence(batch)
    await addFindings(this.sql, this.claim, { run: 'import', findings: batch.findings })
    if (batch.progress) await recordEvent(this.sql, row, 'progress', byService)
  }

  /** In the transaction of the last batch, also for a writer whose batches repair rows of another import. */
  async complete(): Promise<void> {
    const row = await this.end<ImportRow>(
      `status = 'completed', failure_code = null, failure_data = null`,
      [],
      importColumns,
    )
    const remaining = row.rowsTotal - (row.nextRow - row.firstRow)
    if (remaining !== 0) {
      throw new Error(`import ${row.id} would complete with ${remaining} rows remaining`)
    }
    await recordEvent(this.sql, row, 'completed', byService)
    crashpoint('after-completion-before-commit', row.id)
  }

  protected async endFailed(code: ErrorCode, data: ErrorData): Promise<void> {
    const row = await this.end<ImportRow>(
      `status = 'failed', failure_code = $4, failure_data = $5`,
      [code, JSON.stringify(data)],
      importColumns,
    )
    await recordEvent(this.sql, row, 'failed', byService)
  }

  async #passFence(batch: Batch): Promise<ImportRow> {
    // Behind the fence as well, and in one trip with it: a batch that is out of turn waits for no other's key.
    const [row] = await this.sql<ImportRow>(
      `with passed as (update imports set next_row = $4, rows_created = rows_created + $5,
        rows_skipped = rows_skipped + $6, rows_rejected = rows_rejected + $7,
        rows_per_second = $8, crashes = 0, slow_tries = 0,
        lease_until = clock_timestamp() + $9 * interval '1 millisecond',
        readings = readings || coalesce($11::jsonb, '[]'),
        findings_repaired = findings_repaired + $12, findings_noted = findings_noted + $13,
        findings_blanked = findings_blanked + $14
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running' and next_row = $10
      returning ${importColumns}),
      kept as (insert into import_batches (tenant_id, import_id, first_row, next_row, skipped)
        select $1, $2, $10, $4, $15::int4multirange from passed where $10::int < $4::int)
      select * from passed`,
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
        batch.reading ? JSON.stringify(batch.reading) : null,
        batch.findingCounts.repaired,
        batch.findingCounts.noted,
        batch.findingCounts.blanked,
        multirange(batch.skippedRows),
      ],
    )
    if (!row) throw new ClaimLostError(this.claim.importId)
    return row
  }
}

/** As PostgreSQL reads an `int4multirange`. */
export function multirange(ranges: readonly RowRange[]): string {
  return `{${ranges.map(([from, behind]) => `[${from},${behind})`).join(',')}}`
}
