/** Claims of jobs against real PostgreSQL: the fence of steps, leases, crashes, suspects and poisoned jobs. */
import t, { type Test } from 'tap'
import { crashesMax } from '../../../src/limits.ts'
import type { Claim } from '../../../src/storage/jobs/claims.ts'
import {
  claimJob,
  giveJobBack,
  JobLostError,
  queueJob,
  renewJobs,
  type Step,
  takeStep,
} from '../../../src/storage/jobs/step-jobs.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { openTestDatabase } from '../../support/opened-database.ts'

const leaseMs = 60_000
const caps = { leaseMs, runningMax: 3, runningPerTenant: 2 }

async function openJobs(t: Test) {
  const { orm, admin } = await openTestDatabase(t)
  const create = (tenantId: string) =>
    inTenant(orm, tenantId, em => queueJob(sqlOf(em), { tenantId, kind: 'deletion' }))
  const claim = (owner = 'a process') => claimJob(orm, { owner, ...caps })
  const change = (set: string) => admin.query(`update jobs set ${set}`)
  const read = async () => (await admin.query('select * from jobs order by id')).rows
  return { orm, create, claim, change, read }
}

const endsTurn = () => false
const marks: Step = async () => ({ next: 'again', checkpoint: { marked: true } })
const leaves: Step = async () => ({ next: 'gone' })

t.test('a step under the claim goes in, and clears the crashes', async t => {
  const { orm, create, claim, change, read } = await openJobs(t)
  await create('acme')
  const held = (await claim())!
  await change('crashes = 1')
  t.equal(await takeStep(orm, held, () => marks, { leaseMs, endsTurn }), 'again')
  t.match(await read(), [{ status: 'running', crashes: 0, checkpoint: { marked: true } }])
})

for (const [name, set] of [
  ['another claim', 'epoch = epoch + 1'],
  ['a job that runs no more', `status = 'queued'`],
] as const) {
  t.test(`a step is closed by ${name}, before it and in its middle`, async t => {
    const { orm, create, claim, change, read } = await openJobs(t)
    await create('acme')
    const held = (await claim())!
    const take = (step: Step) => takeStep(orm, held, () => step, { leaseMs, endsTurn })
    for (const step of [marks, leaves]) {
      await t.rejects(
        take(async (sql, job) => {
          await change(set)
          return step(sql, job)
        }),
        JobLostError,
      )
      await change(`epoch = ${held.epoch}, status = 'running'`)
    }
    let isBegun = false
    await change(set)
    await t.rejects(
      take(async (sql, job) => {
        isBegun = true
        return marks(sql, job)
      }),
      JobLostError,
    )
    t.notOk(isBegun, 'no work is begun')
    t.match(await read(), [{ checkpoint: {} }])
  })
}

t.test('a lease is renewed, and given back, by its own claim alone', async t => {
  const { orm, create, claim, change, read } = await openJobs(t)
  await create('acme')
  const held = (await claim())!
  const leaseOf = async () => Number((await read())[0].lease_until) - Date.now()
  const soon = `lease_until = clock_timestamp() + interval '5 seconds'`
  const earlier: Claim = { ...held, epoch: held.epoch - 1 }

  await change(soon)
  await renewJobs(orm, [earlier], leaseMs)
  await giveJobBack(orm, earlier, false)
  t.ok(Math.abs((await leaseOf()) - 5_000) < 4_000, 'it is as it was')
  await renewJobs(orm, [held], leaseMs)
  t.ok((await leaseOf()) > leaseMs / 2)
  await giveJobBack(orm, held, false)
  await renewJobs(orm, [held], leaseMs)
  t.ok((await leaseOf()) < 0, 'given back it is renewed no more')
  t.match(await claim('another'), { id: held.id, epoch: held.epoch + 1 })
})

t.test('caps hold: of all jobs, and of a tenant', async t => {
  const { create, claim } = await openJobs(t)
  for (const tenant of ['acme', 'acme', 'acme', 'globex', 'initech']) await create(tenant)
  const claimed = [await claim('a'), await claim('b'), await claim('c')]
  const tenants = claimed.map(held => held?.tenantId)
  t.equal(new Set(tenants).size, 3, 'tenants take turns')
  t.equal(await claim('d'), undefined, 'three run, no more may')
})

t.test('a tenant has its own cap', async t => {
  const { create, claim } = await openJobs(t)
  for (const tenant of ['acme', 'acme', 'acme']) await create(tenant)
  t.ok(await claim('a'))
  t.ok(await claim('b'))
  t.equal(await claim('c'), undefined, 'two of it run, a third may not')
})

t.test(
  'a job that takes its process down again and again runs alone, and then no more',
  async t => {
    const { orm, create, claim, read } = await openJobs(t)
    await create('acme')
    for (let crashes = 0; crashes < crashesMax; crashes += 1) {
      const held = (await claim(`process ${crashes}`))!
      t.equal((await read())[0].crashes, crashes)
      if (crashes === crashesMax - 1) {
        await create('globex')
        t.equal(await claim(`process ${crashes}`), undefined, 'nothing runs beside a suspect')
      }
      await giveJobBack(orm, held, true)
      if (crashes !== crashesMax - 2) continue
      // It waits as a suspect: a process that runs nothing takes it before all that are queued.
      await create('initech')
    }
    await claim('the last')
    t.equal((await read())[0].status, 'failed')
  },
)

t.test('a job that was handed back blames nobody', async t => {
  const { orm, create, claim, read } = await openJobs(t)
  await create('acme')
  for (let round = 0; round < crashesMax + 1; round += 1) {
    await giveJobBack(orm, (await claim(`process ${round}`))!, false)
  }
  t.match(await read(), [{ status: 'running', crashes: 0 }])
})
