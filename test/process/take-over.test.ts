/** One process is stopped, killed or told to end in mid-import; another one, or itself again, goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { changesOf, setEngineScene } from '../support/engine-scene.ts'
import { queryOnce } from '../support/query.ts'

const rows = 3_000
/** Batches of 25 rows: an import lasts long enough to be met in its middle. */
const manyBatches = { BATCH_ROWS_MAX: '25' }

const scene = await setEngineScene(t, { rows, env: manyBatches })
const { fleet, database } = scene

t.test('a process that hangs 15 s writes not one row once it wakes', async t => {
  const stale = await fleet.start({ ROLE: 'worker' })
  const id = await scene.begin()
  await scene.waitForMiddle(id)
  stale.child.kill('SIGSTOP')
  const hanging = sleep(15_000)
  const heir = await fleet.start({ ROLE: 'worker' })
  t.strictSame(await scene.faultsAtEnd(id), [])
  await hanging
  const before = await changesOf(database.adminUrl, id)
  stale.child.kill('SIGCONT')
  // It first finds its connection gone or its fence closed, then ends its run.
  while (!stale.lines.some(line => line.includes('import run ended'))) await sleep(50)
  await sleep(1_000)
  t.strictSame(await changesOf(database.adminUrl, id), before, 'nothing changed after it woke')
  t.strictSame(await scene.faultsAtEnd(id), [])
  t.ok(
    stale.lines.some(line => /"outcome":"(lost|blocked)"/.test(line)),
    'it noticed that its claim is lost',
  )
  const owners = new Set(before.map(({ owner }) => owner).filter(owner => owner !== null))
  t.equal(owners.size, 2, 'both had it')
  await Promise.all([stale.kill(), heir.kill()])
})

t.test('a service that is killed and started again loses and repeats no row', async t => {
  const first = await fleet.start()
  const id = await scene.begin()
  await scene.waitForMiddle(id)
  t.equal(await first.kill('SIGKILL'), 'SIGKILL')
  const second = await fleet.start()
  t.strictSame(await scene.faultsAtEnd(id), [])
  await second.kill()
})

t.test(
  'a process that is told to end gives its lease back, and the next goes on at once',
  async t => {
    const leaseMs = 30_000
    const longLease = { ROLE: 'worker', LEASE_MS: String(leaseMs) }
    const first = await fleet.start(longLease)
    const id = await scene.begin()
    await scene.waitForMiddle(id)
    const second = await fleet.start(longLease)
    t.equal(await first.kill('SIGTERM'), 0)
    t.strictSame(await scene.faultsAtEnd(id), [])
    const [gap] = await queryOnce(
      database.adminUrl,
      `select max(ms)::float8 as ms from (
      select extract(epoch from at - lag(at) over (order by id)) * 1000 as ms
      from audit.changes where import_id = $1 and status = 'running') c`,
      [id],
    )
    t.ok(Number(gap!.ms) < leaseMs / 3, `no lease was waited for: ${gap!.ms} ms`)
    const [crashes] = await queryOnce(
      database.adminUrl,
      'select crashes from imports where id = $1',
      [id],
    )
    t.equal(crashes!.crashes, 0)
    await second.kill('SIGTERM')
  },
)
