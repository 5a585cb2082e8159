/** The line between a worker and PostgreSQL is cut in mid-batch, and neither is told. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runImport } from '../../src/imports/run/run-import.ts'
import { SessionKeeper } from '../../src/imports/run/run-sessions.ts'
import { Progress } from '../../src/imports/threads/progress.ts'
import { postgresFileStore } from '../../src/storage/files/file-store.ts'
import { claimRun } from '../../src/storage/imports/queue.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { catalogue } from '../support/built-in-catalogue.ts'
import { createTestDatabase } from '../support/database.ts'
import { setEngineScene } from '../support/engine-scene.ts'
import { queryOnce } from '../support/query.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

t.test('a lost worker holds its batch no longer than its lease', async t => {
  const database = await createTestDatabase(t)
  const scene = await setEngineScene(t, {
    database,
    env: { BATCH_ROWS_MAX: '25', LEASE_MS: '2000' },
  })
  const proxy = await openLine(t, database.url)
  await scene.fleet.start({ ROLE: 'worker', DATABASE_URL: proxy.url })
  const id = await scene.begin()
  await scene.waitForMiddle(id)
  await scene.fleet.start({ ROLE: 'worker' })
  const [cut] = await queryOnce(database.adminUrl, 'select clock_timestamp() as at')
  proxy.cut()
  t.strictSame(await scene.faultsAtEnd(id), [])
  const [taken] = await queryOnce(
    database.adminUrl,
    `select extract(epoch from min(at) - $2)::float8 * 1000 as ms from audit.changes c
    where import_id = $1 and at > $2 and status = 'running' and next_row > (
      select max(next_row) from audit.changes where import_id = $1 and at <= $2 + interval '200 ms')`,
    [id, cut!.at],
  )
  t.comment(`the next batch of the other came ${Math.round(Number(taken!.ms))} ms after the cut`)
  t.ok(Number(taken!.ms) < 15_000)
  const left = await queryOnce(
    database.adminUrl,
    `select state from pg_stat_activity
    where datname = current_database() and application_name like 'contact-import ' || $2 || ' %'
      and xact_start < $1::timestamptz + interval '2 seconds'`,
    [cut!.at, id],
  )
  t.strictSame(left, [], 'no transaction from before the cut is left')
})

t.test('a run ends also where its second session had nothing to do', async t => {
  const database = await createTestDatabase(t)
  const scene = await setEngineScene(t, { database, rows: 500 })
  const proxy = await openLine(t, database.url)
  const orm = await openOrm(database.url)
  t.teardown(() => orm.close())
  await scene.begin()
  const leaseMs = 1_000
  const caps = { leaseMs, runningMax: 1, runningPerTenant: 1 }
  const run = runImport({
    databaseUrl: proxy.url,
    sessions: new SessionKeeper(),
    progress: new Progress(),
    claim: (await claimRun(orm, { owner: 'a worker behind a line', ...caps }))!,
    files: {
      ...postgresFileStore,
      fetchTo(...file) {
        proxy.cut()
        return postgresFileStore.fetchTo(...file)
      },
    },
    fields: catalogue.fields,
    path: join(scene.scratchDir, 'fetched'),
    scratchDir: scene.scratchDir,
    leaseMs,
    batchRowsMax: 1_000,
    stopping: new AbortController().signal,
  })
  await t.rejects(run, { message: /Connection terminated/ })
})

/** A way to PostgreSQL that can be cut. */
async function openLine(t: Test, databaseUrl: string) {
  const address = new URL(databaseUrl)
  const proxy = await startTcpProxy(Number(address.port))
  t.teardown(() => proxy.close())
  address.port = String(proxy.port)
  return { url: address.href, cut: () => proxy.cut() }
}
