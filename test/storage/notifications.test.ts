import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openNotifications } from '../../src/storage/notifications.ts'
import { createTestDatabase } from '../support/database.ts'
import { queryOnce } from '../support/query.ts'

/** A way to PostgreSQL that can fall silent, as when a cable is cut: open, and nothing comes through. */
async function openWay(t: Test, databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets: Socket[] = []
  let isSilent = false
  const server = createServer(client => {
    const database = connect(Number(target.port), target.hostname)
    sockets.push(client, database)
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      const wasOpenedSilent = isSilent
      from.on('data', data => (isSilent && !wasOpenedSilent ? undefined : to.write(data)))
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
  return {
    url: url.href,
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
