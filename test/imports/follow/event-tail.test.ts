import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Caller } from '../../../src/contracts/caller.ts'
import type { StreamMessage } from '../../../src/contracts/services.ts'
import { EventTails } from '../../../src/imports/follow/event-tail.ts'
import { type FollowContext, followEvents } from '../../../src/imports/follow/follow-events.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { eventChannel } from '../../../src/storage/outbox/outbox.ts'
import { openNotifications } from '../../../src/storage/postgres/notifications.ts'
import { createTestDatabase } from '../../support/database.ts'
import { type OutboxWriter, openOutboxWriter } from '../../support/outbox-writer.ts'
import { queryOnce } from '../../support/query.ts'

async function openTails(t: Test) {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url)
  const notifications = await openNotifications(url, [eventChannel], () => {})
  t.teardown(async () => {
    await notifications.close()
    await orm.close()
  })
  const tails = new EventTails(orm, notifications)
  return { url, adminUrl, orm, tails, writer: await openOutboxWriter(t, url) }
}

/** The positions that a reader gets, until it has `last`. */
async function readTo(tails: EventTails, tenantId: string, from: number, last: number) {
  const reader = tails.open(tenantId)
  const positions: number[] = []
  try {
    for (let position = from; position < last; ) {
      const rows = await reader.next(position, AbortSignal.timeout(10_000))
      if (rows.length === 0) return positions
      positions.push(...rows.map(row => row.position))
      position = positions.at(-1)!
    }
    return positions
  } finally {
    reader.close()
  }
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + 1 + index)

t.test('every reader of a tenant gets every event, wherever it begins', async t => {
  const { url, tails, writer } = await openTails(t)
  const others = await Promise.all([1, 2, 3].map(() => openOutboxWriter(t, url)))
  const writers: OutboxWriter[] = [writer, ...others]
  const early = await writer.createImport('acme')
  await writer.writeMany('acme', early, 600)

  const total = 600 + 4 * 60
  const readings = [0, 0, 1, 300, 599, 600, 600, 600].map(from => ({
    from,
    positions: readTo(tails, 'acme', from, total),
  }))
  await Promise.all(
    writers.map(async each => {
      const id = await each.createImport('acme')
      for (let event = 0; event < 30; event++) {
        await each.write('acme', id)
        if (event % 10 === 0) await sleep(Math.random() * 30)
        if (event % 15 === 0)
          readings.push({ from: 580, positions: readTo(tails, 'acme', 580, total) })
      }
      await each.writeMany('acme', id, 30)
    }),
  )
  for (const { from, positions } of readings) {
    t.strictSame(await positions, range(from, total), `from ${from}`)
  }
})

t.test('a notification for one reader is one for all of them', async t => {
  const { tails, writer } = await openTails(t)
  const id = await writer.createImport('acme')
  await writer.write('acme', id)
  for (let event = 2; event < 8; event++) {
    const readings = Array.from({ length: 5 }, () => readTo(tails, 'acme', event - 1, event))
    await sleep(50)
    await writer.write('acme', id)
    const before = performance.now()
    t.strictSame(await Promise.all(readings), Array(5).fill([event]))
    t.ok(performance.now() - before < 5_000, 'without waiting for the next one')
  }
})

t.test('a notification that comes while all of them read is lost to none', async t => {
  const { tails, writer } = await openTails(t)
  const id = await writer.createImport('acme')
  await writer.write('acme', id)
  for (let event = 2; event < 150; event++) {
    const readings = Array.from({ length: 5 }, () => readTo(tails, 'acme', event - 1, event))
    await sleep(Math.random() * 10)
    await writer.write('acme', id)
    const rows = await Promise.all(readings)
    if (!rows.every(([position]) => position === event)) t.fail(`event ${event}`, { rows })
  }
})

