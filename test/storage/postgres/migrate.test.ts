/** How the schema comes up to date: in sessions of its own, one process at a time, behind nobody's back. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Migration } from '@mikro-orm/migrations'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { migrations } from '../../../migrations/index.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import { childEnvironment } from '../../support/child-environment.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { secret } from '../../support/service.ts'
import { bare } from '../../support/service-process.ts'

class KeepSettings extends Migration {
  override up(): void {
    this.addSql('select pg_sleep(1)')
    this.addSql(
      `create table seen_settings as select name, setting from pg_settings
        where name in ('statement_timeout', 'lock_timeout')`,
    )
  }
}

class AddColumn extends Migration {
  override up(): void {
    this.addSql('alter table campaigns add column added int')
  }
}

/** As for a table that may be large: it waits for every session that holds a snapshot. */
class IndexConcurrently extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override up(): void {
    this.addSql('select pg_sleep(1)')
    this.addSql('create index concurrently added_later on campaigns (name)')
  }
}

function following(name: string, migration: typeof AddColumn) {
  return [...migrations, { name, class: migration }]
}

/** How a program of the service ends on that database. */
async function run(program: string, environment: Record<string, string>) {
  const path = fileURLToPath(new URL(`../../../src/${program}`, import.meta.url))
  const child = spawn('env', bare([process.execPath, path]), {
    env: {
      ...childEnvironment,
      NATS_URL: 'off',
      AUTH_SECRET: secret,
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  })
  const [said, faults, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { said, faults, code }
}

async function connect(t: Test, url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

t.test('no timeout of requests ends a migration, whoever set it', async t => {
  const { url, adminUrl, name } = await createTestDatabase(t)
  await queryOnce(
    adminUrl,
    `alter role contact_import in database ${name} set statement_timeout = 500`,
  )
  const applied = await migrate(url, { migrations: following('0099-keep', KeepSettings) })
  t.match(applied, [{ name: '0099-keep', ms: Number }])
  t.strictSame(await queryOnce(adminUrl, 'select * from seen_settings order by name'), [
    { name: 'lock_timeout', setting: '3000' },
    { name: 'statement_timeout', setting: '0' },
  ])
})

t.test('a migration gives way to a session that holds its table, and tries again', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const holder = await connect(t, adminUrl)
  await holder.query('begin')
  await holder.query('lock table campaigns in row exclusive mode')
  const lines: string[] = []
  const migrating = migrate(url, {
    migrations: following('0099-add', AddColumn),
    tell: line => lines.push(line),
  })
  while (lines.length === 0) await sleep(50)
  t.strictSame(lines, ['migration 0099-add waits for a lock of another session'])
  await holder.query('commit')
  t.match(await migrating, [{ name: '0099-add' }])
  t.match(lines[1], /^migration 0099-add applied in \d+ ms$/)
})

t.test('of two processes one migrates, and the other does not hold it up', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const lines: string[] = []
  const options = {
    migrations: following('0099-index', IndexConcurrently),
    tell: (line: string) => lines.push(line),
  }
  const both = await Promise.all([migrate(url, options), migrate(url, options)])
  t.strictSame(both.map(applied => applied.length).toSorted(), [0, 1])
  t.ok(lines.includes('another process migrates the schema; this one waits for it'))
  const made = await queryOnce(
    adminUrl,
    `select indisvalid from pg_index where indexrelid = 'added_later'::regclass`,
  )
  t.strictSame(made, [{ indisvalid: true }])
})

t.test('the command says what it did', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  // The suite's server survives no crash of its machine, and does not have to.
  const warnings = [
    /^warning: PostgreSQL runs with fsync = off: .*; set it to on$/,
    /^warning: PostgreSQL runs with synchronous_commit = off: .*; set it to on$/,
  ]
  const nothing = await run('bin/migrate.ts', { DATABASE_URL: url })
  t.match(nothing, { faults: '', code: 0 })
  t.match(nothing.said.trimEnd().split('\n'), [
    ...warnings,
    'nothing to do: the schema is that of this release',
  ])
  await queryOnce(adminUrl, 'drop owned by contact_import cascade')
  await queryOnce(adminUrl, 'grant all on schema public to contact_import')
  const { said, code } = await run('bin/migrate.ts', { DATABASE_URL: url })
  t.equal(code, 0)
  const lines = said.trimEnd().split('\n').slice(warnings.length)
  t.equal(lines.length, migrations.length)
  for (const [index, { name }] of migrations.entries()) {
    t.match(lines[index], new RegExp(`^migration ${name} applied in \\d+ ms$`))
  }
})

t.test('with MIGRATE_ON_START=off an older schema ends the start', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const [last] = migrations.slice(-1)
  await queryOnce(adminUrl, 'delete from schema_migrations where name = $1', [last!.name])
  const environment = {
    DATABASE_URL: url,
    MIGRATE_ON_START: 'off',
    SCRATCH_DIR: makeScratchFolder(t),
  }
  const { faults, code } = await run('main.ts', environment)
  t.equal(
    faults,
    `contact-import: the schema lacks ${last!.name}, and MIGRATE_ON_START is off: run npm run migrate first\n`,
  )
  t.equal(code, 1)
})
