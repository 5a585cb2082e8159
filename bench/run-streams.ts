/**
 * Measures what open event streams cost: memory of the service, connections to PostgreSQL, and whether each
 * stream gets each event. Prints JSON and writes the section `Open event streams` of RESULTS.md.
 *
 *   node run-streams.ts [--streams 1000] [--events 50] [--no-page]
 */
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openEventBench } from './events/service-process.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    events: { type: 'string', default: '50' },
    'no-page': { type: 'boolean', default: false },
  },
})
const [streams, events] = [Number(flags.streams), Number(flags.events)]
/** Opened at the same time; the listen queue of a socket is short. */
const openingMax = 50
const eventIntervalMs = 100

await using bench = await openEventBench()
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })
const received: number[] = []
const opened: IncomingMessage[] = []
const writer = await bench.openWriter()
const importId = await writer.createImport(bench.tenant)
await writer.write(bench.tenant, importId)

// What the first streams load and compile is no cost of a stream.
await openStreams(10)
await sleep(2_000)
const before = await observe()
await openStreams(streams)
await sleep(2_000)
const open = await observe()
const mark = [...received]
for (let event = 0; event < events; event++) {
  await writer.write(bench.tenant, importId)
  await sleep(eventIntervalMs)
}
await sleep(2_000)
const busy = await observe()
const complete = received.filter((count, index) => count - mark[index]! === events).length
for (const response of opened) response.destroy()

const result = {
  streams,
  openMiB: open.memoryMiB - before.memoryMiB,
  busyMiB: busy.memoryMiB - before.memoryMiB,
  listening: busy.listening,
  complete,
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) {
  const rows = [
    [`memory of ${streams} open streams`, `${result.openMiB} MiB`],
    [`the same after ${events} events to each`, `${result.busyMiB} MiB`],
    ['LISTEN connections', String(result.listening)],
    ['streams that got every event', `${complete} of ${received.length}`],
  ]
  writeSection('Open event streams', markdownTable(['measured', 'value'], rows))
}

async function openStreams(wanted: number): Promise<void> {
  for (let left = wanted; left > 0; left -= openingMax) {
    await Promise.all(Array.from({ length: Math.min(openingMax, left) }, openStream))
  }
}

function openStream(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const index = received.push(0) - 1
  const url = `${bench.url}/v1/imports/events`
  const headers = { authorization: `Bearer ${bench.token}` }
  request(url, { agent, headers }, response => {
    opened.push(response)
    response.on('error', () => {})
    response.setEncoding('utf8').on('data', (chunk: string) => {
      received[index]! += chunk.split('\nid: ').length - 1
    })
    response.once('data', () => resolve())
  })
    .on('error', reject)
    .end()
  return promise
}

async function observe(): Promise<{ memoryMiB: number; listening: number }> {
  const status = readFileSync(`/proc/${bench.pid}/status`, 'utf8')
  const { rows } = await bench.admin.query(
    `select count(*)::int as listening from pg_stat_activity
    where application_name = 'contact-import listen'`,
  )
  return {
    memoryMiB: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024),
    listening: rows[0].listening,
  }
}