t.test('a reader that is let go during a read does not wait for ever', async t => {
  const { tails } = await openTails(t)
  const reader = tails.open('acme')
  const stop = new AbortController()
  const reading = reader.next(0, stop.signal)
  stop.abort()
  t.same(await reading, [])
  reader.close()
})

t.test('events whose retention ended leave no hole in what follows', async t => {
  const { adminUrl, tails, writer } = await openTails(t)
  const id = await writer.createImport('acme')
  await writer.writeMany('acme', id, 10)
  const reading = readTo(tails, 'acme', 10, 30)
  await sleep(50)
  await writer.writeMany('acme', id, 10)
  await sleep(50)
  await queryOnce(adminUrl, 'delete from outbox where position in (3, 12, 13, 18)')
  await writer.writeMany('acme', id, 10)
  t.strictSame(await reading, range(10, 30))
  await queryOnce(adminUrl, 'delete from outbox where position <= 30')
  const late = readTo(tails, 'acme', 30, 33)
  await sleep(50)
  await writer.writeMany('acme', id, 3)
  t.strictSame(await late, [31, 32, 33])
})

t.test('large events are not kept for those who come late, who get them all the same', async t => {
  const { tails, writer } = await openTails(t)
  const id = await writer.createImport('acme')
  await writer.enlarge('acme', id, 1_500_000)
  const reading = readTo(tails, 'acme', 0, 6)
  await writer.writeMany('acme', id, 6, 'renamed')
  t.strictSame(await reading, range(0, 6))
  t.strictSame(await readTo(tails, 'acme', 2, 6), range(2, 6))
})

t.test('tenants do not see one another', async t => {
  const { tails, writer } = await openTails(t)
  const mine = await writer.createImport('acme')
  const other = await writer.createImport('other')
  const reader = tails.open('acme')
  const signal = AbortSignal.timeout(500)
  const waiting = reader.next(0, signal)
  await writer.writeMany('other', other, 20)
  t.same(await waiting, [])
  await writer.write('acme', mine)
  const rows = await reader.next(0, AbortSignal.timeout(5_000))
  t.strictSame(
    rows.map(row => [row.tenantId, row.importId]),
    [['acme', mine]],
  )
  reader.close()
})

t.test('a stream begins with states that no later event contradicts', async t => {
  const { url, orm, tails, writer } = await openTails(t)
  const context = { orm, tails } as FollowContext
  const caller = { tenantId: 'acme' } as Caller
  const id = await writer.createImport('acme')
  const busy = await openOutboxWriter(t, url)
  let goesOn = true
  const writing = (async () => {
    for (let row = 1; goesOn && row <= 1_000; row++) {
      await busy.advance('acme', id, row)
      await sleep(1)
    }
  })()
  const follow = (lastEventId: string | undefined, messages: number) =>
    take(
      followEvents(context, caller, {
        query: { lastEventId },
        signal: AbortSignal.timeout(10_000),
      }),
      messages,
    )
  for (let stream = 0; stream < 10; stream++) {
    const [state, ready, ...events] = (await follow(undefined, 5)).map(rowsOf)
    t.equal(ready, 'ready')
    t.strictSame([state, ...events], range(Number(state) - 1, Number(state) + 3), 'each row once')
    await sleep(20)
  }
  goesOn = false
  await writing
  const [ready, ...resumed] = await follow(`${id}:3`, 3)
  t.same(ready, { kind: 'ready', resumed: true }, 'and no states')
  t.strictSame(
    resumed.map(message => message.kind === 'event' && message.event.id),
    [`${id}:4`, `${id}:5`],
  )
})

async function take<T>(source: AsyncIterable<T>, items: number): Promise<T[]> {
  const taken: T[] = []
  for await (const item of source) if (taken.push(item) === items) break
  return taken
}

function rowsOf(message: StreamMessage): number | 'ready' {
  if (message.kind === 'ready') return 'ready'
  return (message.kind === 'state' ? message.state : message.event.data).rows.processed
}
