import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { runImport } from '../../../src/imports/run/run-import.ts'
import { SessionKeeper } from '../../../src/imports/run/run-sessions.ts'
import { Progress } from '../../../src/imports/threads/progress.ts'
import { postgresFileStore } from '../../../src/storage/files/file-store.ts'
import { claimRun, releaseLease } from '../../../src/storage/imports/queue.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { catalogue } from '../../support/built-in-catalogue.ts'
import { setEngineScene } from '../../support/engine-scene.ts'
import { queryOnce } from '../../support/query.ts'
import { startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

t.test('an import whose worker gave it up is read as any other until it goes on', async t => {
  const { begin, front, fleet, database, faultsAtEnd } = await setEngineScene(t, { rows: 500 })
  const orm = await openOrm(database.url)
  t.teardown(() => orm.close())
  const id = await begin()
  const owner = 'a worker that crashes'
  const caps = { leaseMs: 60_000, runningMax: 1, runningPerTenant: 1 }
  const claim = await claimRun(orm, { owner, ...caps })
  t.equal(claim?.importId, id)
  await releaseLease(orm, claim!, true)
  for (const path of [`/imports/${id}`, '/imports', `/imports/${id}/preview`]) {
    t.match(await front.call('GET', path), { status: 200 }, path)
  }
  t.match(await front.call('PATCH', `/imports/${id}`, { body: { name: 'renamed' } }), {
    status: 200,
  })
  await fleet.start({ ROLE: 'worker' })
  t.strictSame(await faultsAtEnd(id), [])
})

t.test('a run that is to stop before its first batch writes nothing', async t => {
  const { begin, fleet, database, faultsAtEnd, scratchDir } = await setEngineScene(t)
  const orm = await openOrm(database.url)
  t.teardown(() => orm.close())
  const id = await begin()
  const caps = { leaseMs: 60_000, runningMax: 1, runningPerTenant: 1 }
  const claim = (await claimRun(orm, { owner: 'a worker that stops', ...caps }))!
  const stopping = new AbortController()
  const outcome = await runImport({
    databaseUrl: database.url,
    claim,
    sessions: new SessionKeeper(),
    progress: new Progress(),
    files: {
      ...postgresFileStore,
      fetchTo(...file) {
        stopping.abort()
        return postgresFileStore.fetchTo(...file)
      },
    },
    fields: catalogue.fields,
    path: join(scratchDir, 'fetched'),
    scratchDir,
    leaseMs: caps.leaseMs,
    batchRowsMax: 1_000_000,
    stopping: stopping.signal,
  })
  t.equal(outcome, 'stopped')
  const [row] = await queryOnce(
    database.adminUrl,
    'select status, next_row - first_row as read from imports where id = $1',
    [id],
  )
  t.strictSame(row, { status: 'running', read: 0 })
  await releaseLease(orm, claim, false)
  await fleet.start({ ROLE: 'worker' })
  t.strictSame(await faultsAtEnd(id), [])
})

t.test('a claim that succeeds while the service ends is given back at once', async t => {
  const service = await startTestService(t)
  const path = await writeSmallSheet(join(t.testdir(), 'klienci.xlsx'), [['Nazwisko'], ['Nowak']])
  const { id } = await service.upload(path)
  const admin = new Client({ connectionString: service.database.adminUrl })
  await admin.connect()
  t.teardown(() => admin.end())
  const claimLock = 7_301_002
  await admin.query('select pg_advisory_lock($1)', [claimLock])
  await service.mapAndStart(id)
  const waiting = `select from pg_locks where locktype = 'advisory' and objid = $1 and not granted`
  while ((await admin.query(waiting, [claimLock])).rowCount === 0) await sleep(20)
  const closed = service.close()
  await admin.query('select pg_advisory_unlock($1)', [claimLock])
  await closed
  const { rows } = await admin.query(
    'select status, owner, next_row - first_row as read from imports',
  )
  t.strictSame(rows, [{ status: 'running', owner: null, read: 0 }])
})
