/**
 * What reads of contacts cost a tenant that the planner's statistics do not know yet, as in its first minutes. All
 * indexes begin with the tenant: one that is taken for empty looks equally cheap in each of them.
 */
import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { readContacts } from '../../../src/storage/contacts/contact-rows.ts'
import { searchContacts } from '../../../src/storage/contacts/contact-search.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import type { RunSql } from '../../../src/storage/postgres/sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { walkSettings } from '../../../src/storage/postgres/walk-settings.ts'
import { catalogue } from '../../support/built-in-catalogue.ts'
import { createTestDatabase } from '../../support/database.ts'

const rows = 3_000
const limit = 51
const { fields } = catalogue

const { url, adminUrl } = await createTestDatabase(t)
const admin = new Client({ connectionString: adminUrl })
await admin.connect()
t.teardown(() => admin.end())

async function insertImport(tenant: string): Promise<string> {
  const id = randomUUIDv7()
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, rows_created, created_by)
    values ($1, $2, 'n', 'completed', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2 + $3::int, $3, $3, 'anna')`,
    [id, tenant, rows],
  )
  await admin.query(
    `insert into contacts (tenant_id, import_id, row_number, last_name, company_name, email, phone)
    select $1, $2::uuid, 1 + place, 'Nowak', 'Nowak sp. z o.o.', 'nowak@example.com', '+48501234567'
    from generate_series(1, $3::int) place`,
    [tenant, id, rows],
  )
  return id
}

/** Index entries and rows that scans of `contacts` have met so far. */
async function countLookups(): Promise<number> {
  await admin.query('select pg_stat_force_next_flush()')
  const { rows } = await admin.query(
    `select (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes
        where relname = 'contacts')::int
      + (select seq_tup_read from pg_stat_user_tables where relname = 'contacts')::int as lookups`,
  )
  return rows[0].lookups
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

/** How many were looked at for what `read` gives, and how many that is. */
async function costOf(read: (sql: RunSql) => Promise<unknown[]>) {
  const before = await countLookups()
  const orm = await openOrm(url)
  const found = await inTenant(orm, 'acme', em => read(sqlOf(em)), walkSettings)
  await orm.close()
  await settleStatistics()
  return { found: found.length, lookups: (await countLookups()) - before }
}

await insertImport('globex')
await admin.query('alter table contacts set (autovacuum_enabled = off)')
await admin.query('analyze contacts')
const imports = [
  await insertImport('acme'),
  await insertImport('acme'),
  await insertImport('acme'),
  await insertImport('acme'),
]
const term = { field: 'lastName', prefix: 'now' } as const

t.test('a page of all contacts reads one import', async t => {
  const cost = await costOf(sql => readContacts(sql, { fields, limit }))
  t.equal(cost.found, limit)
  t.ok(cost.lookups <= 2 * limit, `${cost.lookups} looked at`)
})

t.test('a page of an import reads its rows', async t => {
  const importIds = [imports[2]!]
  const cost = await costOf(sql => readContacts(sql, { fields, importIds, limit }))
  t.equal(cost.found, limit)
  t.ok(cost.lookups <= 2 * limit, `${cost.lookups} looked at`)
})

t.test('a search reads a page', async t => {
  const search = { fields, terms: [term], limit }
  const cost = await costOf(sql => searchContacts(sql, search))
  t.equal(cost.found, limit)
  t.ok(cost.lookups <= 2 * limit, `${cost.lookups} looked at`)
})

t.test('a search in two imports reads these two', async t => {
  const search = { fields, terms: [term], importIds: [imports[0]!, imports[3]!], limit }
  const cost = await costOf(sql => searchContacts(sql, search))
  t.equal(cost.found, limit)
  t.equal(cost.lookups, 2 * rows)
})
