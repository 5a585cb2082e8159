/**
 * The `validations` table: for each import the newest run that judges its rows and writes no contact. Who changes a row
 * of it for a caller holds the lock of the import's row. Everybody takes that lock before one in this table, so that a
 * caller and a worker never wait for each other.
 */
import { notifyQueue } from '../jobs/claims.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'

/**
 * Queues a validation of the import by its mapping, in place of an earlier one that is over; one that is under way stays
 * as it is. The refused cells of the earlier one go when this one begins.
 */
export async function queueValidation(
  sql: RunSql,
  { tenantId, importId }: OfImport,
): Promise<void> {
  const queued = await sql(
    `insert into validations (tenant_id, import_id, status, mapping, first_row, next_row, rows_total)
    select tenant_id, id, 'queued', mapping, first_row, first_row, rows_total
    from imports where tenant_id = $1 and id = $2
    on conflict (tenant_id, import_id) do update set attempt = validations.attempt + 1,
      status = excluded.status, mapping = excluded.mapping, first_row = excluded.first_row,
      next_row = excluded.next_row, rows_total = excluded.rows_total, rows_created = 0,
      rows_skipped = 0, rows_rejected = 0, findings_repaired = 0, findings_noted = 0,
      findings_blanked = 0, rows_per_second = null, failure_code = null, failure_data = null,
      epoch = validations.epoch + 1, crashes = 0, batch_rows = null, slow_tries = 0,
      queued_at = excluded.queued_at, started_at = null, finished_at = null
    where validations.status not in ('queued', 'running')
    returning 1`,
    [tenantId, importId],
  )
  if (queued.length === 0) return
  // One row for each column, code and outcome: few enough for a request.
  await sql(`delete from findings where tenant_id = $1 and import_id = $2 and run = 'validation'`, [
    tenantId,
    importId,
  ])
  await notifyQueue(sql)
}

/** Which validations are to be cancelled: each that is under way, or only one that tries another mapping than the import has. */
export type Cancelled = 'any' | 'stale'

const conditions: Readonly<Record<Cancelled, string>> = {
  any: 'true',
  stale: `mapping is distinct from (select i.mapping from imports i
    where i.tenant_id = validations.tenant_id and i.id = validations.import_id)`,
}

/**
 * Cancels the validation of the import when it is queued or running, and says whether it was. Under the higher epoch the
 * worker that has it writes nothing more.
 */
export async function cancelValidation(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  which: Cancelled = 'any',
): Promise<boolean> {
  const cancelled = await sql(
    `update validations set status = 'cancelled', epoch = epoch + 1, owner = null,
      lease_until = null, crashes = 0, finished_at = clock_timestamp()
    where tenant_id = $1 and import_id = $2 and status in ('queued', 'running')
      and ${conditions[which]}
    returning 1`,
    [tenantId, importId],
  )
  if (cancelled.length === 0) return false
  await notifyQueue(sql)
  return true
}

/** The number of the newest validation of the import; undefined when it was never validated. */
export async function findAttempt(
  sql: RunSql,
  { tenantId, importId }: OfImport,
): Promise<number | undefined> {
  const [row] = await sql<{ attempt: number }>(
    'select attempt from validations where tenant_id = $1 and import_id = $2',
    [tenantId, importId],
  )
  return row?.attempt
}

/**
 * Removes up to `rowsMax` refused cells of validations before this attempt, in a transaction of its own, and says whether
 * more may be left.
 */
export async function removeEarlierIssues(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  { attempt, rowsMax }: { readonly attempt: number; readonly rowsMax: number },
): Promise<'more' | 'done'> {
  const [gone] = await sql<{ rows: string }>(
    `with gone as (
      delete from validation_issues where ctid = any(array(
        select ctid from validation_issues
        where tenant_id = $1 and import_id = $2 and attempt < $3
        order by attempt, row_number, column_number limit $4))
      returning 1)
    select count(*) as rows from gone`,
    [tenantId, importId, attempt, rowsMax],
  )
  return Number(gone?.rows) < rowsMax ? 'done' : 'more'
}
