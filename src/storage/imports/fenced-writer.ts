/**
 * Writes the batches of one claimed run: one transaction each, fenced by the claim's epoch, so that a worker that lost its
 * lease or whose run was cancelled writes nothing. Its heirs say what a batch writes and which row is the fence. ORM
 * objects never come here.
 */
import type pg from 'pg'
import type { Finding } from '../../contracts/findings.ts'
import type { Reading } from '../../contracts/import.ts'
import type { FindingCounts } from '../../contracts/run-state.ts'
import { crashpoint } from '../../crashpoints.ts'
import type { ErrorCode, ErrorData } from '../../errors.ts'
import { slowBatchDivisor } from '../../limits.ts'
import { isStatementTimeout } from '../postgres/faults.ts'
import { type RunSql, sqlOn } from '../postgres/sql.ts'
import { inTenantTransaction } from '../postgres/tenant-session.ts'
import type { Claim } from './queue.ts'
import type { StagedColumn } from './staged-columns.ts'
import type { StagedRows } from './staged-rows.ts'

/** The claim is no longer in force: the run was cancelled, its import is being deleted, or it has another worker. */
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

/** The columns of a line of issues, behind the number of the row. */
export const issueColumns: readonly StagedColumn[] = [
  { column: 'column_number', type: 'int' },
  { column: 'field', type: 'text' },
  { column: 'code', type: 'text' },
  { column: 'outcome', type: 'text' },
  { column: 'value', type: 'text' },
]

export interface WriterOptions {
  readonly client: pg.Client
  /** Resolves once the client is connected. */
  readonly ready: Promise<unknown>
  readonly claim: Claim
  readonly leaseMs: number
}

/** The table whose row a run is, and the column of that table which holds the id of the import. */
interface RunTable {
  readonly name: 'imports' | 'validations'
  readonly key: 'id' | 'import_id'
}

/** Writes one batch at a time on one session; two writers take turns on the same run. */
export abstract class FencedWriter {
  protected readonly sql: RunSql
  protected readonly claim: Claim
  protected readonly leaseMs: number
  protected abstract readonly table: RunTable
  readonly #ready: Promise<unknown>
  #busy = false

  constructor({ client, ready, claim, leaseMs }: WriterOptions) {
    this.#ready = ready
    this.sql = sqlOn(client)
    this.claim = claim
    this.leaseMs = leaseMs
  }

  /**
   * Commits a batch once `previous` is committed, and gives the milliseconds that PostgreSQL took for it. Throws
   * `ClaimLostError` or `SlowBatchError`, and then writes nothing. It inserts the rows first and passes the fence last.
   * So two batches of a run are inserted side by side, and the run's row is locked only for the moment of their
   * commits, which follow one another. A batch that completes the run fails, and changes nothing, when a row is
   * unaccounted for.
   */
  async write(batch: Batch, previous: Promise<unknown>): Promise<number> {
    try {
      return await this.#write(batch, previous)
    } catch (error) {
      if (!isStatementTimeout(error)) throw error
      throw new SlowBatchError(this.claim.importId, batch.created + batch.rejected, error)
    }
  }

  async #write(batch: Batch, previous: Promise<unknown>): Promise<number> {
    const { importId } = this.claim
    const begun = performance.now()
    let waitedMs = 0
    await this.inTransaction(async () => {
      await this.insert(batch)
      crashpoint('after-insert-before-fence', importId)
      const inserted = performance.now()
      await previous
      waitedMs = performance.now() - inserted
      await this.pass(batch)
      crashpoint('after-fence-before-commit', importId)
      if (batch.completes) await this.complete()
    })
    crashpoint('after-batch-commit', importId)
    return performance.now() - begun - waitedMs
  }

  /** Ends the run as failed, with the code and the data of its error. Throws `ClaimLostError` when the claim is lost. */
  async fail(code: ErrorCode, data: ErrorData): Promise<void> {
    await this.inTransaction(() => this.endFailed(code, data))
  }

  /**
   * Notes that `rows` rows were too many for one batch, so that the next run begins with a part of them. Gives how many
   * runs in a row could not write even one row. Throws `ClaimLostError` when the claim is lost.
   */
  async noteSlowBatch(rows: number): Promise<number> {
    let tries = 0
    await this.inTransaction(async () => {
      const smaller = Math.max(1, Math.floor(rows / slowBatchDivisor))
      const { slowTries } = await this.change<{ slowTries: number }>(
        'batch_rows = $4, slow_tries = slow_tries + $5',
        [smaller, rows <= 1 ? 1 : 0],
        'slow_tries as "slowTries"',
      )
      tries = slowTries
    })
    return tries
  }

  /** Inserts the rows of the batch, while the one before it may still be on its way. */
  protected abstract insert(batch: Batch): Promise<void>

  /** Passes the fence and writes what comes behind it. Throws `ClaimLostError` when the fence is closed. */
  protected abstract pass(batch: Batch): Promise<void>

  /** Ends the run as completed. Throws when rows remain. */
  protected abstract complete(): Promise<void>

  protected abstract endFailed(code: ErrorCode, data: ErrorData): Promise<void>

  /** Inserts staged lines. */
  protected async stage(rows: StagedRows, lines: readonly Buffer[], count: number): Promise<void> {
    if (count === 0) return
    await rows.copy(lines)
    crashpoint('after-copy-before-insert', this.claim.importId)
    await rows.insert(this.claim, count)
  }

  /** Ends the run by these changes of its row; gives the columns. Throws `ClaimLostError` when the claim is lost. */
  protected end<Row>(change: string, values: readonly unknown[], returning: string): Promise<Row> {
    const free = `owner = null, lease_until = null, crashes = 0, slow_tries = 0,
      finished_at = clock_timestamp()`
    return this.change<Row>(`${change}, ${free}`, values, returning)
  }

  /** Changes the row of the run under the claim; `values` are $4 and on. Throws `ClaimLostError` when the claim is lost. */
  protected async change<Row>(
    change: string,
    values: readonly unknown[],
    returning: string,
  ): Promise<Row> {
    const { name, key } = this.table
    const { tenantId, importId, epoch } = this.claim
    const [row] = await this.sql<Row>(
      `update ${name} set ${change}
      where tenant_id = $1 and ${key} = $2 and epoch = $3 and status = 'running' returning ${returning}`,
      [tenantId, importId, epoch, ...values],
    )
    if (!row) throw new ClaimLostError(importId)
    return row
  }

  /** Runs one transaction at a time: two on one connection would commit each other's half. */
  protected async inTransaction(work: () => Promise<void>): Promise<void> {
    if (this.#busy) throw new Error(`import ${this.claim.importId}: a batch is still being written`)
    this.#busy = true
    try {
      await this.#ready
      await inTenantTransaction(this.sql, this.claim.tenantId, work)
    } finally {
      this.#busy = false
    }
  }
}
