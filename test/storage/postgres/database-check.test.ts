/** A database that the service must not be given ends its start with one line, before anything is made in it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { childEnvironment } from '../../support/child-environment.ts'
import { createTestDatabase } from '../../support/database.ts'
import { urlOfDatabase } from '../../support/database-url.ts'
import { queryOnce } from '../../support/query.ts'
import { sharedServers } from '../../support/servers.ts'
import { bare } from '../../support/service-process.ts'

const { postgres } = await sharedServers()

/** An empty database made with these options; its name. */
async function createDatabase(t: Test, options: string): Promise<string> {
  const name = `test_database_check_${process.pid}`
  await queryOnce(
    postgres.adminUrl,
    `create database ${name} owner contact_import template template0 ${options}`,
  )
  t.teardown(() => queryOnce(postgres.adminUrl, `drop database ${name} with (force)`))
  return name
}

/** How a program of the service ends on that database. */
async function run(t: Test, program: string, databaseUrl: string) {
  const path = fileURLToPath(new URL(`../../../src/${program}`, import.meta.url))
  const child = spawn('env', bare([process.execPath, path]), {
    env: {
      ...childEnvironment,
      DATABASE_URL: databaseUrl,
      NATS_URL: 'off',
      AUTH_SECRET: 'x'.repeat(32),
      PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 20_000,
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { said, code }
}

for (const [kind, options] of Object.entries({
  'a libc locale C': `encoding 'UTF8' locale_provider libc locale 'C'`,
  'an ICU locale of Turkish': `encoding 'UTF8' locale_provider icu icu_locale 'tr' locale 'C'`,
  'no encoding': `encoding 'SQL_ASCII' locale_provider libc locale 'C'`,
  LATIN1: `encoding 'LATIN1' locale_provider libc locale 'C'`,
})) {
  t.test(`letters: ${kind}`, async t => {
    const name = await createDatabase(t, options)
    for (const program of ['main.ts', 'bin/migrate.ts']) {
      const { said, code } = await run(t, program, urlOfDatabase(postgres.url, name))
      t.match(said, /^contact-import: the database "[^\n]+"create database [^\n]+\n$/, program)
      t.equal(code, 1)
    }
    const made = await queryOnce(
      urlOfDatabase(postgres.adminUrl, name),
      `select relname from pg_class where relnamespace = 'public'::regnamespace`,
    )
    t.strictSame(made, [])
  })
}

t.test('a role that sees every tenant', async t => {
  const { adminUrl } = await createTestDatabase(t)
  const { said, code } = await run(t, 'main.ts', adminUrl)
  t.match(said, /^contact-import: the database role "postgres" [^\n]+\n$/)
  t.equal(code, 1)
})

const [server] = await queryOnce(postgres.adminUrl, 'show server_version_num')
const hasBuiltIn = Number(server!.server_version_num) >= 170_000

t.test('letters: the built-in locale of the README', { skip: !hasBuiltIn }, async t => {
  const name = await createDatabase(
    t,
    `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8'`,
  )
  const { said, code } = await run(t, 'bin/migrate.ts', urlOfDatabase(postgres.url, name))
  t.strictSame({ said, code }, { said: '', code: 0 })
})
