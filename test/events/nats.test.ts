import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { pino } from 'pino'
import t from 'tap'
import { connectNats } from '../../src/events/connect-nats.ts'
import { ensureStream } from '../../src/events/event-stream.ts'
import { Broker } from '../../src/events/nats.ts'
import { startOwnNats } from '../support/own-servers.ts'

t.test('a broker can be left at any moment of its opening', async t => {
  const nats = await startOwnNats(t)
  const open = (natsUrl: string) =>
    new Broker({
      natsUrl,
      stream: { ageHours: 1, bytesMax: 2 ** 20, replicas: 1, duplicateWindowSeconds: 1 },
      log: pino({ level: 'silent' }),
      onReady: () => {},
    })
  const closedInTime = async (natsUrl: string, ms: number) => {
    const broker = open(natsUrl)
    await sleep(ms)
    return Promise.race([broker.close().then(() => true), sleep(5_000, false, { ref: false })])
  }
  for (let ms = 0; ms < 40; ms++) {
    if (!(await closedInTime(nats.url, ms))) t.fail(`not closed when left after ${ms} ms`)
  }
  t.ok(await closedInTime('nats://127.0.0.1:1', 20), 'with nobody to connect to')
})

t.test(
  'of two processes that find no stream one makes it, and the other goes on from there',
  async t => {
    const nats = await startOwnNats(t)
    const connection = await connectNats(nats.url, 'test')
    t.teardown(() => connection.close())
    const manager = await jetstreamManager(connection)
    const stream = { ageHours: 1, bytesMax: 2 ** 20, replicas: 1, duplicateWindowSeconds: 1 }
    const outcomes = await Promise.all([
      ensureStream(manager, stream),
      ensureStream(manager, { ...stream, duplicateWindowSeconds: 2 }),
    ])
    t.strictSame(outcomes, [{ did: 'created' }, { did: 'updated' }])
  },
)
