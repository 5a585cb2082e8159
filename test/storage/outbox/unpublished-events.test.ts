import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { backlogCountMax, relayEventsPerImport } from '../../../src/limits.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { countRepublications, measureBacklog } from '../../../src/storage/outbox/backlog.ts'
import { readEventsAfter, toImportEvent } from '../../../src/storage/outbox/outbox.ts'
import {
  markPublished,
  parkEvent,
  readWaitingEvents,
  removeOldEvents,
  requestRepublication,
} from '../../../src/storage/outbox/unpublished-events.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { createTestDatabase } from '../../support/database.ts'
import { judgeEvent } from '../../support/event-contract.ts'
import { openOutboxWriter } from '../../support/outbox-writer.ts'
import { queryOnce } from '../../support/query.ts'

async function openOutbox(t: Test, imports: number) {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url)
  t.teardown(() => orm.close())
  const writer = await openOutboxWriter(t, url)
  const ids: string[] = []
  for (let index = 0; index < imports; index++) {
    ids.push(await writer.createImport(`tenant-${index}`))
    await writer.writeMany(`tenant-${index}`, ids.at(-1)!, 40)
  }
  return { orm, adminUrl, writer, ids }
}

t.test('the first waiting events of each import, in order', async t => {
  const { orm, adminUrl, ids } = await openOutbox(t, 5)
  const read = async (imports: number, except: string[] = []) =>
    (await readWaitingEvents(orm, { imports, except })).map(events => ({
      importId: events[0]!.importId,
      seqs: events.map(({ seq }) => seq),
    }))
  const first = (importId: string, from = 1) => ({
    importId,
    seqs: Array.from({ length: relayEventsPerImport }, (_, index) => from + index),
  })
  t.same(
    await read(3),
    ids.slice(0, 3).map(id => first(id)),
  )
  t.same(await read(9, [ids[0]!, ids[3]!]), [first(ids[1]!), first(ids[2]!), first(ids[4]!)])
  // A clock that is set back must not turn the order round.
  await queryOnce(
    adminUrl,
    `update outbox set created_at = created_at - interval '1 hour' where seq > 20`,
  )
  t.same(await read(1), [first(ids[0]!)])
  const [events] = await readWaitingEvents(orm, { imports: 1, except: [] })
  await markPublished(orm, events!.slice(0, 3))
  await parkEvent(orm, events![3]!, 'too large')
  t.same(await read(1), [first(ids[0]!, 5)])
  t.match(await measureBacklog(orm), { waiting: 196, parked: 1 })
})

t.test('large events are read a few at a time, but at least one', async t => {
  const { orm, writer, ids } = await openOutbox(t, 1)
  await writer.enlarge('tenant-0', ids[0]!, 700_000)
  await writer.writeMany('tenant-0', ids[0]!, 2, 'renamed')
  const waiting = await readWaitingEvents(orm, { imports: 1, except: [] })
  await markPublished(orm, waiting[0]!)
  await markPublished(orm, (await readWaitingEvents(orm, { imports: 1, except: [] }))[0]!)
  const sizes: number[] = []
  for (;;) {
    const [events] = await readWaitingEvents(orm, { imports: 1, except: [] })
    if (!events) break
    sizes.push(events.length)
    await markPublished(orm, events)
  }
  t.same(sizes, [9, 1])
})

t.test('readers of a tenant get large events a few at a time, and every one', async t => {
  const { orm, writer, ids } = await openOutbox(t, 1)
  await writer.enlarge('tenant-0', ids[0]!, 700_000)
  await writer.writeMany('tenant-0', ids[0]!, 5, 'renamed')
  const sizes: number[] = []
  const page = { rows: 200, bytes: 2_000_000 }
  for (let position = 40; position < 45; position += sizes.at(-1)!) {
    const rows = await inTenant(orm, 'tenant-0', em => readEventsAfter(sqlOf(em), position, page))
    t.equal(rows[0]!.position, position + 1)
    sizes.push(rows.length)
  }
  t.same(sizes, [2, 2, 1])
})

t.test('an event that is wanted once more after it was read goes on waiting', async t => {
  const { orm } = await openOutbox(t, 1)
  const [events] = await readWaitingEvents(orm, { imports: 1, except: [] })
  await markPublished(orm, events!.slice(0, 2))
  t.equal(await requestRepublication(orm, { since: new Date(0) }), 2)
  await markPublished(orm, events!)
  const [again] = await readWaitingEvents(orm, { imports: 1, except: [] })
  t.same(
    again!.slice(0, 3).map(({ seq, again }) => [seq, again]),
    [
      [1, true],
      [2, true],
      [17, false],
    ],
  )
  await markPublished(orm, again!)
  t.equal(await countRepublications(orm), 0)
})

