import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openNotifications } from '../../../src/storage/postgres/notifications.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'

/** A way to PostgreSQL that can fall silent, as when a cable is cut: open, and nothing comes through. */
async function openWay(t: Test, databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets: Socket[] = []
  const opened: Socket[] = []
  let isSilent = false
  let fate: 'refused' | 'deaf' | undefined
  const server = createServer(client => {
    opened.push(client)
    const isDeaf = fate === 'deaf'
    if (fate === 'refused') client.destroy()
    fate = undefined
    const database = connect(Number(target.port), target.hostname)
    sockets.push(client, database)
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      const wasOpenedSilent = isSilent
      from.on('data', data => {
        if (isSilent && !wasOpenedSilent) return
        if (isDeaf && data.includes('listen things')) return
        to.write(data)
      })
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = new URL(databaseUrl)
  url.port = String((server.address() as { port: number }).port)
  // Whether the server speaks TLS would be asked on connections of their own.
  url.searchParams.set('sslmode', 'disable')
  return {
    url: url.href,
    /** every connection that was made, at the side of its client */
    opened,
    countOpen: () => opened.filter(socket => !socket.closed).length,
    /** `refused`: the next connection is closed at once; `deaf`: it never hears that it is to listen. */
    spoilNext: (how: typeof fate) => {
      fate = how
    },
    /** What is open falls silent; what is opened later works. */
    fallSilent: () => {
      isSilent = true
    },
    cut: () => {
      for (const socket of sockets.splice(0)) socket.destroy()
    },
  }
}

async function until(isTrue: () => boolean, msMax: number): Promise<void> {
  const deadline = performance.now() + msMax
  while (!isTrue() && performance.now() < deadline) await sleep(20)
}

for (const fault of ['cut', 'fallSilent'] as const) {
  t.test(`a connection comes back, and listeners look again: ${fault}`, async t => {
    const { url, adminUrl } = await createTestDatabase(t)
    const way = await openWay(t, url)
    const faults: unknown[] = []
    const notifications = await openNotifications(way.url, ['things'], error => faults.push(error))
    t.teardown(() => notifications.close())
    const payloads: string[] = []
    notifications.on('things', payload => payloads.push(payload))
    await queryOnce(adminUrl, `select pg_notify('things', 'one')`)
    await until(() => payloads.length === 1, 2_000)
    t.same(payloads, ['one'])

    way[fault]()
    await until(() => payloads.length === 2, 20_000)
    t.same(payloads, ['one', ''])
    t.equal(faults.length, 1)
    await queryOnce(adminUrl, `select pg_notify('things', 'two')`)
    await until(() => payloads.length === 3, 2_000)
    t.same(payloads, ['one', '', 'two'])
  })
}

t.test('one that can not listen at first leaves nothing behind', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const way = await openWay(t, url)
  const faults: unknown[] = []
  const open = (channel: string) =>
    openNotifications(way.url, [channel], error => faults.push(error))
  way.spoilNext('refused')
  await t.rejects(open('things'), 'no connection')
  await t.rejects(open('no name of a channel'), 'a connection on which LISTEN fails')
  await sleep(1_500)
  t.equal(way.opened.length, 2, 'nobody connects again')
  t.equal(way.countOpen(), 0)
  t.strictSame(faults, [])
  const left = `select from pg_stat_activity
    where datname = current_database() and application_name = 'contact-import listen'`
  t.strictSame(await queryOnce(adminUrl, left), [])
})

t.test('a connection that could not listen does no harm to the next one', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const way = await openWay(t, url)
  const notifications = await openNotifications(way.url, ['things'], () => {})
  t.teardown(() => notifications.close())
  const payloads: string[] = []
  notifications.on('things', payload => payloads.push(payload))
  way.spoilNext('deaf')
  way.cut()
  await until(() => payloads.length === 1, 20_000)
  t.equal(way.opened.length, 3, 'the first, the deaf one, the next one')
  t.equal(way.countOpen(), 1)
  way.opened[1]!.destroy()
  await sleep(1_500)
  t.equal(way.opened.length, 3, 'the end of the deaf one counts no more')
  await queryOnce(adminUrl, `select pg_notify('things', 'once')`)
  await until(() => payloads.length > 1, 2_000)
  t.strictSame(payloads, ['', 'once'])
})

t.test('closing ends a connection on its way, too', async t => {
  const { url } = await createTestDatabase(t)
  const way = await openWay(t, url)
  const notifications = await openNotifications(way.url, ['things'], () => {})
  way.spoilNext('deaf')
  way.cut()
  await until(() => way.opened.length === 2, 5_000)
  await sleep(200)
  await notifications.close()
  await until(() => way.countOpen() === 0, 500)
  t.equal(way.countOpen(), 0)
  await sleep(1_500)
  t.equal(way.opened.length, 2, 'nobody connects again')
})
