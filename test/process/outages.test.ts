/** PostgreSQL and the broker go away in mid-import and come back. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { urlOfDatabase } from '../support/database-url.ts'
import { setEngineScene } from '../support/engine-scene.ts'
import { startOwnNats, startOwnPostgres } from '../support/own-servers.ts'
import { queryOnce } from '../support/query.ts'

t.jobs = 2

t.test('PostgreSQL is stopped at once and started', async t => {
  const postgres = await startOwnPostgres(t)
  await migrate(postgres.url)
  const adminUrl = urlOfDatabase(postgres.adminUrl, 'contact_import')
  const scene = await setEngineScene(t, {
    env: { BATCH_ROWS_MAX: '25' },
    database: { url: postgres.url, adminUrl },
  })
  const worker = await scene.fleet.start({ ROLE: 'worker' })
  const died = worker.ended.then(how => {
    throw new Error(`the worker ended (${how}):\n${worker.lines.join('\n')}`)
  })
  died.catch(() => {})
  const id = await scene.begin()
  for (let restart = 1; restart <= 2; restart += 1) {
    await scene.waitForMiddle(id)
    // Immediate mode: no checkpoint, no farewell; it recovers from its log.
    process.kill(postgres.pid(), 'SIGQUIT')
    await postgres.stop()
    await postgres.start()
  }
  t.strictSame(await Promise.race([scene.faultsAtEnd(id), died]), [])
  t.equal(worker.child.exitCode, null, 'the worker lived through it')
  await worker.kill('SIGTERM')
})

t.test('nats-server is killed and started', async t => {
  const nats = await startOwnNats(t)
  const scene = await setEngineScene(t, { env: { BATCH_ROWS_MAX: '25', NATS_URL: nats.url } })
  await scene.fleet.start({ ROLE: 'worker' })
  const id = await scene.begin()
  await scene.waitForMiddle(id)
  await nats.killOutright()
  t.strictSame(await scene.faultsAtEnd(id), [], 'the import goes on without it')
  await nats.start()
  const countWaiting = async () => {
    const [row] = await queryOnce(
      scene.database.adminUrl,
      'select count(*)::int as waiting from outbox where published_at is null',
    )
    return Number(row!.waiting)
  }
  while ((await countWaiting()) > 0) await sleep(50)
  t.equal(await countWaiting(), 0, 'every event was published in the end')
})
