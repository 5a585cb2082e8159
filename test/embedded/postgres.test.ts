import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startPostgres } from '../../src/embedded/postgres.ts'
import { commandLineOf } from '../../src/embedded/process-table.ts'
import { startOwnPostgres } from '../support/own-servers.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { endMiniature, killMiniature, startMiniature } from '../support/service-in-miniature.ts'

const settings = { shared_buffers: '32MB' }

t.test('data outlives a stop, a crash of the server and a crash of the service', async t => {
  const postgres = await startOwnPostgres(t)
  const count = async () => (await queryOnce(postgres.url, 'select count(*)::int from kept'))[0]
  await queryOnce(postgres.url, 'create table kept as select 1 as a')

  await postgres.stop()
  t.equal(commandLineOf(postgres.pid()), undefined, 'stopped')
  await postgres.start()
  t.same(await count(), { count: 1 })

  await queryOnce(postgres.url, 'insert into kept values (2)')
  await postgres.killOutright()
  await postgres.start()
  t.same(await count(), { count: 2 })

  await postgres.stop()
  const service = await startMiniature(t, 'postgres', { folder: postgres.folder })
  await queryOnce(service.url, 'insert into kept values (3)')
  await killMiniature(service)
  t.ok(commandLineOf(service.serverPid), 'the server outlives a service killed outright')
  await postgres.start()
  t.not(postgres.pid(), service.serverPid)
  t.equal(commandLineOf(service.serverPid), undefined, 'the leftover is stopped')
  t.same(await count(), { count: 3 })
})

t.test('a service that ends of itself takes its server along', async t => {
  const folder = join(makeScratchFolder(t), 'postgres')
  const service = await startMiniature(t, 'postgres', { folder })
  await endMiniature(service)
  t.notOk(readdirSync(join(folder, 'cluster')).includes('postmaster.pid'), 'stopped in order')
})

t.test('the server as the service finds it', async t => {
  const postgres = await startOwnPostgres(t, { work_mem: '7MB' })

  await t.test('a process group of its own: Ctrl-C in the terminal does not reach it', async t => {
    // proc(5): the process group is the third field after the name in parentheses
    const stat = readFileSync(`/proc/${postgres.pid()}/stat`, 'utf8')
    t.equal(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]), postgres.pid())
  })

  await t.test('a role that row-level security binds, each time anew', async t => {
    const rights = `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty
                      from pg_roles where rolname = current_user`
    t.same(await queryOnce(postgres.url, rights), [{ mighty: false }])
    t.same(await queryOnce(postgres.adminUrl, rights), [{ mighty: true }])
    await queryOnce(postgres.url, 'create table public.own (a int)')
    await queryOnce(postgres.adminUrl, 'alter role contact_import superuser')
    await postgres.stop()
    await postgres.start()
    t.same(await queryOnce(postgres.url, rights), [{ mighty: false }])
  })

  await t.test('nobody gets in from elsewhere, or without the password', async t => {
    const [row] = await queryOnce(postgres.url, 'show listen_addresses')
    t.same(row, { listen_addresses: '127.0.0.1' })
    const stranger = new URL(postgres.url)
    stranger.password = 'guess'
    await t.rejects(queryOnce(stranger.href, 'select 1'), { code: '28P01' })
    t.equal(statSync(join(postgres.folder, 'secrets.json')).mode & 0o777, 0o600)
    const hba = readFileSync(join(postgres.folder, 'cluster', 'pg_hba.conf'), 'utf8')
    t.notMatch(hba, /^\w.*\b(trust|md5|password)$/m)
  })

  await t.test('UTF-8, ordered byte by byte whatever the host says', async t => {
    const [row] = await queryOnce(
      postgres.url,
      `select current_setting('server_encoding') as encoding, 'Z' < 'a' as bytewise,
              lower('ŁÓDŹ') as lower, current_setting('work_mem') as work_mem`,
    )
    t.same(row, { encoding: 'UTF8', bytewise: true, lower: 'łódź', work_mem: '7MB' })
  })

  await t.test('its log tells of failures without the values that failed', async t => {
    await queryOnce(
      postgres.url,
      'create table numbers (number int primary key check (number > 0))',
    )
    const failing = `insert into numbers values (-48501234567 / 1000)`
    await t.rejects(queryOnce(postgres.url, failing), { code: '23514' })
    const log = readFileSync(join(postgres.folder, 'postgres.log'), 'utf8')
    t.match(log, /violates check constraint/)
    t.notMatch(log, /48501234/)
  })
})

t.test('what a start killed half-way left behind is made again', async t => {
  const dataDir = join(makeScratchFolder(t), 'postgres')
  mkdirSync(join(dataDir, 'cluster.new'), { recursive: true })
  writeFileSync(join(dataDir, 'cluster.new', 'PG_VERSION'), '18')
  writeFileSync(join(dataDir, 'owner.json'), '{"pid":1,"startMark":"another"}')
  const postgres = await startPostgres({ dataDir, settings })
  t.same(await queryOnce(postgres.url, 'select 1 as one'), [{ one: 1 }])
  await postgres.stop()
  t.strictSame(readdirSync(dataDir), ['cluster', 'postgres.log', 'secrets.json'])
})

t.test('a database whose passwords were deleted is set aside, not overwritten', async t => {
  const dataDir = join(makeScratchFolder(t), 'postgres')
  const first = await startPostgres({ dataDir, settings })
  await queryOnce(first.url, 'create table precious ()')
  await first.stop()
  rmSync(join(dataDir, 'secrets.json'))
  const lines: string[] = []
  const second = await startPostgres({ dataDir, settings, log: line => lines.push(line) })
  t.same(await queryOnce(second.url, "select to_regclass('precious') as found"), [{ found: null }])
  await second.stop()
  const aside = readdirSync(dataDir).find(name => name.startsWith('cluster-'))!
  t.match(lines[0], `set it aside as ${join(dataDir, aside)}`)
  t.ok(statSync(join(dataDir, aside, 'PG_VERSION')))
})