t.test('retention ends for what is settled, never for what waits', async t => {
  const { orm, adminUrl, ids } = await openOutbox(t, 2)
  await queryOnce(adminUrl, `update outbox set created_at = now() - interval '10 days'`)
  await queryOnce(
    adminUrl,
    `update outbox set published_at = now() - seq * interval '1 hour' where import_id = $1`,
    [ids[0]],
  )
  await queryOnce(
    adminUrl,
    `update outbox set parked_at = now() - interval '9 hours', parked_reason = 'too large'
      where import_id = $1 and seq = 1`,
    [ids[1]],
  )
  const kept = () =>
    queryOnce(
      adminUrl,
      'select import_id as id, min(seq), max(seq) from outbox group by 1 order by 1',
    )
  t.equal(await removeOldEvents(orm, { hours: 5, withoutBroker: false }), 37)
  t.equal(await removeOldEvents(orm, { hours: 5, withoutBroker: false }), 0)
  t.same(await kept(), [
    { id: ids[0], min: 1, max: 4 },
    { id: ids[1], min: 2, max: 40 },
  ])
  t.equal(await removeOldEvents(orm, { hours: 5, withoutBroker: true }), 39)
  t.same(await kept(), [{ id: ids[0], min: 1, max: 4 }], 'those published less than 5 hours ago')
})

/** An outbox of many events, of which the relay has published all but the last two. */
async function openLargeOutbox(t: Test) {
  const scene = await openOutbox(t, 1)
  await queryOnce(
    scene.adminUrl,
    `insert into outbox (tenant_id, import_id, seq, position, event, payload, created_at, published_at)
    select tenant_id, import_id, seq + step, position + step, event, payload, now(), now()
    from outbox, generate_series(1000, 20000) step where seq = 1`,
  )
  await queryOnce(scene.adminUrl, 'update outbox set published_at = now() where seq <= 38')
  return scene
}

/** Rows that scans of the whole outbox have read; connections hand in their numbers when they end. */
async function countScanned(adminUrl: string): Promise<number> {
  await sleep(1_500)
  const [row] = await queryOnce(
    adminUrl,
    `select seq_tup_read::int as scanned from pg_stat_user_tables where relname = 'outbox'`,
  )
  return Number(row!.scanned)
}

t.test('neither upkeep nor metrics read the whole outbox', async t => {
  const { orm, adminUrl } = await openLargeOutbox(t)
  const before = await countScanned(adminUrl)
  for (const withoutBroker of [true, false]) {
    t.equal(await removeOldEvents(orm, { hours: 5, withoutBroker }), 0)
  }
  t.match(await measureBacklog(orm), { waiting: 2, parked: 0 })
  t.equal(await countRepublications(orm), 0)
  await orm.close()
  t.equal(await countScanned(adminUrl), before)
})

t.test('a large backlog is counted up to a bound', async t => {
  const { orm, adminUrl } = await openLargeOutbox(t)
  await queryOnce(
    adminUrl,
    `update outbox set published_at = null,
      created_at = now() - case when seq = 1500 then interval '3 hours' else '0' end`,
  )
  const { waiting, oldestWaitingSeconds } = await measureBacklog(orm)
  t.equal(waiting, backlogCountMax)
  t.ok(Math.abs(oldestWaitingSeconds - 3 * 3600) < 60)
})

t.test('events of the release before this one are told as today', async t => {
  const { orm, adminUrl, writer, ids } = await openOutbox(t, 1)
  await writer.write('tenant-0', ids[0]!, 'renamed')
  await queryOnce(
    adminUrl,
    `update outbox set payload = payload || $1
      || (select payload - 'progress' - 'rows' from outbox where event = 'renamed')`,
    [JSON.stringify({ sheets: [{ name: 'Klienci', rows: 2, columns: 1, hidden: false }] })],
  )
  const page = { rows: 200, bytes: 2_000_000 }
  const rows = await inTenant(orm, 'tenant-0', em => readEventsAfter(sqlOf(em), 0, page))
  t.equal(rows.length, 41)
  for (const row of rows) t.doesNotThrow(() => judgeEvent(toImportEvent(row)))
})

t.test('a republication takes what is asked for', async t => {
  const { orm, adminUrl, ids } = await openOutbox(t, 3)
  await queryOnce(adminUrl, 'update outbox set published_at = now() where seq <= 30')
  await queryOnce(adminUrl, `update outbox set created_at = '2026-01-01' where seq <= 10`)
  const since = new Date('2026-01-02')
  t.equal(await requestRepublication(orm, { since, importId: ids[1] }), 20)
  t.same(await queryOnce(adminUrl, 'select distinct import_id as id from outbox where again'), [
    { id: ids[1] },
  ])
  t.equal(await requestRepublication(orm, { since }), 40)
  t.equal(await requestRepublication(orm, { since: new Date(0) }), 30)
  t.equal(await requestRepublication(orm, { since: new Date(0) }), 0)
})
