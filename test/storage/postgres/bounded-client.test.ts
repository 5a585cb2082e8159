import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t, { type Test } from 'tap'
import { clientEndMs } from '../../../src/limits.ts'
import { BoundedClient } from '../../../src/storage/postgres/bounded-client.ts'
import { seekLeadership } from '../../../src/storage/postgres/leadership.ts'
import { openNotifications } from '../../../src/storage/postgres/notifications.ts'
import { createTestDatabase } from '../../support/database.ts'
import { startTcpProxy } from '../../support/tcp-proxy.ts'

/** What opens a connection, and gives what closes it. */
const openings: Record<string, (databaseUrl: string) => Promise<() => Promise<unknown>>> = {
  async 'a session of an import'(databaseUrl) {
    const client = new BoundedClient({ connectionString: databaseUrl })
    await client.connect()
    return () => client.end()
  },
  async notifications(databaseUrl) {
    const notifications = await openNotifications(databaseUrl, ['things'], () => {})
    return () => notifications.close()
  },
  async leadership(databaseUrl) {
    const { promise: leads, resolve: onChange } = Promise.withResolvers<boolean>()
    const leadership = seekLeadership({ databaseUrl, lock: 1, applicationName: 'leader', onChange })
    await leads
    return () => leadership.close()
  },
}

for (const [name, open] of Object.entries(openings)) {
  t.test(`closing waits for a line that was cut no longer than is said: ${name}`, async t => {
    const { url, cut } = await openLine(t)
    const close = await open(url)
    cut()
    const late = new AbortController()
    const ending = await Promise.race([
      close().then(() => 'closed'),
      sleep(clientEndMs * 3, 'still open', { signal: late.signal }),
    ])
    late.abort()
    t.equal(ending, 'closed')
  })
}

t.test(
  'a line that is reset before its session has its settings fails the opening alone',
  async t => {
    const { url } = await openLine(t, { resetAt: 'set_config' })
    const pool = new pg.Pool({
      connectionString: url,
      Client: BoundedClient,
    } as unknown as pg.PoolConfig)
    t.teardown(() => pool.end())
    await t.rejects(pool.connect(), { code: 'ECONNRESET' })
    await t.rejects(new BoundedClient({ connectionString: url }).connect(), { code: 'ECONNRESET' })
  },
)

/** An address of PostgreSQL whose open lines can be cut. */
async function openLine(t: Test, options: Parameters<typeof startTcpProxy>[1] = {}) {
  const { url } = await createTestDatabase(t)
  const address = new URL(url)
  const proxy = await startTcpProxy(Number(address.port), options)
  t.teardown(() => proxy.close())
  address.port = String(proxy.port)
  return { url: address.href, cut: () => proxy.cut() }
}
