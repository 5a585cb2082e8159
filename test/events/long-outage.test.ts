import t from 'tap'
import { surviveOutage } from '../support/broker-outage.ts'
import { createTestDatabase } from '../support/database.ts'
import { startOwnNats } from '../support/own-servers.ts'

// `npm run outage` does the same for minutes, with more events.
t.test('a broker that is away for 20 s while two processes import', async t => {
  const [database, nats] = [await createTestDatabase(t), await startOwnNats(t)]
  const outage = await surviveOutage(t, { database, nats, seconds: 20, events: 170 })
  t.strictSame(outage.faults, [], 'log and stream equal the outbox, per import in order')
  t.ok(outage.secondsAway >= 20)
  t.ok(outage.completed >= 2, 'imports went on meanwhile')
  t.ok(outage.waiting >= 170)
  t.ok(outage.drainSeconds < 60)
})
