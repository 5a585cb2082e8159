/** A search by values reads an index for what it finds and no more, as the role of the service, behind row-level security. */
import { Client } from 'pg'
import t from 'tap'
import { rarestValueRowsMax } from '../../../src/limits.ts'
import { valueKey } from '../../../src/storage/contacts/custom-values.ts'
import { searchValues } from '../../../src/storage/contacts/value-search.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import type { RunSql } from '../../../src/storage/postgres/sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { walkSettings } from '../../../src/storage/postgres/walk-settings.ts'
import { catalogue } from '../../support/built-in-catalogue.ts'
import { createTestDatabase } from '../../support/database.ts'

const rows = 30_000
const { url, adminUrl } = await createTestDatabase(t)
const admin = new Client({ connectionString: adminUrl })
await admin.connect()
const orm = await openOrm(url)
t.teardown(async () => {
  await orm.close()
  await admin.end()
})

// Field 1 is the same for all but ten contacts, field 2 differs in each, of two tenants.
await admin.query(`insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets, preview,
    first_row, next_row, rows_total, rows_created, created_by)
  select gen_random_uuid(), tenant, 'n', 'completed', 'f.xlsx', 1, 'x', '[]', '[]', 2, ${rows + 2}, ${rows}, ${rows}, 'anna'
  from unnest(array['acme', 'globex']) tenant`)
await admin.query(`insert into contacts (tenant_id, import_id, row_number, custom)
  select i.tenant_id, i.id, n, jsonb_build_object('1', case when n % ${rows / 10} = 0 then 'Rare' else 'common' end, '2', n)
  from imports i, generate_series(1, ${rows}) n order by n`)
await admin.query(`insert into contact_values
  select tenant_id, held.key::bigint, ${valueKey('held.value')}, id from contacts, jsonb_each_text(custom) held`)
await admin.query('vacuum analyze contacts')
await admin.query('vacuum analyze contact_values')

/** The plan of the last statement, and what it gives. */
async function explain(values: { fieldId: string; value: string }[], limit: number) {
  let plan = ''
  const found = await inTenant(
    orm,
    'acme',
    async em => {
      const sql = sqlOf(em)
      let last: Parameters<RunSql> | undefined
      const noting: RunSql = (...statement) => {
        last = statement
        return sql(...statement)
      }
      const contacts = await searchValues(noting, {
        fields: catalogue.fields,
        values,
        afterId: '0',
        limit,
      })
      const lines = await sql<Record<string, string>>(
        `explain (analyze, buffers, timing off, summary off) ${last![0]}`,
        last![1],
      )
      plan = lines.map(line => line['QUERY PLAN']).join('\n')
      return contacts
    },
    walkSettings,
  )
  const buffers = Number(/Buffers: shared hit=(\d+)/.exec(plan)?.[1])
  return { plan, found, buffers }
}

t.test('a rare value costs its contacts', async t => {
  const { plan, found, buffers } = await explain([{ fieldId: '1', value: 'RARE' }], 51)
  t.equal(found.length, 10)
  t.match(plan, /Index (Only )?Scan using contact_values_pkey/)
  t.match(plan, /Index Cond: .*field_id.*value_key/)
  t.notMatch(plan, /Seq Scan on contact/)
  t.ok(buffers < 200, `${buffers} buffers:\n${plan}`)
})

t.test('a common value costs its page', async t => {
  const { plan, found, buffers } = await explain([{ fieldId: '1', value: 'common' }], 51)
  t.equal(found.length, 51)
  t.notMatch(plan, /Seq Scan on contact/)
  t.ok(buffers < 600, `${buffers} buffers:\n${plan}`)
})

t.test('of several values the rarest leads, in whatever order they are named', async t => {
  t.ok(rows > rarestValueRowsMax)
  const values = [
    { fieldId: '1', value: 'common' },
    { fieldId: '2', value: '29999' },
  ]
  for (const sought of [values, values.toReversed()]) {
    const { plan, found, buffers } = await explain(sought, 51)
    t.equal(found.length, 1)
    t.ok(buffers < 100, `${buffers} buffers:\n${plan}`)
  }
})
