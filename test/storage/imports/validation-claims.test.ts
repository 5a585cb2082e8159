/** Validations wait in the queue of the imports: one order, one set of caps, the same turns between tenants. */
import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import t from 'tap'
import type { Run } from '../../../src/contracts/run-state.ts'
import { crashesMax } from '../../../src/limits.ts'
import { createRandom } from '../../../src/sample/random.ts'
import {
  claimRun,
  type RunClaim,
  releaseLease,
  renewLeases,
} from '../../../src/storage/imports/queue.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { findQueuePositions } from '../../../src/storage/outbox/outbox.ts'
import type { Orm } from '../../../src/storage/postgres/orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { openTestDatabase } from '../../support/opened-database.ts'

interface Queued {
  readonly tenant: string
  readonly run: Run
  readonly status?: 'queued' | 'running'
  /** when it was queued */
  readonly minute: number
}

/** Adds imports, or mapped imports whose validations are in that state; gives the ids of the imports. */
async function add(admin: Client, wanted: readonly Queued[]): Promise<string[]> {
  const ids: string[] = []
  for (const { tenant, run, status = 'queued', minute } of wanted) {
    const id = randomUUIDv7()
    const isImport = run === 'import'
    const held = status === 'running' ? `'p', 'infinity'` : 'null, null'
    const queuedAt = `'epoch'::timestamptz + $3 * interval '1 minute'`
    await admin.query(
      `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets, preview,
        mapping, first_row, next_row, rows_total, created_by, queued_at, owner, lease_until)
      values ($1, $2, 'n', '${isImport ? status : 'mapped'}', 'f.xlsx', 1, repeat('a', 64), '[]', '[]', '{}', 2, 2,
        10, 'anna', ${queuedAt}, ${isImport ? held : 'null, null'})`,
      [id, tenant, minute],
    )
    if (!isImport) {
      await admin.query(
        `insert into validations (tenant_id, import_id, status, mapping, first_row, next_row, rows_total, queued_at,
          owner, lease_until)
        values ($2, $1, '${status}', '{}', 2, 2, 10, ${queuedAt}, ${held})`,
        [id, tenant, minute],
      )
    }
    ids.push(id)
  }
  return ids
}

const claimOne = (orm: Orm, runningMax = 100, runningPerTenant = 100, owner = 'p') =>
  claimRun(orm, { owner, leaseMs: 60_000, runningMax, runningPerTenant })

t.test('imports and validations count together', async t => {
  const { orm, admin } = await openTestDatabase(t)
  const [, validation] = await add(admin, [
    { tenant: 'a', run: 'import', minute: 1 },
    { tenant: 'a', run: 'validation', minute: 2 },
    { tenant: 'a', run: 'validation', minute: 3 },
    { tenant: 'a', run: 'import', minute: 4 },
    { tenant: 'b', run: 'import', minute: 5 },
  ])
  t.match(await claimOne(orm, 10, 2), { tenantId: 'a', run: 'import' })
  t.match(await claimOne(orm, 10, 2), { tenantId: 'b', run: 'import' })
  t.match(await claimOne(orm, 10, 2), { tenantId: 'a', run: 'validation', importId: validation })
  t.equal(await claimOne(orm, 10, 2), undefined, 'one of each: the tenant has its two places')
  t.equal(await claimOne(orm, 3, 9), undefined, 'and three run in all')
  t.match(await claimOne(orm, 4, 9), { tenantId: 'a', run: 'validation' })
})

