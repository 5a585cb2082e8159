/**
 * Writes the batches of one claimed import: one transaction each, fenced by the claim's epoch, so that a
 * worker that lost its lease or whose import was cancelled writes nothing. ORM objects never come here.
 */
import type pg from 'pg'
import type { Finding } from '../../contracts/findings.ts'
import type { FindingCounts, Reading } from '../../contracts/import.ts'
import { crashpoint } from '../../crashpoints.ts'
import type { ErrorCode, ErrorData } from '../../errors.ts'
import { slowBatchDivisor } from '../../limits.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import { contactCopyOptions, issueCopyOptions } from '../postgres/copy-text.ts'
import { isStatementTimeout } from '../postgres/faults.ts'
import { type RunSql, sqlOn } from '../postgres/sql.ts'
import { inTenantTransaction } from '../postgres/tenant-session.ts'
import { addFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import type { Claim } from './queue.ts'
import { StagedRows } from './staged-rows.ts'

/** The claim is no longer in force: the import was cancelled, is being deleted, or has another worker. */
export class ClaimLostError extends Error {
  constructor(importId: string) {
    super(`the claim on import ${importId} is lost`)
    this.name = 'ClaimLostError'
  }
}

/** PostgreSQL did not write the `rows` rows of a batch within the lease. */
export class SlowBatchError extends Error {
  readonly rows: number

  constructor(importId: string, rows: number, cause: unknown) {
    super(`import ${importId}: PostgreSQL did not take ${rows} rows within the lease`, { cause })
    this.name = 'SlowBatchError'
    this.rows = rows
  }
}

/** Rows of a sheet from the first number up to, but without, the second. */
export type RowRange = readonly [from: number, behind: number]

/** Rows from `fromRow` up to, but without, `nextRow`. */
export interface Batch {
  readonly fromRow: number
  readonly nextRow: number
  readonly created: number
  readonly skipped: number
  readonly rejected: number
  /** those that are skipped, in ascending order */
  readonly skippedRows: readonly RowRange[]
  /** COPY text in pieces: a line for each created contact */
  readonly contacts: readonly Buffer[]
  /** COPY text in pieces: a line for each refused cell, in the order of `issueColumns` */
  readonly issues: readonly Buffer[]
  readonly issueCount: number
  readonly findings: readonly Finding[]
  readonly findingCounts: FindingCounts
  /** the version of the reading; present only when the batch before had another one */
  readonly reading?: Reading
  readonly rowsPerSecond: number | null
  /** whether a progress event is due */
  readonly progress: boolean
  /** Whether the import is completed with it. */
  readonly completes: boolean
}

export interface BatchColumn {
  readonly column: string
  readonly type: 'text' | 'date' | 'boolean' | 'numeric'
  /** the column that takes the value in lower case */
  readonly keyColumn?: string
  /** the id of the custom field that takes the value, in the column `custom` */
  readonly customId?: string
}

/** The columns of a line of issues, behind the number of the row. */
const issueColumns = [
  { column: 'column_number', type: 'int' },
  { column: 'field', type: 'text' },
  { column: 'code', type: 'text' },
  { column: 'outcome', type: 'text' },
  { column: 'value', type: 'text' },
] as const

export interface BatchWriterOptions {
  readonly client: pg.Client
  /** Resolves once the client is connected. */
  readonly ready: Promise<unknown>
  readonly claim: Claim
  readonly columns: readonly BatchColumn[]
  readonly leaseMs: number
}

/** Writes one batch at a time on one session; two writers take turns on the same import. */
export class BatchWriter {
  readonly #ready: Promise<unknown>
  readonly #sql: RunSql
  readonly #claim: Claim
  readonly #leaseMs: number
  readonly #contacts: StagedRows
  readonly #issues: StagedRows
  #busy = false

  constructor({ client, ready, claim, columns, leaseMs }: BatchWriterOptions) {
    this.#ready = ready
    this.#sql = sqlOn(client)
    this.#claim = claim
    this.#leaseMs = leaseMs
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

  /**
   * Commits a batch once `previous` is committed, and gives the milliseconds that PostgreSQL took for it. Throws
   * `ClaimLostError` or `SlowBatchError`, and then writes nothing. It inserts the rows first and passes the fence last.
   * So two batches of an import are inserted side by side, and the import's row is locked only for the moment of their
   * commits, which follow one another. It adds the findings behind the fence, because each batch changes the same few
   * rows of findings. A batch that completes the import fails, and changes nothing, when a row is unaccounted for.
   */
  async write(batch: Batch, previous: Promise<unknown>): Promise<number> {
    try {
      return await this.#write(batch, previous)
    } catch (error) {
      if (!isStatementTimeout(error)) throw error
      throw new SlowBatchError(this.#claim.importId, batch.created + batch.rejected, error)
    }
  }

  async #write(batch: Batch, previous: Promise<unknown>): Promise<number> {
    const { importId } = this.#claim
    const begun = performance.now()
    let waitedMs = 0
    await this.#inTransaction(async () => {
      if (batch.created > 0) await this.#insert(this.#contacts, batch.contacts, batch.created)
      if (batch.issueCount > 0) await this.#insert(this.#issues, batch.issues, batch.issueCount)
      crashpoint('after-insert-before-fence', importId)
      const inserted = performance.now()
      await previous
      waitedMs = performance.now() - inserted
      const row = await this.#passFence(batch)
      await addFindings(this.#sql, this.#claim, batch.findings)
      if (batch.progress) await recordEvent(this.#sql, row, 'progress', byService)
      crashpoint('after-fence-before-commit', importId)
      if (batch.completes) await this.#complete()
    })
    crashpoint('after-batch-commit', importId)
    return performance.now() - begun - waitedMs
  }

  /** Ends the import as failed, with the code and the data of its error. Throws `ClaimLostError` when the claim is lost. */
  async fail(code: ErrorCode, data: ErrorData): Promise<void> {
    const change = `status = 'failed', failure_code = $4, failure_data = $5`
    await this.#inTransaction(async () => {
      const row = await this.#end(change, [code, JSON.stringify(data)])
      await recordEvent(this.#sql, row, 'failed', byService)
    })
  }

  /**
   * Notes that `rows` rows were too many for one batch, so that the next run begins with a part of them. Gives how many
   * runs in a row could not write even one row. Throws `ClaimLostError` when the claim is lost.
   */
  async noteSlowBatch(rows: number): Promise<number> {
    let tries = 0
    await this.#inTransaction(async () => {
      const [row] = await this.#sql<{ slowTries: number }>(
        `update imports set batch_rows = $4, slow_tries = slow_tries + $5
        where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'
        returning slow_tries as "slowTries"`,
        [
          this.#claim.tenantId,
          this.#claim.importId,
          this.#claim.epoch,
          Math.max(1, Math.floor(rows / slowBatchDivisor)),
          rows <= 1 ? 1 : 0,
        ],
      )
      if (!row) throw new ClaimLostError(this.#claim.importId)
      tries = row.slowTries
    })
    return tries
  }

  async #complete(): Promise<void> {
    const row = await this.#end(
      `status = 'completed', failure_code = null, failure_data = null`,
      [],
    )
    const remaining = row.rowsTotal - (row.nextRow - row.firstRow)
    if (remaining !== 0) {
      throw new Error(`import ${row.id} would complete with ${remaining} rows remaining`)
    }
    await recordEvent(this.#sql, row, 'completed', byService)
    crashpoint('after-completion-before-commit', row.id)
  }

  async #end(change: string, values: unknown[]): Promise<ImportRow> {
    const [row] = await this.#sql<ImportRow>(
      `update imports set ${change}, owner = null, lease_until = null, crashes = 0, slow_tries = 0,
        finished_at = clock_timestamp()
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'
      returning ${importColumns}`,
      [this.#claim.tenantId, this.#claim.importId, this.#claim.epoch, ...values],
    )
    if (!row) throw new ClaimLostError(this.#claim.importId)
    return row
  }

  async #passFence(batch: Batch): Promise<ImportRow> {
    // Behind the fence as well, and in one trip with it: a batch that is out of turn waits for no other's key.
    const [row] = await this.#sql<ImportRow>(
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
        this.#claim.tenantId,
        this.#claim.importId,
        this.#claim.epoch,
        batch.nextRow,
        batch.created,
        batch.skipped,
        batch.rejected,
        batch.rowsPerSecond,
        this.#leaseMs,
        batch.fromRow,
        batch.reading ? JSON.stringify(batch.reading) : null,
        batch.findingCounts.repaired,
        batch.findingCounts.noted,
        batch.findingCounts.blanked,
        multirange(batch.skippedRows),
      ],
    )
    if (!row) throw new ClaimLostError(this.#claim.importId)
    return row
  }

  async #insert(rows: StagedRows, lines: readonly Buffer[], count: number): Promise<void> {
    await rows.copy(lines)
    crashpoint('after-copy-before-insert', this.#claim.importId)
    await rows.insert(this.#claim, count)
  }

  /** Runs one transaction at a time: two on one connection would commit each other's half. */
  async #inTransaction(work: () => Promise<void>): Promise<void> {
    if (this.#busy)
      throw new Error(`import ${this.#claim.importId}: a batch is still being written`)
    this.#busy = true
    try {
      await this.#ready
      await inTenantTransaction(this.#sql, this.#claim.tenantId, work)
    } finally {
      this.#busy = false
    }
  }
}

/** As PostgreSQL reads an `int4multirange`. */
function multirange(ranges: readonly RowRange[]): string {
  return `{${ranges.map(([from, behind]) => `[${from},${behind})`).join(',')}}`
}
