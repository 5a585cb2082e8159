/** Row-level security of every table: each row is its tenant's alone, and each service sees its own tables. */
import { Client } from 'pg'
import t from 'tap'
import { createTestDatabase } from '../support/database.ts'
import { queryOnce } from '../support/query.ts'

const { url, adminUrl } = await createTestDatabase(t)
const client = new Client({ connectionString: url })
await client.connect()
t.teardown(async () => {
  await client.end()
  // The events of a test are judged by their contract, and these say nothing.
  await queryOnce(adminUrl, 'delete from outbox')
})

/** A row of each table that holds one, in an order that keys allow; $1 is the tenant. */
const rows: Readonly<Record<string, string>> = {
  tenants: 'insert into tenants (tenant_id) values ($1)',
  imports: `insert into imports (tenant_id, id, name, status, file_name, file_bytes, file_sha256, sheets, preview,
    first_row, next_row, rows_total, created_by) values ($1, gen_random_uuid(), 'n', 'uploaded', 'f.xlsx', 1,
    repeat('0', 64), '[]', '[]', 2, 2, 0, 'anna')`,
  file_chunks: `insert into file_chunks select $1, id, 0, '' from imports where tenant_id = $1`,
  contacts: `insert into contacts (tenant_id, import_id, row_number) select $1, id, 2 from imports
    where tenant_id = $1`,
  cases: `insert into cases (tenant_id, contact_id, import_id, subject, created_by)
    select $1, id, import_id, 's', 'anna' from contacts where tenant_id = $1`,
  campaigns: `insert into campaigns (tenant_id, name, created_by) values ($1, 'n', 'anna')`,
  // A trigger counts it in campaign_imports.
  campaign_contacts: `insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
    select $1, k.id, c.id, c.import_id from campaigns k join contacts c using (tenant_id)
    where k.tenant_id = $1`,
  row_issues: `insert into row_issues (tenant_id, import_id, row_number, column_number, field, code, value)
    select $1, id, 2, 1, 'phone', 'phone-invalid', 'x' from imports where tenant_id = $1`,
  findings: `insert into findings (tenant_id, import_id, column_number, field, code, outcome, count, cells)
    select $1, id, 1, 'phone', 'phone-invalid', 'rejected', 1, '[]' from imports where tenant_id = $1`,
  import_batches: `insert into import_batches (tenant_id, import_id, first_row, next_row, skipped)
    select $1, id, 2, 3, '{[2,3)}' from imports where tenant_id = $1`,
  row_repairs: `insert into row_repairs (tenant_id, import_id, repair, row_number, outcome, taken)
    select $1, id, 1, 2, 'created', '[]' from imports where tenant_id = $1`,
  correction_rows: `insert into correction_rows (tenant_id, import_id, row_number, outcome)
    select $1, id, 2, 'created' from imports where tenant_id = $1`,
  validations: `insert into validations (tenant_id, import_id, status, mapping, first_row, next_row, rows_total)
    select $1, id, 'completed', '{}', 2, 2, 0 from imports where tenant_id = $1`,
  validation_issues: `insert into validation_issues select $1, id, 1, 2, 1, 'phone', 'phone-invalid', 'rejected', 'x'
    from imports where tenant_id = $1`,
  discarded_rows: `insert into discarded_rows (tenant_id, import_id, row_number, discarded_by)
    select $1, id, 2, 'anna' from imports where tenant_id = $1`,
  row_requests: `insert into row_requests (tenant_id, import_id, idempotency_key, request_sha256)
    select $1, id, 'k', repeat('0', 64) from imports where tenant_id = $1`,
  outbox: `insert into outbox (tenant_id, import_id, seq, position, event, payload)
    select $1, id, 1, 1, 'uploaded', '{}' from imports where tenant_id = $1`,
  mapping_templates: `insert into mapping_templates (tenant_id, name, content, created_by)
    values ($1, 'n', '{}', 'anna')`,
  used_mappings: `insert into used_mappings (tenant_id, names_key, mapping, used_at)
    values ($1, repeat('0', 64), '{}', now())`,
  contact_fields: `insert into contact_fields (tenant_id, key, type, labels, created_by)
    values ($1, 'k', 'text', '{}', 'anna')`,
  contact_values: `insert into contact_values select $1, 1, '\\x00', id from contacts where tenant_id = $1`,
  jobs: `insert into jobs (tenant_id, kind) values ($1, 'deletion')`,
}

for (const tenant of ['acme', 'globex']) {
  for (const row of Object.values(rows)) await queryOnce(adminUrl, row, [tenant])
}

const tables = (
  await queryOnce(
    adminUrl,
    `select c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and a.attname = 'tenant_id' order by 1`,
  )
).map(row => String(row.table))

/** The tenants whose rows a session with this setting sees. */
async function seen(table: string, setting: string, value: string): Promise<string[]> {
  await client.query('select set_config($1, $2, false)', [setting, value])
  try {
    const { rows } = await client.query(`select distinct tenant_id from ${table} order by 1`)
    return rows.map(row => row.tenant_id)
  } finally {
    await client.query('reset all')
  }
}

/** The tables that a service works on; it sees all tenants there, and nothing elsewhere. */
const tablesOfServices: Readonly<Record<string, readonly string[]>> = {
  queue: ['imports', 'jobs', 'tenants', 'validations'],
  relay: ['outbox'],
}

for (const table of tables) {
  t.test(table, async t => {
    const all = await queryOnce(adminUrl, `select distinct tenant_id from ${table}`)
    t.equal(all.length, 2, 'two tenants have a row')
    t.strictSame(await seen(table, 'app.tenant', ''), [], 'nobody sees none')
    t.strictSame(await seen(table, 'app.tenant', 'acme'), ['acme'])
    for (const [service, own] of Object.entries(tablesOfServices)) {
      const tenants = own.includes(table) ? ['acme', 'globex'] : []
      t.strictSame(await seen(table, 'app.service', service), tenants, service)
    }
    await client.query(`select set_config('app.tenant', 'acme', false)`)
    await t.rejects(client.query(`update ${table} set tenant_id = 'globex'`), { code: '42501' })
    await client.query('reset all')
  })
}