t.test('twenty imports of a tenant do not keep the validation of another waiting', async t => {
  const { orm, admin } = await openTestDatabase(t)
  const many = (run: Run, tenant: string, from: number) =>
    Array.from({ length: 20 }, (_, at): Queued => ({ tenant, run, minute: from + at }))
  await add(admin, many('import', 'many', 0))
  t.match(await claimOne(orm, 2, 2), { tenantId: 'many' })
  const [late] = await add(admin, [{ tenant: 'few', run: 'validation', minute: 99 }])
  t.match(await claimOne(orm, 2, 2), { tenantId: 'few', importId: late })
  await admin.query('truncate imports, validations, tenants, outbox cascade')
  await add(admin, many('validation', 'many', 0))
  t.match(await claimOne(orm, 2, 2), { tenantId: 'many' })
  await add(admin, [{ tenant: 'few', run: 'import', minute: 99 }])
  t.match(await claimOne(orm, 2, 2), { tenantId: 'few', run: 'import' }, 'nor the other way round')
})

t.test('no cap is broken by 4 processes of 8 slots', { timeout: 300_000 }, async t => {
  const { url, admin } = await openTestDatabase(t)
  for (const tenant of ['a', 'b', 'c']) {
    await add(
      admin,
      Array.from({ length: 12 }, (_, minute): Queued => {
        return { tenant, run: minute % 2 === 0 ? 'import' : 'validation', minute }
      }),
    )
  }
  const random = createRandom(3)
  const held = new Set<RunClaim>()
  const seen = { import: 0, validation: 0, mostAtOnce: 0, mostOfTenant: 0 }
  let giving = Promise.resolve()
  const queueAgain = async ({ run, importId }: RunClaim) => {
    const [table, key] = run === 'import' ? ['imports', 'id'] : ['validations', 'import_id']
    await admin.query(
      `update ${table} set status = 'queued', queued_at = clock_timestamp(), owner = null,
        lease_until = null where ${key} = $1`,
      [importId],
    )
  }
  async function work(orm: Orm, owner: string): Promise<void> {
    while (seen.import + seen.validation < 200) {
      const claim = await claimOne(orm, 5, 2, owner)
      if (!claim) {
        await sleep(20)
        continue
      }
      held.add(claim)
      seen[claim.run] += 1
      seen.mostAtOnce = Math.max(seen.mostAtOnce, held.size)
      const ofTenant = [...held].filter(({ tenantId }) => tenantId === claim.tenantId)
      seen.mostOfTenant = Math.max(seen.mostOfTenant, ofTenant.length)
      await sleep(random.below(200))
      held.delete(claim)
      giving = giving.then(() => queueAgain(claim))
      await giving
    }
  }
  await Promise.all(
    Array.from({ length: 4 }, async (_, process) => {
      const orm = await openOrm(url, { poolMax: 8 })
      await Promise.all(Array.from({ length: 8 }, () => work(orm, `process ${process}`)))
      await orm.close()
    }),
  )
  t.comment(JSON.stringify(seen))
  t.equal(seen.mostAtOnce, 5)
  t.equal(seen.mostOfTenant, 2)
  t.ok(seen.import > 50 && seen.validation > 50, 'both had their turns')
})

/** The whole order of claims, of imports and validations together. */
const wholeOrder = `
  with runs as (
    select tenant_id, id, status, queued_at from imports where status in ('queued', 'running')
    union all
    select tenant_id, import_id, status, queued_at from validations where status in ('queued', 'running')
  ), queued as (
    select q.id, q.tenant_id, q.queued_at,
      (select count(*) from runs r where r.tenant_id = q.tenant_id and r.status = 'running')
        + row_number() over (partition by q.tenant_id order by q.queued_at, q.id) as turn
    from runs q where q.status = 'queued'
  )
  select q.id, q.tenant_id as tenant, row_number() over (
    order by q.turn, t.last_claimed_at nulls first, q.queued_at, q.id)::int as place
  from queued q left join tenants t on t.tenant_id = q.tenant_id order by place`

