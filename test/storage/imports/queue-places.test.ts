/** Places in the queue: those of the whole order, found without reading the whole queue. */
import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import t from 'tap'
import { queueCountMax } from '../../../src/limits.ts'
import { createRandom } from '../../../src/sample/random.ts'
import { claimRun, measureQueue } from '../../../src/storage/imports/queue.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { findQueuePositions } from '../../../src/storage/outbox/outbox.ts'
import type { Orm } from '../../../src/storage/postgres/orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { openTestDatabase } from '../../support/opened-database.ts'

const rounds = 60

/** Imports of a tenant in one state; they were queued at random within a few milliseconds, some at the same time. */
async function add(admin: Client, tenant: string, status: string, minutes: readonly number[]) {
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by, queued_at, owner, lease_until)
    select id::uuid, $2, 'n', $3, 'f.xlsx', 1, repeat('a', 64), '[]', '[]', 2, 2, 10, 'anna',
      'epoch'::timestamptz + minute * interval '1 minute',
      case when $3 = 'running' then 'p' end, case when $3 = 'running' then 'infinity'::timestamptz end
    from unnest($1::text[], $4::int[]) made (id, minute)`,
    [minutes.map(() => randomUUIDv7()), tenant, status, minutes],
  )
}

t.test('they are those of the whole order, in random queues', async t => {
  const { admin, orm } = await openTestDatabase(t)
  const random = createRandom(7)
  const upTo = (count: number) => Math.floor(random.next() * (count + 1))
  const times = (count: number) => Array.from({ length: count }, () => upTo(9))
  let compared = 0
  for (let round = 0; round < rounds; round += 1) {
    await admin.query('truncate imports, tenants, outbox cascade')
    const tenants = Array.from({ length: 1 + upTo(7) }, (_, at) => `t${at}`)
    for (const tenant of tenants) {
      await add(admin, tenant, 'queued', times(upTo(7)))
      await add(admin, tenant, 'running', times(upTo(4)))
      await add(admin, tenant, 'completed', times(upTo(2)))
      if (random.next() < 0.7) {
        await admin.query(
          `insert into tenants (tenant_id, last_claimed_at)
          values ($1, 'epoch'::timestamptz + $2 * interval '1 minute')`,
          [tenant, upTo(3)],
        )
      }
    }
    const { rows } = await admin.query('select * from queue_order() order by place')
    const whole = new Map(rows.map(row => [row.import_id, Number(row.place)]))
    for (const tenant of tenants) {
      const own = rows.filter(row => row.queued_tenant === tenant).map(row => row.import_id)
      for (const asked of [own, ...own.map(id => [id])]) {
        const told = await inTenant(orm, tenant, em => findQueuePositions(sqlOf(em), asked))
        t.strictSame(
          [...told].toSorted(),
          asked.map(id => [id, whole.get(id)]).toSorted(),
          `round ${round}`,
        )
        compared += asked.length
      }
      const others = rows.filter(row => row.queued_tenant !== tenant).map(row => row.import_id)
      const told = await inTenant(orm, tenant, em => findQueuePositions(sqlOf(em), others))
      t.equal(told.size, 0, 'nobody learns the places of others')
    }
    const caps = { runningMax: 1_000, runningPerTenant: 1_000 }
    const claim = await claimRun(orm, { owner: 'p', leaseMs: 60_000, ...caps })
    t.equal(claim?.importId, rows[0]?.import_id, 'the first one is claimed')
  }
  t.ok(compared > 500, `${compared} places`)
})

t.test('another tenant with 20,000 queued imports is not read whole', async t => {
  const { url, admin } = await openTestDatabase(t)
  await add(
    admin,
    'many',
    'queued',
    Array.from({ length: 20_000 }, (_, at) => at),
  )
  await add(admin, 'few', 'queued', [0, 1, 2])
  await admin.query('vacuum (analyze) imports')
  const { rows: own } = await admin.query(
    `select id from imports where tenant_id = 'few' order by queued_at`,
  )
  const read = await rowsReadBy(admin, url, orm =>
    inTenant(orm, 'few', em => findQueuePositions(sqlOf(em), [own[2].id])),
  )
  t.ok(read.value.get(own[2].id)! >= 5, 'it stands in the third turn')
  t.ok(read.rows > 0 && read.rows < 100, `${read.rows} rows were read for a place`)
  const claim = await rowsReadBy(admin, url, orm =>
    claimRun(orm, { owner: 'p', leaseMs: 60_000, runningMax: 10, runningPerTenant: 2 }),
  )
  t.ok(claim.value)
  t.ok(claim.rows > 0 && claim.rows < 100, `${claim.rows} rows were read for a claim`)
  await admin.query('vacuum imports')
  const counts = await rowsReadBy(admin, url, measureQueue)
  t.match(counts.value, { queued: queueCountMax, running: 1, deleting: 0 })
  t.ok(counts.rows >= queueCountMax, 'they were counted')
  t.ok(counts.rows <= queueCountMax + 100, `${counts.rows} rows were read for the counts`)
})

/** Rows and entries of indexes of imports that PostgreSQL read for `work`, and what that gave. */
async function rowsReadBy<T>(admin: Client, url: string, work: (orm: Orm) => Promise<T>) {
  const count = async () => {
    const { rows } = await admin.query(
      `select pg_stat_clear_snapshot(),
        (select sum(seq_tup_read) from pg_stat_user_tables where relname = 'imports')
        + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'imports') as rows`,
    )
    return Number(rows[0].rows)
  }
  await admin.query('select pg_stat_force_next_flush()')
  const before = await count()
  const orm = await openOrm(url)
  const value = await work(orm)
  // Sessions tell what they read when they end, which is a moment after they are closed.
  await orm.close()
  await sleep(300)
  return { value, rows: (await count()) - before }
}
