import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { StreamMessage } from '../../src/contracts/services.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { statesShownMax } from '../../src/limits.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { queryOnce } from '../support/query.ts'
import { secret, startTestService } from '../support/service.ts'
import { readEvents } from '../support/sse-reader.ts'

const tokenFor = (tenant: string, ttlSeconds = 600) =>
  signToken(secret, { tenant, roles: ['manager'], subject: 'anna', ttlSeconds })

/** Two service processes' worth of replicas on one database, and somebody who writes events. */
async function setReplicas(t: Test) {
  const first = await startTestService(t)
  const second = await startTestService(t, {}, first.database)
  const writer = await openOutboxWriter(t, first.database.url)
  return { urls: [first.url, second.url], database: first.database, writer }
}

/** Takes so many messages, or fewer when none has come for a while. */
async function take(
  url: string,
  options: { token: string; lastEventId?: string | undefined },
  wanted: number,
): Promise<StreamMessage[]> {
  const stop = new AbortController()
  const taken: StreamMessage[] = []
  const timer = setTimeout(() => stop.abort(), 3_000)
  try {
    for await (const message of readEvents(url, { ...options, signal: stop.signal })) {
      timer.refresh()
      if (taken.push(message) >= wanted) break
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
  return taken
}

const idOf = (message: StreamMessage) => message.kind === 'event' && message.event.id
const rowsOf = (message: StreamMessage) =>
  message.kind === 'ready'
    ? 'ready'
    : (message.kind === 'event' ? message.event.data : message.state).rows.processed

t.test('readers that come back to any replica miss nothing and see nothing twice', async t => {
  const { urls, database, writer } = await setReplicas(t)
  const [token, rows, imports] = [await tokenFor('acme'), 40, 4]
  const ids: string[] = []
  while (ids.length < imports) ids.push(await writer.createImport('acme'))
  const foreign = await writer.createImport('other')

  /** Reads a few, goes away in the middle, comes back elsewhere; ends with the last event it waits for. */
  const readOn = async (seed: number, importId?: string) => {
    const seen: StreamMessage[] = []
    const path = `/v1/imports${importId === undefined ? '' : `/${importId}`}/events`
    const events = () => seen.flatMap(message => (message.kind === 'event' ? [message.event] : []))
    const areDone = () =>
      events().filter(({ data }) => data.rows.processed === rows).length ===
      (importId === undefined ? imports : 1)
    for (let visit = seed; !areDone(); visit++) {
      const lastEventId = events().at(-1)?.id
      const url = `${urls[visit % 2]}${path}`
      seen.push(...(await take(url, { token, lastEventId }, 1 + ((visit * 7) % 23))))
    }
    return seen
  }
  const readings = [0, 1, 2, 3].map(seed => readOn(seed))
  const single = readOn(5, ids[1])
  await sleep(300)
  const writers = await Promise.all(ids.map(() => openOutboxWriter(t, database.url)))
  await Promise.all(
    ids.map(async (id, index) => {
      for (let row = 1; row <= rows; row++) {
        await writers[index]!.advance('acme', id, row)
        await writers[index]!.advance('other', foreign, row)
        await sleep(Math.random() * 10)
      }
    }),
  )
  const order = await queryOnce(
    database.adminUrl,
    `select import_id || ':' || seq as id from outbox where tenant_id = 'acme' order by position`,
  )
  const wanted = order.map(({ id }) => id)
  for (const reading of readings) {
    const seen = (await reading).filter(message => message.kind === 'event').map(idOf)
    t.strictSame(seen, wanted.slice(-seen.length), 'all that came, in the order of the tenant')
    t.ok(seen.length > imports * (rows - 5))
  }
  const seenOfOne = (await single).filter(message => message.kind === 'event').map(idOf)
  const own = wanted.filter(id => String(id).startsWith(ids[1]!))
  t.strictSame(seenOfOne, own.slice(-seenOfOne.length), 'of one import, its own alone')
})

t.test('a stream ends with its token; a new token goes on where it was', async t => {
  const { urls, writer } = await setReplicas(t)
  const url = `${urls[0]}/v1/imports/events`
  const id = await writer.createImport('acme')
  await writer.advance('acme', id, 1)
  await take(url, { token: await tokenFor('acme') }, 1)
  const short = await tokenFor('acme', 4)
  const seen: StreamMessage[] = []
  const reading = (async () => {
    for await (const message of readEvents(url, { token: short })) seen.push(message)
  })()
  while (seen.length < 2) await sleep(10)
  await writer.advance('acme', id, 2)
  await reading
  const told = [1, 'ready', 2]
  t.strictSame(seen.map(rowsOf), told, 'the state, and what came while the token lasted')
  await writer.advance('acme', id, 3)
  const over = await tokenFor('acme', -10)
  await t.rejects(take(url, { token: over }, 1), /^401 /, 'access is asked for again')
  const lastEventId = `${id}:2`
  const rest = await take(url, { token: await tokenFor('acme'), lastEventId }, 2)
  t.same(rest[0], { kind: 'ready', resumed: true })
  t.equal(idOf(rest[1]!), `${id}:3`)
})

t.test(
  'an id that is no longer known begins with states; another tenant’s is not known',
  async t => {
    const { urls, database, writer } = await setReplicas(t)
    const url = `${urls[1]}/v1/imports/events`
    const [mine, foreign] = [await writer.createImport('acme'), await writer.createImport('other')]
    for (let row = 1; row <= 3; row++) {
      await writer.advance('acme', mine, row)
      await writer.advance('other', foreign, row)
    }
    const read = async (lastEventId: string) =>
      take(url, { token: await tokenFor('acme'), lastEventId }, 2)
    const [resumed, next] = await read(`${mine}:2`)
    t.same(resumed, { kind: 'ready', resumed: true })
    t.equal(idOf(next!), `${mine}:3`)
    await queryOnce(database.adminUrl, 'delete from outbox where seq <= 2')
    for (const unknown of [`${mine}:2`, `${foreign}:2`, `${foreign}:3`, `${mine}:99`]) {
      const [state, ready] = await read(unknown)
      t.match(state, { kind: 'state', state: { id: mine, rows: { processed: 3 } } }, unknown)
      t.same(ready, { kind: 'ready', resumed: false })
    }
  },
)

t.test('a stream begins with every import that moves, however many are newer', async t => {
  const { urls, database, writer } = await setReplicas(t)
  const ids: string[] = []
  while (ids.length <= statesShownMax) ids.push(await writer.createImport('acme'))
  // Ids of the same millisecond are in no order.
  const [oldest] = ids.sort()
  const shown = async () => {
    const options = { token: await tokenFor('acme') }
    const states = await take(`${urls[0]}/v1/imports/events`, options, ids.length)
    return states.map(message => message.kind === 'state' && message.state.id)
  }
  await queryOnce(database.adminUrl, `update imports set status = 'queued' where id <> $1`, [
    oldest,
  ])
  t.strictSame(await shown(), ids.toReversed(), 'behind a long queue')
  // As one that was cancelled long ago and goes on now.
  await queryOnce(database.adminUrl, `update imports set status = 'cancelled' where id <> $1`, [
    oldest,
  ])
  t.strictSame(await shown(), ids.toReversed(), 'each once, the newest first')
  await queryOnce(database.adminUrl, `update imports set status = 'mapped' where id = $1`, [oldest])
  await queryOnce(
    database.adminUrl,
    `insert into validations (tenant_id, import_id, status, mapping, first_row, next_row, rows_total)
    values ('acme', $1, 'running', '{}', 2, 2, 1000)`,
    [oldest],
  )
  t.strictSame(await shown(), ids.toReversed(), 'one that is validated moves as well')
})