t.test('places are those of the whole order, and the first one is claimed', async t => {
  const { admin, orm } = await openTestDatabase(t)
  const random = createRandom(11)
  const upTo = (count: number) => Math.floor(random.next() * (count + 1))
  let compared = 0
  for (let round = 0; round < 30; round += 1) {
    await admin.query('truncate imports, validations, tenants, outbox cascade')
    const tenants = Array.from({ length: 1 + upTo(4) }, (_, at) => `t${at}`)
    for (const tenant of tenants) {
      const wanted = Array.from({ length: upTo(9) }, (): Queued => {
        const status = random.next() < 0.3 ? 'running' : 'queued'
        return {
          tenant,
          run: random.next() < 0.5 ? 'import' : 'validation',
          status,
          minute: upTo(9),
        }
      })
      await add(admin, wanted)
      if (random.next() < 0.5) {
        await admin.query(
          `insert into tenants (tenant_id, last_claimed_at)
          values ($1, 'epoch'::timestamptz + $2 * interval '1 minute')`,
          [tenant, upTo(3)],
        )
      }
    }
    const { rows } = await admin.query(wholeOrder)
    for (const tenant of tenants) {
      const own = rows.filter(row => row.tenant === tenant)
      const ids = rows.map(({ id }) => id)
      const told = await inTenant(orm, tenant, em => findQueuePositions(sqlOf(em), ids))
      t.strictSame([...told].toSorted(), own.map(({ id, place }) => [id, place]).toSorted())
      compared += own.length
    }
    t.equal((await claimOne(orm))?.importId, rows[0]?.id, `round ${round}`)
  }
  t.ok(compared > 100, `${compared} places`)
})

t.test('leases and crashes are those of a job', async t => {
  const { orm, admin } = await openTestDatabase(t)
  const [id] = await add(admin, [{ tenant: 'a', run: 'validation', minute: 1 }])
  const state = async () => {
    const { rows } = await admin.query(
      `select v.status, v.crashes, v.owner, v.failure_code as failure, v.lease_until > now() as "isHeld",
        i.status as import, i.epoch
      from validations v join imports i on i.id = v.import_id`,
    )
    return rows[0]
  }
  const first = (await claimOne(orm))!
  await releaseLease(orm, first, false)
  const second = (await claimOne(orm))!
  t.match(second, { importId: id, run: 'validation', epoch: first.epoch + 1 })
  t.match(await state(), { status: 'running', crashes: 0, import: 'mapped', epoch: 0 })
  await renewLeases(orm, [first], 600_000)
  await renewLeases(orm, [{ ...second, run: 'import' }], 600_000)
  await admin.query(`update validations set lease_until = clock_timestamp() - interval '1 second'`)
  await renewLeases(orm, [second], 60_000)
  t.equal((await state()).isHeld, true)
  for (let crashes = 1; crashes < crashesMax; crashes += 1) {
    await admin.query(`update validations set lease_until = 'epoch'`)
    t.ok(await claimOne(orm, 10, 10, 'another'))
    t.match(await state(), { status: 'running', crashes })
  }
  await admin.query(`update validations set lease_until = 'epoch'`)
  await admin.query('begin')
  await admin.query('select from imports for update')
  await t.rejects(claimOne(orm), { code: '55P03' }, 'a caller holds the import: another time')
  await admin.query('rollback')
  t.equal(await claimOne(orm), undefined)
  t.match(await state(), { status: 'failed', failure: 'import-poisoned', owner: null })
  const { rows } = await admin.query('select event, payload from outbox order by seq')
  t.strictSame(
    rows.map(({ event }) => event),
    ['validation-started', 'validation-failed'],
  )
  t.match(rows[1].payload, {
    status: 'mapped',
    validation: { failure: { code: 'import-poisoned' } },
  })
})

t.test('one whose import a caller has in hand is left for another time', async t => {
  const { orm, admin } = await openTestDatabase(t)
  await add(admin, [{ tenant: 'a', run: 'validation', minute: 1 }])
  await admin.query('begin')
  await admin.query('select from imports for update')
  t.equal(await claimOne(orm), undefined)
  await admin.query(`update validations set status = 'cancelled'`)
  await admin.query('commit')
  t.equal(await claimOne(orm), undefined, 'and then it was cancelled')
})
