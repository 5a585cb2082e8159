/** Connections between tenants: the share of each, the order of those that wait, the end of their waiting. */
import t from 'tap'
import { ConnectionShares } from '../../../src/storage/postgres/connection-shares.ts'

const limits = { connectionsMax: 4, perTenantMax: 3, waitMs: 50 }

/** Resolves with nothing while the place is not given. */
async function settled<T>(place: Promise<T>): Promise<T | undefined> {
  return Promise.race([place, new Promise<undefined>(resolve => setImmediate(resolve, undefined))])
}

t.test('one tenant leaves room for another', async t => {
  const shares = new ConnectionShares(limits)
  for (let taken = 0; taken < 3; taken += 1) await shares.take('a')
  const fourth = shares.take('a')
  t.equal(await settled(fourth), undefined, 'a has its share')
  t.ok(await settled(shares.take('b')), 'b finds one free')
  await t.rejects(fourth, { code: 'service-busy' })
})

t.test('a connection that becomes free goes to the tenant that holds the fewest', async t => {
  const shares = new ConnectionShares({ ...limits, waitMs: 10_000 })
  const held = [await shares.take('a'), await shares.take('a'), await shares.take('b')]
  held.push(await shares.take('b'))
  const order: string[] = []
  const waiting = ['a', 'b', 'c', 'a'].map(async tenant => {
    const place = await shares.take(tenant)
    order.push(tenant)
    return place
  })
  held[0]![Symbol.dispose]()
  t.ok(await waiting[2])
  t.strictSame(order, ['c'], 'c came later, and holds none')
  held[1]![Symbol.dispose]()
  t.ok(await waiting[0])
  t.strictSame(order, ['c', 'a'], 'a holds none now and came before b')
  for (const place of [held[2]!, held[3]!, await waiting[2]!, await waiting[0]!]) {
    place[Symbol.dispose]()
  }
  t.ok(await Promise.all(waiting))
})

t.test('a place that is disposed of twice is free once', async t => {
  const shares = new ConnectionShares({ connectionsMax: 1, perTenantMax: 1, waitMs: 20 })
  const place = await shares.take('a')
  place[Symbol.dispose]()
  place[Symbol.dispose]()
  await shares.take('a')
  await t.rejects(shares.take('b'), { code: 'service-busy' })
})
