/** All keys begin with the tenant: that is what lets the tables be distributed by it. */
import t from 'tap'
import { createTestDatabase } from '../support/database.ts'
import { queryOnce } from '../support/query.ts'

/** Tables without a tenant, and why. */
const exceptions: Record<string, string> = {
  schema_migrations: 'tells of the schema, which is the same for all tenants',
}

const { adminUrl } = await createTestDatabase(t)

t.test('every primary and unique key begins with tenant_id', async t => {
  const keys = await queryOnce(
    adminUrl,
    `select t.relname as table, k.relname as key, a.attname as first, i.indisprimary as "isPrimary"
    from pg_index i join pg_class k on k.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
    where i.indisunique and t.relnamespace = 'public'::regnamespace order by 1, 2`,
  )
  const ours = keys.filter(({ table }) => !((table as string) in exceptions))
  t.ok(ours.length > 10)
  for (const { table, key, first } of ours) t.equal(first, 'tenant_id', `${table}: ${key}`)
  const tables = await queryOnce(
    adminUrl,
    `select relname as table from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  for (const { table } of tables) {
    t.ok(
      keys.some(key => key.table === table && key.isPrimary),
      `${table} has a primary key`,
    )
  }
})

t.test('every foreign key leads from a tenant to the same tenant', async t => {
  const keys = await queryOnce(
    adminUrl,
    `select k.conname as key, k.conrelid::regclass::text as "from", a.attname as own, b.attname as other
    from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
    where k.contype = 'f'`,
  )
  t.ok(keys.length > 0)
  for (const { key, from, own, other } of keys) {
    t.strictSame([own, other], ['tenant_id', 'tenant_id'], `${from}: ${key}`)
  }
})
