import t from 'tap'
import { openOrm } from '../../src/storage/orm.ts'
import { claimImport, releaseLease } from '../../src/storage/queue.ts'
import { setEngineScene } from '../support/engine-scene.ts'

t.test('an import whose worker gave it up is read as any other until it goes on', async t => {
  const { begin, front, fleet, database, faultsAtEnd } = await setEngineScene(t, { rows: 500 })
  const orm = await openOrm(database.url)
  t.teardown(() => orm.close())
  const id = await begin()
  const owner = 'a worker that crashes'
  const caps = { leaseMs: 60_000, runningMax: 1, runningPerTenant: 1 }
  const claim = await claimImport(orm, { owner, ...caps })
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
