import t from 'tap'
import { surviveOutage } from '../support/broker-outage.ts'
import { createTestDatabase } from '../support/database.ts'
import { startOwnNats } from '../support/own-servers.ts'

// In a file of its own: it waits for a minute, and other files go on beside it.
t.test('a broker that is away for a minute while two processes import', async t => {
  const [database, nats] = [await createTestDatabase(t), await startOwnNats(t)]
  const outage = await surviveOutage(t, { database, nats, seconds: 60, events: 500 })
  t.strictSame(outage.faults, [], 'log and stream equal the outbox, per import in order')
  t.ok(outage.secondsAway >= 60)
  t.ok(outage.completed >= 5, 'imports went on meanwhile')
  t.ok(outage.waiting >= 500)
  t.ok(outage.drainSeconds < 60)
})
