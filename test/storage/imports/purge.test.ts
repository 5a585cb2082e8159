/** Deletions against real PostgreSQL: how much of the tables they read, whatever the planner believes of them. */

import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { deletionRowsPerBatch } from '../../../src/limits.ts'
import { cellAddress } from '../../../src/mapping/default-column-name.ts'
import { postgresFileStore } from '../../../src/storage/files/file-store.ts'
import { purgeStep } from '../../../src/storage/imports/purge.ts'
import { stepSettings } from '../../../src/storage/jobs/step-jobs.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { createTestDatabase } from '../../support/database.ts'

const tables = [
  'campaign_contacts',
  'cases',
  'contacts',
  'row_issues',
  'import_batches',
  'row_repairs',
  'correction_rows',
  'validation_issues',
  'discarded_rows',
  'row_requests',
] as const
type Counts = Record<(typeof tables)[number], number>

const { url, adminUrl } = await createTestDatabase(t)
const admin = new Client({ connectionString: adminUrl })
await admin.connect()
t.teardown(() => admin.end())

async function insertImport(tenant: string, rows: number): Promise<string> {
  const id = randomUUIDv7()
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by)
    values ($1, $3, 'n', 'running', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2, $2, 'anna')`,
    [id, rows, tenant],
  )
  await admin.query(
    `with campaign as (
      insert into campaigns (tenant_id, name, created_by) values ($1, $2, 'anna') returning id),
    made as (
      insert into contacts (tenant_id, import_id, row_number, last_name)
      select $1, $2::uuid, 1 + place, 'Nowak' from generate_series(1, $3::int) place returning id),
    members as (
      insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
      select $1, campaign.id, made.id, $2::uuid from campaign, made),
    batches as (
      insert into import_batches (tenant_id, import_id, first_row, next_row, skipped)
      select $1, $2::uuid, 1 + place, 2 + place, '{}' from generate_series(1, $3::int) place),
    repairs as (
      insert into row_repairs (tenant_id, import_id, repair, row_number, outcome, taken)
      select $1, $2::uuid, 1, 1 + place, 'created', '[]' from generate_series(1, $3::int) place),
    corrected as (
      insert into correction_rows (tenant_id, import_id, row_number, outcome)
      select $1, $2::uuid, 1 + place, 'created' from generate_series(1, $3::int) place),
    refused as (
      insert into validation_issues select $1, $2::uuid, 1, 1 + place, 1, 'phone', 'phone-invalid', 'rejected', 'x'
      from generate_series(1, $3::int) place),
    discarded as (
      insert into discarded_rows (tenant_id, import_id, row_number, discarded_by)
      select $1, $2::uuid, 1 + place, 'anna' from generate_series(1, $3::int) place),
    requests as (
      insert into row_requests (tenant_id, import_id, idempotency_key, request_sha256)
      select $1, $2::uuid, 'k' || place, repeat('0', 64) from generate_series(1, $3::int) place),
    issues as (
      insert into row_issues (tenant_id, import_id, row_number, column_number, field, code, value)
      select $1, $2::uuid, 1 + place, 1, 'phone', 'phone-invalid', 'x'
      from generate_series(1, $3::int) place)
    insert into cases (tenant_id, contact_id, import_id, subject, created_by)
    select $1, id, $2::uuid, 's', 'anna' from made`,
    [tenant, id, rows],
  )
  await admin.query(
    `update imports set rows_created = $2, next_row = 2 + $2, status = 'completed' where id = $1`,
    [id, rows],
  )
  return id
}

async function countRows(importId: string): Promise<Counts> {
  const selects = tables.map(
    table => `(select count(*)::int from ${table} where import_id = $1) as ${table}`,
  )
  return (await admin.query(`select ${selects.join(', ')}`, [importId])).rows[0]
}

/** Rows that scans of any kind have given so far. */
async function countLookups(): Promise<Counts> {
  await admin.query('select pg_stat_force_next_flush()')
  const { rows } = await admin.query(
    `select relname, coalesce(idx_tup_fetch, 0)::int + seq_tup_read::int as lookups
    from pg_stat_user_tables where relname = any($1)`,
    [tables],
  )
  return Object.fromEntries(rows.map(({ relname, lookups }) => [relname, lookups]))
}

/** What a connection has done is certain to be counted once its backend is gone. */
async function settleStatistics(): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query(
      `select from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    if (rowCount === 0) return
    await sleep(20)
  }
}

const allOf = (rows: number) => Object.fromEntries(tables.map(table => [table, rows]))

t.test('a deletion reads the rows of its import and no others', async t => {
  await insertImport('globex', 2 * deletionRowsPerBatch)
  // As in the first minute of a tenant: the statistics know the tables, and nothing of its rows.
  for (const table of tables) {
    await admin.query(`alter table ${table} set (autovacuum_enabled = off)`)
    await admin.query(`analyze ${table}`)
  }
  const rows = 3 * deletionRowsPerBatch
  const staying = await insertImport('acme', deletionRowsPerBatch)
  const leaving = await insertImport('acme', rows)
  await admin.query(`update imports set status = 'deleting' where id = $1`, [leaving])
  const before = await countLookups()

  const orm = await openOrm(url)
  const deletion = {
    importId: leaving,
    tenantId: 'acme',
    rowsMax: deletionRowsPerBatch,
    cellAddress,
  }
  let steps = 0
  const step = () =>
    inTenant(orm, 'acme', em => purgeStep(sqlOf(em), postgresFileStore, deletion), stepSettings)
  while ((await step()) === 'more') steps += 1
  await orm.close()
  await settleStatistics()

  t.equal(steps, (tables.length * rows) / deletionRowsPerBatch)
  const after = await countLookups()
  for (const table of tables) t.equal(after[table] - before[table], rows, table)
  t.strictSame(await countRows(leaving), allOf(0))
  t.strictSame(await countRows(staying), allOf(deletionRowsPerBatch))
})

/** Tables that know imports and that a purge leaves to others, or that are small. */
const exceptions: Record<string, string> = {
  campaign_imports: 'a trigger of campaign_contacts keeps it',
  findings: 'a row for each kind, see findings.test.ts',
  file_chunks: 'the file store removes them',
  jobs: 'the first step ends them',
  outbox: 'events stay for their time',
  validations: 'one row, see validate.test.ts',
}

t.test('every table that knows imports is emptied of them', async t => {
  const { rows } = await admin.query(
    `select table_name as table from information_schema.columns
    where table_schema = 'public' and column_name = 'import_id' order by 1`,
  )
  const known: readonly string[] = [...tables, ...Object.keys(exceptions)]
  t.strictSame(
    rows.map(({ table }) => table),
    known.toSorted(),
  )
})
