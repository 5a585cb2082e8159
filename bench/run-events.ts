/**
 * Measures how far consumers are behind the database, and how long events that waited for the broker take to
 * reach it. Prints JSON and writes the section `Events` of RESULTS.md.
 *
 *   node run-events.ts [--imports 16] [--seconds 20] [--waiting 10000] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { ImportEvent } from '../src/contracts/events.ts'
import { connectNats } from '../src/events/connect-nats.ts'
import { openEventBench } from './events/service-process.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'

const stream = 'CONTACT_IMPORT'
const eventsPerSecond = 4

const { values: flags } = parseArgs({
  options: {
    imports: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '20' },
    waiting: { type: 'string', default: '10000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const [imports, seconds, waiting] = [flags.imports, flags.seconds, flags.waiting].map(Number) as [
  number,
  number,
  number,
]

await using bench = await openEventBench()
const lag = await measureLag()
const drain = await measureDrain()
console.log(JSON.stringify({ ...describeCircumstances(), lag, drain }, null, 2))
if (!flags['no-page']) {
  const rows = [
    [`events of ${imports} imports, ${eventsPerSecond} a second each`, String(lag.events)],
    ['commit to consumer, p50', `${lag.p50Ms} ms`],
    ['commit to consumer, p99', `${lag.p99Ms} ms`],
    ['commit to consumer, slowest', `${lag.maxMs} ms`],
    [`${drain.events} events of 100 imports after an outage`, `${drain.seconds.toFixed(1)} s`],
  ]
  writeSection('Events', markdownTable(['measured', 'value'], rows))
}

/** From the clock of PostgreSQL, just before the commit, to a consumer's on the same machine. */
async function measureLag() {
  const nats = await connectNats(bench.natsUrl, 'bench')
  await (await jetstreamManager(nats)).consumers.add(stream, {
    durable_name: 'bench',
    ack_policy: AckPolicy.None,
  })
  const consumer = await jetstream(nats).consumers.get(stream, 'bench')
  const lagsMs: number[] = []
  const messages = await consumer.consume({
    callback: message => {
      lagsMs.push(Date.now() - Date.parse(message.json<ImportEvent>().time))
    },
  })
  await Promise.all(Array.from({ length: imports }, (_, index) => writeSteadily(index)))
  while (lagsMs.length < imports * seconds * eventsPerSecond) await sleep(50)
  await messages.close()
  await nats.close()
  lagsMs.sort((a, b) => a - b)
  const at = (share: number) => lagsMs[Math.floor((lagsMs.length - 1) * share)]!
  return { events: lagsMs.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

async function writeSteadily(index: number): Promise<void> {
  const writer = await bench.openWriter()
  const id = await writer.createImport(bench.tenant)
  const intervalMs = 1_000 / eventsPerSecond
  await sleep((intervalMs * index) / imports)
  const begin = performance.now()
  for (let event = 1; event <= seconds * eventsPerSecond; event++) {
    await writer.write(bench.tenant, id)
    await sleep(Math.max(0, begin + event * intervalMs - performance.now()))
  }
}

async function measureDrain() {
  await bench.stopNats()
  const writer = await bench.openWriter()
  for (let index = 0; index < 100; index++) {
    const id = await writer.createImport(bench.tenant)
    await writer.writeMany(bench.tenant, id, waiting / 100)
  }
  await bench.startNats()
  const begin = performance.now()
  const stillWaiting = async () => {
    const { rows } = await bench.admin.query(
      'select count(*)::int as events from outbox where published_at is null',
    )
    return rows[0].events as number
  }
  while ((await stillWaiting()) > 0) await sleep(100)
  return { events: waiting, seconds: (performance.now() - begin) / 1_000 }
}
