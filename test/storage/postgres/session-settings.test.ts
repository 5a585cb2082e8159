/** Sessions have the settings of the service, whatever the server, the database and the role say. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import t from 'tap'
import type { Contact, ContactPage } from '../../../src/contracts/contact.ts'
import type { ImportPage, RowIssuePage } from '../../../src/contracts/import.ts'
import { requestIdleMs, requestStatementMs } from '../../../src/limits.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { BoundedClient } from '../../../src/storage/postgres/bounded-client.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { sessionSettings } from '../../../src/storage/postgres/session-settings.ts'
import { type RunSql, sqlOn } from '../../../src/storage/postgres/sql.ts'
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../support/database.ts'
import { makeHostile } from '../../support/hostile-settings.ts'
import { messyColumns, writeMessySheet } from '../../support/messy-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

async function readSettings(sql: RunSql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; value: string | null }>(
    // One of ours that nobody ever set is as good as an empty one.
    `select name, nullif(current_setting(name, true), '') as value from unnest($1::text[]) name`,
    [Object.keys(sessionSettings)],
  )
  return new Map(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])))
}

async function settingsOf(client: Client): Promise<Map<string, string>> {
  await client.connect()
  try {
    return await readSettings(sqlOn(client))
  } finally {
    await client.end()
  }
}

const requestTimeouts = {
  statement_timeout: `${requestStatementMs / 1000}s`,
  idle_in_transaction_session_timeout: `${requestIdleMs / 1000}s`,
}

t.test('a session has all of them on a hostile database', async t => {
  const [friendly, hostile] = [await createTestDatabase(t), await createTestDatabase(t)]
  const names = await makeHostile(hostile)
  const ours = await settingsOf(new BoundedClient({ connectionString: friendly.url }))
  t.strictSame(await settingsOf(new BoundedClient({ connectionString: hostile.url })), ours)
  t.equal(ours.get('jit'), 'off')

  const orm = await openOrm(hostile.url)
  const pooled = await readSettings(sqlOf(orm.em.fork()))
  await orm.close()
  t.strictSame(
    pooled,
    new Map([...ours, ...Object.entries(requestTimeouts)]),
    'a connection of requests',
  )

  const theirs = await settingsOf(new Client({ connectionString: hostile.url }))
  for (const name of names.filter(name => name in sessionSettings)) {
    t.not(theirs.get(name), ours.get(name), `${name} was hostile`)
  }
  for (const name of ours.keys()) {
    // The driver asks for UTF-8, whatever the role says.
    if (name !== 'client_encoding') t.ok(names.includes(name), `${name} is tried`)
  }
})

t.test('nothing else opens sessions', async t => {
  const root = join(import.meta.dirname, '../../../src')
  const places = globSync('**/*.ts', { cwd: root }).filter(path =>
    /new (pg\.)?(Client|Pool)\(/.test(readFileSync(join(root, path), 'utf8')),
  )
  // One makes the role of the embedded server, the others look for the host to connect to: neither does any work.
  t.strictSame(places.sort(), [
    'embedded/postgres-roles.ts',
    'storage/postgres/bounded-client.ts',
    'storage/postgres/database-target.ts',
  ])
})

t.test('answers are the same on a hostile database', async t => {
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 300)
  const [friendly, hostile] = [await createTestDatabase(t), await createEmptyDatabase(t)]
  await makeHostile(hostile)
  await migrate(hostile.url)
  t.strictSame(await answersOn(hostile), await answersOn(friendly))

  async function answersOn(database: TestDatabase) {
    // One batch: contacts of batches that are written side by side get their ids in any order.
    const service = await startTestService(t, {}, database)
    const [{ id }, foreign] = [
      await service.upload(path),
      await service.upload(path, { tenant: 'globex' }),
    ]
    await service.mapAndStart(id, { columns: messyColumns })
    await service.waitFor(id, isCompleted)
    const of = (page: ContactPage) =>
      page.items.map(({ id: _, importId, createdAt, ...contact }: Contact) => {
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(createdAt)) throw new Error(createdAt)
        if (importId !== id) throw new Error('a contact of nobody')
        return contact
      })
    const answers: unknown[] = []
    const get = async <Body>(path: string) => (await service.call<Body>('GET', path)).body
    for (const q of ['k', 'kowal', 'ł', '501', 'anna', 'qqq']) {
      answers.push([q, of(await get(`/contacts?q=${encodeURIComponent(q)}&limit=50`))])
    }
    answers.push(of(await get(`/contacts?importId=${id}&limit=200`)))
    answers.push((await get<RowIssuePage>(`/imports/${id}/issues`)).items)
    const { items } = await get<ImportPage>('/imports')
    answers.push(items.map(({ status, rows }) => [status, rows]))
    const { status } = await service.call('GET', `/imports/${foreign.id}`)
    answers.push(status)
    await service.close()
    return answers
  }
})

t.test('tables in another schema are no reason to make them anew', async t => {
  const database = await createEmptyDatabase(t)
  await migrate(database.url)
  await queryOnce(database.adminUrl, 'alter schema public rename to elsewhere')
  await queryOnce(database.adminUrl, 'create schema public authorization contact_import')
  await t.rejects(
    migrate(database.url),
    /the tables of the service are in the schema "elsewhere".*alter schema "elsewhere" rename to "contact_import"/,
  )
  t.strictSame(await migrate(`${database.url}?options=-c%20search_path%3Delsewhere`), [])
  await queryOnce(database.adminUrl, 'alter schema elsewhere rename to contact_import')
  t.strictSame(await migrate(database.url), [])
})
