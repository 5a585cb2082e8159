/**
 * What other tenants feel of one that sends heavy requests, 32 at a time: how long their list of imports takes, and
 * whether an import that runs meanwhile loses its lease. Prints JSON and writes the section `Neighbours` of RESULTS.md.
 *
 *   node run-neighbours.ts [--contacts 500000] [--seconds 60] [--at-once 32] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startCrowd } from './import/crowd.ts'
import { openImportBench } from './import/import-service.ts'
import { type Ask, watchLatency } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { fillContacts } from './search/fill-contacts.ts'
import { makeSheet } from './sheets.ts'

const { values: flags } = parseArgs({
  options: {
    contacts: { type: 'string', default: '500000' },
    seconds: { type: 'string', default: '60' },
    'at-once': { type: 'string', default: '32' },
    'no-page': { type: 'boolean', default: false },
  },
})
const contacts = Number(flags.contacts)
const seconds = Number(flags.seconds)
const atOnce = Number(flags['at-once'])
const pauseMs = 50

const sheet = await makeSheet({ rows: 1_000_000, strings: 'shared' })

await using bench = await openImportBench({}, 'neighbours')
const admin = new pg.Client({ connectionString: bench.adminUrl })
await admin.connect()
const groups = await fillContacts(admin, [
  ...Array.from({ length: 20 }, () => ({ tenantId: 'bench', rows: Math.round(contacts / 20) })),
  ...Array.from({ length: 20 }, () => ({ tenantId: 'other', rows: 1_000 })),
])
const ofCrowd = groups.filter(({ tenantId }) => tenantId === 'bench').map(({ id }) => id)
const filter = ofCrowd.map(id => `&importId=${id}`).join('')
const paths = [
  `/v1/contacts?limit=200&q=501${filter}`,
  `/v1/contacts?limit=200&q=k${filter}`,
  '/v1/contacts?limit=200',
  '/v1/imports?limit=200',
  `/v1/cases?limit=200${filter}`,
]
const asks: Ask[] = [{ method: 'GET', path: '/v1/imports?limit=20' }]
const other = { url: bench.url, token: await bench.tokenOf('other'), pauseMs }

const quiet = await watchLatency(other, asks, () => sleep(10_000))
const { id } = await bench.prepare(sheet.path)
await bench.call('POST', `/imports/${id}/start`)
const crowd = startCrowd({ url: bench.url, token: bench.token, paths, atOnce })
const crowded = await watchLatency(other, asks, () => sleep(seconds * 1_000))
const { answers, longestMs } = await crowd.stop()
const { rows } = await admin.query('select status, epoch, crashes from imports where id = $1', [id])
await admin.end()

const [before, during] = [quiet.latencies[0]!, crowded.latencies[0]!]
const leasesLost = rows[0].epoch - 1
const result = { quiet: before, crowded: during, crowd: { answers, longestMs }, import: rows[0] }
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Neighbours', resultMarkdown())

function resultMarkdown(): string {
  const figures = [before, during].map(({ requests, p50Ms, p99Ms, maxMs }) =>
    [requests, p50Ms, p99Ms, maxMs].map(String),
  )
  return [
    `One tenant of ${contacts.toLocaleString('en')} contacts sends searches and long pages, ${atOnce} at a time, for ${seconds} s, while an import of a million rows runs. Another tenant reads \`GET /v1/imports\`, ${pauseMs} ms after each answer:`,
    markdownTable(
      ['', 'requests', 'p50 ms', 'p99 ms', 'max ms'],
      [
        ['alone', ...figures[0]!],
        ['beside the crowd', ...figures[1]!],
      ],
    ),
    `The crowd was answered ${Object.entries(answers)
      .map(([status, count]) => `${status} ${count} times`)
      .join(', ')}, after ${longestMs} ms at most. Leases lost: ${leasesLost}.`,
  ].join('\n\n')
}
