/** The queue against real PostgreSQL: caps that hold under 8 × 8 claimants, turns of tenants, true positions. */

import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import t from 'tap'
import { createRandom } from '../../../src/sample/random.ts'
import { type Claim, claimRun, renewLeases } from '../../../src/storage/imports/queue.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { findQueuePosition } from '../../../src/storage/outbox/outbox.ts'
import type { Orm } from '../../../src/storage/postgres/orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { openTestDatabase } from '../../support/opened-database.ts'

const processes = 8
const slots = 8
const caps = { runningMax: 6, runningPerTenant: 2 }

/** `CLAIMS=10000 node test/storage/imports/claims.test.ts` is the long form; tap's own runner would cut it off. */
const claimsWanted = Number(process.env.CLAIMS ?? 600)
const testMsMax = 1_200_000
t.setTimeout(testMsMax)

t.test('no cap is broken by 8 processes of 8 slots', { timeout: testMsMax }, async t => {
  const { url, admin } = await openTestDatabase(t)
  for (const tenant of 'abcd') await queueImports(admin, tenant, 12)
  const random = createRandom(1)
  const held = new Set<Claim>()
  let giving = Promise.resolve()
  const seen = { claims: 0, refused: 0, mostAtOnce: 0, mostOfTenant: 0 }

  async function work(orm: Orm, owner: string): Promise<void> {
    while (seen.claims < claimsWanted) {
      const claim = await claimRun(orm, { owner, leaseMs: 600_000, ...caps })
      if (!claim) {
        seen.refused += 1
        await sleep(20)
        continue
      }
      // What is held here runs in truth: it is let go before it is given back.
      held.add(claim)
      seen.claims += 1
      seen.mostAtOnce = Math.max(seen.mostAtOnce, held.size)
      const ofTenant = [...held].filter(({ tenantId }) => tenantId === claim.tenantId)
      seen.mostOfTenant = Math.max(seen.mostOfTenant, ofTenant.length)
      await sleep(random.below(300))
      held.delete(claim)
      giving = giving.then(() => queueAgain(admin, claim))
      await giving
    }
  }

  await Promise.all(
    Array.from({ length: processes }, async (_, process) => {
      const orm = await openOrm(url, { poolMax: slots })
      try {
        await Promise.all(Array.from({ length: slots }, () => work(orm, `process ${process}`)))
      } finally {
        await orm.close()
      }
    }),
  )
  t.comment(JSON.stringify(seen))
  t.ok(seen.claims >= claimsWanted)
  t.equal(seen.mostAtOnce, caps.runningMax, 'as many as may, and no more')
  t.equal(seen.mostOfTenant, caps.runningPerTenant, 'as many of a tenant as may, and no more')
})

t.test('a tenant alone runs as many imports as its cap lets it, and no more', async t => {
  const { orm, admin } = await openTestDatabase(t)
  await queueImports(admin, 'alone', 4)
  const claimOne = () =>
    claimRun(orm, { owner: 'p', leaseMs: 60_000, runningMax: 10, runningPerTenant: 2 })
  const first = await claimOne()
  t.ok(first)
  t.ok(await claimOne())
  t.equal(await claimOne(), undefined, 'places are free, but none of this tenant')
  await admin.query(`update imports set status = 'completed', owner = null where id = $1`, [
    first!.importId,
  ])
  t.ok(await claimOne(), 'the place of the one that ended')
  t.equal(await claimOne(), undefined)
})

t.test('a renewed lease is not taken over, one that ran out is', async t => {
  const { orm, admin } = await openTestDatabase(t)
  await queueImports(admin, 'a', 1)
  const claimFor = (owner: string) => claimRun(orm, { owner, leaseMs: 600, ...caps })
  const claim = (await claimFor('first'))!
  for (let renewals = 0; renewals < 6; renewals += 1) {
    await renewLeases(orm, [claim], 3_000)
    await sleep(200)
    t.equal(await claimFor('second'), undefined, 'twice the first lease is over')
  }
  await renewLeases(orm, [{ ...claim, epoch: claim.epoch + 1 }], 600_000)
  await renewLeases(orm, [claim], 100)
  await renewLeases(orm, [{ ...claim, epoch: claim.epoch - 1 }], 600_000)
  await sleep(200)
  t.match(await claimFor('second'), { importId: claim.importId, epoch: claim.epoch + 1 })
})

t.test('the twenty imports of one tenant do not starve the one of another', async t => {
  const { orm, admin } = await openTestDatabase(t)
  await queueImports(admin, 'many', 20)
  const claimOne = () =>
    claimRun(orm, { owner: 'p', leaseMs: 60_000, runningMax: 2, runningPerTenant: 2 })
  const first = await claimOne()
  await claimOne()
  const [late] = await queueImports(admin, 'few', 1)
  t.equal(await positionOf(orm, 'few', late!), 1)
  t.equal(await claimOne(), undefined, 'two run, no more may')
  await admin.query(`update imports set status = 'completed', owner = null where id = $1`, [
    first!.importId,
  ])
  t.match(await claimOne(), { importId: late, tenantId: 'few' }, 'it is its turn')
})

t.test('queue positions tell the order of the claims', async t => {
  const { orm, admin } = await openTestDatabase(t)
  const queued = [
    ...(await queueImports(admin, 'a', 5)).map(id => ({ id, tenant: 'a' })),
    ...(await queueImports(admin, 'b', 3)).map(id => ({ id, tenant: 'b' })),
    ...(await queueImports(admin, 'c', 1)).map(id => ({ id, tenant: 'c' })),
  ]
  const told = new Map<number, string>()
  for (const { id, tenant } of queued) told.set((await positionOf(orm, tenant, id))!, id)
  t.strictSame([...told.keys()].toSorted(), [1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (let position = 1; position <= queued.length; position += 1) {
    const claim = await claimRun(orm, {
      owner: 'p',
      leaseMs: 60_000,
      runningMax: 100,
      runningPerTenant: 100,
    })
    t.equal(claim?.importId, told.get(position))
  }
})

async function queueImports(admin: Client, tenant: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by, queued_at)
    select id::uuid, $2, 'n', 'queued', 'f.xlsx', 1, repeat('a', 64), '[]', '[]', 2, 2, 10, 'anna',
      clock_timestamp() + number * interval '1 millisecond'
    from unnest($1::text[]) with ordinality ids (id, number)`,
    [ids, tenant],
  )
  return ids
}

async function queueAgain(admin: Client, { importId }: Claim): Promise<void> {
  await admin.query(
    `update imports set status = 'queued', queued_at = clock_timestamp(), owner = null,
      lease_until = null where id = $1`,
    [importId],
  )
}

function positionOf(orm: Orm, tenantId: string, importId: string): Promise<number | null> {
  return inTenant(orm, tenantId, em => findQueuePosition(sqlOf(em), importId))
}
