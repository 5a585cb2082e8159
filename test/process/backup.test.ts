/** A backup as the README says, by the tools and on the server of Debian: nothing is missing after it was restored. */
import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { choosePort } from '../../src/embedded/free-port.ts'
import { spawnServer } from '../../src/embedded/server-process.ts'
import { chooseServerUser, runAs } from '../../src/embedded/server-user.ts'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { describeSchema, readContents } from '../support/database-contents.ts'
import { fillWithFirstSchema } from '../support/filled-database.ts'
import { ensureDebianPostgres } from '../support/provision.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const script = fileURLToPath(new URL('../../deploy/create-database.sh', import.meta.url))
const programs = ensureDebianPostgres()

t.test(
  'dumped, and restored into an empty cluster',
  {
    skip: programs ? false : 'there is no PostgreSQL of Debian, and none can be installed',
  },
  async t => {
    const bin = dirname(programs!.initdb)
    const from = await startCluster(t, bin)
    await fillWithFirstSchema(from.url('contact_import'))
    await migrate(from.url('contact_import'))
    const dump = join(makeScratchFolder(t), 'contact-import.dump')
    const dumpAs = (role: string, ...more: string[]) =>
      from.run('pg_dump', [
        `--username=${role}`,
        '--dbname=contact_import',
        '--format=custom',
        `--file=${dump}`,
        ...more,
      ])

    t.match(dumpAs('contact_import'), { status: 1, stderr: /row-level security/ })
    t.equal(dumpAs('contact_import', '--enable-row-security').status, 0, 'says nothing')
    t.equal((await restore(t, bin, dump)).get('contacts')!.rows.length, 0, 'and has no contacts')

    t.strictSame(dumpAs('contact_import_backup'), { status: 0, stderr: '' })
    const before = await readContents(from.url('postgres'))
    for (const [table, { rows }] of before) t.comment(`${rows.length} rows of ${table}`)
    t.ok(before.get('contacts')!.rows.length > 0 && before.get('file_chunks')!.rows.length > 0)
    t.strictSame(await restore(t, bin, dump, await describeSchema(from.url('postgres'))), before)
    await t.rejects(
      queryOnce(from.url('contact_import_backup'), 'delete from contacts'),
      { code: /^(25006|42501)$/ },
      'the role for backups only reads',
    )
  },
)

/** Restores the dump as the README says; gives every table of what came out. */
async function restore(t: Test, bin: string, dump: string, schema?: string[]) {
  const to = await startCluster(t, bin)
  const restored = to.run('pg_restore', [
    ...['--username=postgres', '--dbname=contact_import', '--exit-on-error'],
    ...['--single-transaction', dump],
  ])
  t.strictSame(restored, { status: 0, stderr: '' })
  const url = to.url('postgres')
  if (schema) t.strictSame(await describeSchema(url), schema)
  t.strictSame(await migrate(to.url('contact_import')), [], 'the service finds nothing to migrate')
  return readContents(url)
}

/** A cluster with the database that deploy/create-database.sh makes, open to everybody on this machine. */
async function startCluster(t: Test, bin: string) {
  const folder = makeScratchFolder(t)
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const user = chooseServerUser([])
  if (user) chownSync(data, user.uid, user.gid)
  const made = runAs(user, join(bin, 'initdb'), [
    ...[`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--no-sync'],
    ...['--encoding=UTF8', '--locale=C.UTF-8'],
  ])
  if (!made.succeeded) throw new Error(made.output)
  const port = await choosePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const server = await spawnServer({
    command: join(bin, 'postgres'),
    args: ['-D', data, '-F', ...settings.flatMap(setting => ['-c', setting])],
    logPath: join(folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    user,
  })
  t.teardown(() => server.stop())
  const url = (role: string, database = 'contact_import') =>
    `postgres://${role}@127.0.0.1:${port}/${database}?sslmode=disable`
  const env = { PATH: `${bin}:${process.env.PATH}`, PGHOST: '127.0.0.1', PGPORT: String(port) }
  const run = (command: string, args: readonly string[], more: Record<string, string> = {}) => {
    const options = { env: { ...env, ...more }, encoding: 'utf8' } as const
    const { status, stderr } = spawnSync(command, args, options)
    return { status, stderr }
  }
  while ((await queryOnce(url('postgres', 'postgres'), 'select 1').catch(() => true)) === true) {
    if (server.hasExited()) throw new Error(server.readLog())
    await sleep(50)
  }
  t.strictSame(run('sh', [script], { DATABASE_PASSWORD: 'any' }), { status: 0, stderr: '' })
  return { url, run: (command: string, args: readonly string[]) => run(join(bin, command), args) }
}
