import { Client } from 'pg'
import t from 'tap'
import { createTestDatabase } from '../support/database.ts'
import { sharedNatsUrl } from '../support/servers.ts'

t.test('a test file gets a database of its own from the shared server', async t => {
  const [one, other] = [await createTestDatabase(t), await createTestDatabase(t)]
  const client = new Client({ connectionString: one.url })
  await client.connect()
  t.teardown(() => client.end())
  const { rows } = await client.query(
    `select current_database() as name, rolname, rolsuper, rolbypassrls
       from pg_roles where rolname = current_user`,
  )
  t.same(rows, [
    { name: one.name, rolname: 'contact_import', rolsuper: false, rolbypassrls: false },
  ])
  t.not(one.name, other.name)
})

t.test('the shared broker is there', async t => {
  t.match(await sharedNatsUrl(), /^nats:\/\/.+@127\.0\.0\.1:\d+$/)
})
