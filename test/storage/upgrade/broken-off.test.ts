/** The change of keys runs outside of a transaction: wherever it is broken off, the next run brings it to its end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { Migration0002 } from '../../../migrations/0002-keys-begin-with-the-tenant.ts'
import { migrations } from '../../../migrations/index.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import {
  copyDatabase,
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../support/database.ts'
import { describeSchema, readContents } from '../../support/database-contents.ts'
import { fillWithFirstSchema } from '../../support/filled-database.ts'
import { queryOnce } from '../../support/query.ts'

const [first, second] = migrations
const made = await createTestDatabase(t)

const filled = await createEmptyDatabase(t)
await fillWithFirstSchema(filled.url)
const before = await readContents(filled.adminUrl)

/** The migration, ended by a fault before its statement of this number; tells how many it has. */
function brokenOffAt(place: number) {
  const seen = { statements: 0 }
  class BrokenOff extends Migration0002 {
    override getQueries() {
      const queries = super.getQueries()
      seen.statements = queries.length
      queries.splice(place, 0, 'select 1 / 0')
      return queries
    }
  }
  return { seen, list: [first!, { name: second!.name, class: BrokenOff }] }
}

async function finish(t: Test, database: TestDatabase) {
  await migrate(database.url)
  t.strictSame(await describeSchema(database.adminUrl), await describeSchema(made.adminUrl))
  t.strictSame(await readContents(database.adminUrl, before), before)
}

t.test('a fault before any of its statements', async t => {
  for (let place = 1, statements = 1; place <= statements; place += 1) {
    const database = await copyDatabase(t, filled)
    const { seen, list } = brokenOffAt(place)
    await t.rejects(migrate(database.url, { migrations: list }), /division by zero/)
    statements = seen.statements
    await finish(t, database)
  }
})

t.test('a fault in every try, each one statement further', async t => {
  const database = await copyDatabase(t, filled)
  for (let place = 1, statements = 1; place <= statements; place += 1) {
    const { seen, list } = brokenOffAt(place)
    await t.rejects(migrate(database.url, { migrations: list }), /division by zero/)
    statements = seen.statements
  }
  await finish(t, database)
})

t.test('a session that ends while it builds an index', async t => {
  const database = await copyDatabase(t, filled)
  const holder = new Client({ connectionString: database.adminUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('lock table contacts in row exclusive mode')
  const migrating = migrate(database.url)
  const ended = t.rejects(migrating)
  for (let found = 0; found === 0; ) {
    await sleep(20)
    const rows = await queryOnce(
      database.adminUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
        and query like 'create unique index concurrently%'`,
    )
    found = rows.length
  }
  await ended
  await holder.query('commit')
  await holder.end()
  const broken = await queryOnce(database.adminUrl, 'select from pg_index where not indisvalid')
  t.equal(broken.length, 1)
  await finish(t, database)
})
