/** `node relay-process.ts DATABASE_URL NATS_URL STREAM`: a relay in a process of its own, for tests that kill or stop it. */
import { pino } from 'pino'
import { startRelay } from '../../src/events/outbox-relay.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { eventChannel } from '../../src/storage/outbox/outbox.ts'
import { openNotifications } from '../../src/storage/postgres/notifications.ts'

const [databaseUrl, natsUrl, stream] = process.argv.slice(2) as [string, string, string]
const relay = startRelay({
  orm: await openOrm(databaseUrl),
  databaseUrl,
  natsUrl,
  notifications: await openNotifications(databaseUrl, [eventChannel], () => {}),
  config: { eventStream: JSON.parse(stream) },
  log: pino({ level: 'silent' }),
})
setInterval(() => process.stdout.write(relay.state().leading ? '1' : '0'), 50)
