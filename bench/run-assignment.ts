/**
 * Assigns a large import to a campaign and takes it out again: how long each takes, and how long other requests take
 * meanwhile. Prints JSON and writes the section `Assigning` of RESULTS.md.
 *
 *   node run-assignment.ts [--contacts 1000000] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { Assignment, Campaign } from '../src/contracts/campaign.ts'
import { openImportBench } from './import/import-service.ts'
import { type Ask, watchLatency } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { fillContacts } from './search/fill-contacts.ts'

const { values: flags } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const contacts = Number(flags.contacts)
const pollMs = 100

await using bench = await openImportBench({}, 'assignment')
const admin = new pg.Client({ connectionString: bench.adminUrl })
await admin.connect()
const [, group] = await fillContacts(admin, [
  { tenantId: 'bench', rows: Math.round(contacts / 5) },
  { tenantId: 'bench', rows: contacts },
])
await admin.end()
const campaign = await bench.call<Campaign>('POST', '/campaigns', { name: 'spring' })
const assignments = `/campaigns/${campaign.id}/assignments`
const asks: Ask[] = [
  { method: 'GET', path: '/v1/imports?limit=20' },
  { method: 'GET', path: '/v1/campaigns?limit=20' },
  { method: 'PATCH', path: `/v1/imports/${group!.id}`, body: { name: 'autumn' } },
]

const { id } = await bench.call<Assignment>('POST', assignments, { importId: group!.id })
const added = await watchLatency({ ...bench, pauseMs: 50 }, asks, () =>
  secondsUntil(assignment => assignment?.status === 'completed'),
)
await bench.call('DELETE', `${assignments}/${id}`)
const removed = await watchLatency({ ...bench, pauseMs: 50 }, asks, () =>
  secondsUntil(assignment => assignment === undefined),
)

const result = {
  contacts,
  assignedSeconds: added.result,
  removedSeconds: removed.result,
  meanwhile: added.latencies,
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Assigning', resultMarkdown())

async function secondsUntil(reached: (assignment?: Assignment) => boolean): Promise<number> {
  const begin = performance.now()
  for (;;) {
    const { items } = await bench.call<{ items: Assignment[] }>('GET', assignments)
    if (reached(items.find(item => item.id === id))) return (performance.now() - begin) / 1000
    await sleep(pollMs)
  }
}

function resultMarkdown(): string {
  return [
    `An import of ${contacts.toLocaleString('en')} contacts joined a campaign in ${added.result.toFixed(1)} s and left it again in ${removed.result.toFixed(1)} s. Other requests while it joined, each 50 ms after the last answer:`,
    markdownTable(
      ['request', 'count', 'p50 ms', 'p99 ms', 'max ms'],
      added.latencies.map(({ method, path, requests, p50Ms, p99Ms, maxMs }) => [
        `${method} ${path.replace(/[0-9a-f-]{36}/, '{id}')}`,
        ...[requests, p50Ms, p99Ms, maxMs].map(String),
      ]),
    ),
  ].join('\n\n')
}
