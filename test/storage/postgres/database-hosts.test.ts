/** Connections to servers as clusters have them: several hosts, TLS, folders of sockets. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { BoundedClient } from '../../../src/storage/postgres/bounded-client.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import { openNotifications } from '../../../src/storage/postgres/notifications.ts'
import { makeCertificate } from '../../support/certificates.ts'
import { type OwnPostgres, startOwnPostgres } from '../../support/own-servers.ts'
import { startPostgresCopy } from '../../support/postgres-copy.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'

/** The address of all these servers at once, in this order. */
function joined(...urls: readonly string[]): string {
  const hosts = urls.map(url => new URL(url).host)
  return urls[0]!.replace(hosts[0]!, hosts.join(','))
}

async function ask<Row>(url: string, sql: string): Promise<Row> {
  const client = new BoundedClient({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}

const portOf = async (url: string): Promise<number> =>
  Number((await ask<{ port: string }>(url, `select current_setting('port') as port`)).port)

t.test('of several hosts the one that takes writes, also after another took over', async t => {
  const primary = await startOwnPostgres(t)
  await migrate(primary.url)
  const standby = await startPostgresCopy(t, primary, { isStandby: true })
  const standbyPort = Number(new URL(standby.url).port)
  const url = joined(standby.url, primary.url)
  t.equal(await portOf(url), primary.port, 'not the first, which is a standby')
  t.equal(await portOf(url.replace('@', '@127.0.0.1:1,')), primary.port, 'nor one that is away')

  const orm = await openOrm(url)
  t.teardown(() => orm.close())
  const served = async () => {
    const [row] = await orm.em.fork().execute(`select current_setting('port')::int as port`)
    return row.port
  }
  const { promise: reopened, resolve } = Promise.withResolvers<void>()
  const notifications = await openNotifications(url, ['things'], () => {})
  t.teardown(() => notifications.close())
  notifications.on('things', payload => payload === '' && resolve())
  t.equal(await served(), primary.port)
  await primary.killOutright()
  await t.rejects(served(), 'nobody takes writes')
  await queryOnce(standby.adminUrl, 'select pg_promote()')
  await reopened
  t.equal(await served(), standbyPort)
  t.equal(await portOf(url), standbyPort)
})

t.test('a read-only server is none, a standby ends the start in one line', async t => {
  const primary = await startOwnPostgres(t)
  await migrate(primary.url)
  const standby = await startPostgresCopy(t, primary, { isStandby: true })
  await t.rejects(migrate(standby.url), { message: /^the server of DATABASE_URL is a standby/ })
  await queryOnce(primary.adminUrl, 'alter system set default_transaction_read_only = on')
  await queryOnce(primary.adminUrl, 'select pg_reload_conf()')
  await t.rejects(migrate(primary.url), { message: /^the server of DATABASE_URL takes no writes/ })
  const { hostname } = new URL(primary.url)
  const line = `${hostname}:\\d+: takes no writes: it is a standby, or read-only by default`
  await t.rejects(migrate(joined(standby.url, primary.url)), {
    message: new RegExp(`^DATABASE_URL: ${line}; ${line}$`),
  })
})

t.test('what may be lost in a crash is told', async t => {
  const postgres = await startOwnPostgres(t)
  const warnings: string[] = []
  const warn = (line: string) => warnings.push(line)
  await migrate(postgres.url, { warn })
  t.strictSame(warnings, [])
  await queryOnce(postgres.adminUrl, 'alter role contact_import set synchronous_commit = off')
  await migrate(postgres.url, { warn })
  t.match(warnings, [/^PostgreSQL runs with synchronous_commit = off: /])
})

t.test('a folder of sockets', async t => {
  const postgres = await startOwnPostgres(t)
  const folder = makeScratchFolder(t)
  chmodSync(folder, 0o777)
  const copy = await startPostgresCopy(t, postgres, {
    settings: { unix_socket_directories: folder },
  })
  const { username, password, port, pathname } = new URL(copy.url)
  const query = 'select inet_server_addr() as address'
  for (const url of [
    `postgres://${username}:${password}@${pathname}?host=${folder}&port=${port}`,
    `postgres://${username}:${password}@${encodeURIComponent(folder)}:${port}${pathname}`,
  ]) {
    t.strictSame(await ask(url, query), { address: null }, url)
    const orm = await openOrm(url)
    t.strictSame(await orm.em.fork().execute(query), [{ address: null }])
    await orm.close()
  }
})

t.test('TLS as sslmode says', async t => {
  const postgres = await startOwnPostgres(t)
  const encrypted = async (query: string) =>
    (
      await ask<{ ssl: boolean }>(
        `${postgres.url}?${query}`,
        'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
      )
    ).ssl
  for (const mode of ['', 'sslmode=prefer', 'sslmode=allow', 'sslmode=disable']) {
    t.equal(await encrypted(mode), false, `without TLS at the server: ${mode}`)
  }
  await t.rejects(encrypted('sslmode=require'), /does not support SSL/)

  const { ca, other } = await serveTls(postgres)
  for (const [query, expected] of Object.entries({
    '': true,
    'sslmode=prefer': true,
    'sslmode=allow': false,
    'sslmode=disable': false,
    'sslmode=require': true,
    [`sslmode=verify-ca&sslrootcert=${ca}`]: true,
    [`sslmode=verify-full&sslrootcert=${ca}`]: true,
  })) {
    t.equal(await encrypted(`${query}&application_name=${expected}`), expected, query)
  }
  await t.rejects(encrypted('sslmode=verify-full'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  for (const mode of ['require', 'verify-ca', 'verify-full']) {
    await t.rejects(encrypted(`sslmode=${mode}&sslrootcert=${other}`), mode)
  }

  await allowOnly(postgres, 'hostssl')
  t.equal(await encrypted('connect_timeout=1'), true)
  t.equal(await encrypted('sslmode=allow&connect_timeout=1'), true, 'once it was refused without')
  await t.rejects(encrypted('sslmode=disable&connect_timeout=1'), { code: '28000' })
  await allowOnly(postgres, 'hostnossl')
  t.equal(await encrypted('connect_timeout=2'), false, 'once it was refused with')
  await t.rejects(encrypted('sslmode=require&connect_timeout=2'), { code: '28000' })
})

/** Has the server speak TLS by a certificate of its own; gives that, and another one by the same name. */
async function serveTls(postgres: OwnPostgres): Promise<{ ca: string; other: string }> {
  const cluster = join(postgres.folder, 'cluster')
  const { uid, gid } = statSync(cluster)
  const server = makeCertificate(postgres.folder, 'server')
  const other = makeCertificate(postgres.folder, 'other')
  chownSync(server.key, uid, gid)
  for (const [name, value] of Object.entries({
    ssl_cert_file: server.cert,
    ssl_key_file: server.key,
    ssl: 'on',
  })) {
    await queryOnce(postgres.adminUrl, `alter system set ${name} = '${value}'`)
  }
  await reload(postgres)
  return { ca: server.cert, other: other.cert }
}

async function allowOnly(postgres: OwnPostgres, kind: 'hostssl' | 'hostnossl'): Promise<void> {
  const path = join(postgres.folder, 'cluster', 'pg_hba.conf')
  execFileSync('sed', ['-i', '/^host/d', path])
  appendFileSync(path, `host all postgres 127.0.0.1/32 scram-sha-256\n`)
  appendFileSync(path, `${kind} all contact_import 127.0.0.1/32 scram-sha-256\n`)
  await reload(postgres)
}

/** Resolves when new sessions meet the new settings: the postmaster rereads them after the answer. */
async function reload({ adminUrl }: OwnPostgres): Promise<void> {
  const readTimes = () => queryOnce(adminUrl, 'select pg_conf_load_time()::text as at')
  const [before] = await readTimes()
  await queryOnce(adminUrl, 'select pg_reload_conf()')
  for (;;) {
    const [now] = await readTimes()
    if (now!.at !== before!.at) return
  }
}
