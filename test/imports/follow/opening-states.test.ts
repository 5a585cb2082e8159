import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Caller } from '../../../src/contracts/caller.ts'
import type { StreamMessage } from '../../../src/contracts/services.ts'
import { EventTails } from '../../../src/imports/follow/event-tail.ts'
import { type FollowContext, followEvents } from '../../../src/imports/follow/follow-events.ts'
import { statesPerPage, statesShownMax } from '../../../src/limits.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { eventChannel } from '../../../src/storage/outbox/outbox.ts'
import { openNotifications } from '../../../src/storage/postgres/notifications.ts'
import { createTestDatabase } from '../../support/database.ts'
import { openOutboxWriter } from '../../support/outbox-writer.ts'
import { queryOnce } from '../../support/query.ts'

const caller = { tenantId: 'acme' } as Caller

async function setScene(t: Test, imports: number) {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url)
  const notifications = await openNotifications(url, [eventChannel], () => {})
  t.teardown(async () => {
    await notifications.close()
    await orm.close()
  })
  const writer = await openOutboxWriter(t, url)
  const ids: string[] = []
  while (ids.length < imports) ids.push(await writer.createImport('acme'))
  const context = { orm, tails: new EventTails(orm, notifications) } as FollowContext
  const follow = (signal: AbortSignal) => followEvents(context, caller, { query: {}, signal })
  return { url, adminUrl, writer, ids, follow }
}

/** The rows that each import was said to have dealt with, in the order of the stream. */
function rowsByImport(messages: readonly StreamMessage[]): Map<string, number[]> {
  const told = new Map<string, number[]>()
  for (const message of messages) {
    if (message.kind === 'ready') continue
    const { id, rows } = message.kind === 'state' ? message.state : message.event.data
    told.set(id, [...(told.get(id) ?? []), rows.processed])
  }
  return told
}

t.test('states that are taken slowly fit the events that follow them', async t => {
  const { url, ids, follow } = await setScene(t, 3 * statesPerPage)
  const busy = await openOutboxWriter(t, url)
  const rows = new Map(ids.map(id => [id, 0]))
  let goesOn = true
  const writing = (async () => {
    while (goesOn) {
      const fresh = Math.random() < 0.02
      const id = fresh
        ? await busy.createImport('acme')
        : [...rows.keys()][Math.floor(Math.random() * rows.size)]!
      rows.set(id, (rows.get(id) ?? 0) + 1)
      await busy.advance('acme', id, rows.get(id)!)
    }
  })()
  const stop = new AbortController()
  const messages: StreamMessage[] = []
  const reading = (async () => {
    for await (const message of follow(stop.signal)) {
      messages.push(message)
      if (message.kind === 'state') await sleep(10)
    }
  })()
  while (!messages.some(({ kind }) => kind === 'ready')) await sleep(10)
  await sleep(200)
  goesOn = false
  await writing
  await sleep(1_000)
  stop.abort()
  await reading

  const ready = messages.findIndex(({ kind }) => kind === 'ready')
  t.ok(messages.slice(0, ready).every(({ kind }) => kind === 'state'))
  t.ok(messages.slice(ready + 1).every(({ kind }) => kind === 'event'))
  t.equal(ready, new Set(messages.slice(0, ready).map(m => m.kind === 'state' && m.state.id)).size)
  const told = rowsByImport(messages)
  for (const [id, last] of rows) {
    const seen = told.get(id)!
    const first = seen[0]!
    const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    t.strictSame(seen, wanted, 'the state, then each later event once')
  }
})

t.test('a page of states is read when the one before it was taken', async t => {
  const { adminUrl, ids, follow } = await setScene(t, statesShownMax)
  await queryOnce(adminUrl, `update imports set status = 'completed', name = 'before'`)
  const names: string[] = []
  for await (const message of follow(AbortSignal.timeout(10_000))) {
    if (message.kind !== 'state') break
    if (names.push(message.state.name) === 1) {
      await queryOnce(adminUrl, `update imports set name = 'after'`)
    }
  }
  t.equal(names.length, ids.length)
  t.equal(names.filter(name => name === 'before').length, statesPerPage)
})
