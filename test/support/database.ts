/**
 * Owns the database of a test file: a copy of the migrated template, dropped when the test passed, kept and
 * named when it failed. A connection left open fails the test, and so does an event that is not as the contract says.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Test } from 'tap'
import { templateName, urlOfDatabase } from './database-url.ts'
import { judgeOutbox } from './event-contract.ts'
import { runFolder, sharedServers } from './servers.ts'

/** A connection that was ended needs a moment until its backend is gone. */
const closingMsMax = 2_000

export type TestDatabase = {
  name: string
  /** As the service connects: the owner of the schema, bound by row-level security. */
  url: string
  /** As the superuser, who sees every tenant's rows. */
  adminUrl: string
}

/** Throws when what a test left in its database is not as it must be. */
type Judge = (database: TestDatabase) => Promise<unknown>

let made = 0

/** A migrated database for `t` alone; everything that connects to it must have closed when `t` ends. */
export function createTestDatabase(t: Test): Promise<TestDatabase> {
  return createDatabase(t, templateName, ({ adminUrl }) => judgeOutbox(adminUrl))
}

/** The same without a table. Events in it are not judged: they may be of a release before this one. */
export function createEmptyDatabase(t: Test): Promise<TestDatabase> {
  return createDatabase(t, 'template0')
}

/** A copy of another test's database, to which nothing may be connected. */
export function copyDatabase(t: Test, { name }: TestDatabase): Promise<TestDatabase> {
  return createDatabase(t, name)
}

async function createDatabase(t: Test, template: string, judge?: Judge): Promise<TestDatabase> {
  const { postgres } = await sharedServers()
  const file = basename(process.argv[1] ?? 'test', '.test.ts').replaceAll(/\W/g, '_')
  const name = `test_${file.slice(0, 30)}_${process.pid}_${++made}`
  await asAdmin(postgres.adminUrl, client =>
    // copying files takes 30 ms where copying through the log, the default, takes 130 ms
    client.query(
      `create database ${name} template ${template} owner contact_import strategy file_copy`,
    ),
  )
  const [url, adminUrl] = [postgres.url, postgres.adminUrl].map(each => urlOfDatabase(each, name))
  const database = { name, url: url!, adminUrl: adminUrl! }
  t.teardown(() =>
    asAdmin(postgres.adminUrl, client => closeDatabase(t, client, { database, judge })),
  )
  return database
}

async function closeDatabase(
  t: Test,
  client: Client,
  { database, judge }: { database: TestDatabase; judge: Judge | undefined },
): Promise<void> {
  const { name } = database
  const open = await connectionsLeft(client, name)
  if (t.passing() && open.length === 0) {
    await judge?.(database)
    await client.query(`drop database ${name} with (force)`)
    return
  }
  mkdirSync(join(runFolder, 'kept'), { recursive: true })
  writeFileSync(join(runFolder, 'kept', name), '')
  const choice = process.env.TEST_POSTGRES ? `TEST_POSTGRES=${process.env.TEST_POSTGRES} ` : ''
  const command = `${choice}node test/support/open-evidence.ts ${runFolder}`
  console.error(`# kept database ${name}: ${command}`)
  if (open.length > 0) {
    throw new Error(`${open.length} connections to ${name} left open:\n${open.join('\n')}`)
  }
}

async function connectionsLeft(client: Client, name: string): Promise<string[]> {
  const deadline = performance.now() + closingMsMax
  for (;;) {
    const { rows } = await client.query(
      `select application_name, state, left(query, 200) as query from pg_stat_activity
        where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    if (rows.length === 0 || performance.now() > deadline) {
      return rows.map(row => `${row.application_name} ${row.state}: ${row.query}`)
    }
    await sleep(20)
  }
}

async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
