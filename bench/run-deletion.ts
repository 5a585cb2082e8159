/**
 * Deletes a large group of contacts with cases and campaign members beside others that stay: how fast the
 * purge is, how long other requests take meanwhile, and that nothing of the group is in any answer once
 * the deletion is accepted. Prints JSON and writes the section `Deleting` of RESULTS.md.
 *
 *   node run-deletion.ts [--contacts 1000000] [--cases 100000] [--members 200000] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { Campaign } from '../src/contracts/campaign.ts'
import type { CasePage } from '../src/contracts/case.ts'
import type { ContactPage } from '../src/contracts/contact.ts'
import { openImportBench } from './import/import-service.ts'
import { type Ask, type Latency, watchLatency } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { fillContacts } from './search/fill-contacts.ts'

const { values: flags } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    cases: { type: 'string', default: '100000' },
    members: { type: 'string', default: '200000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const contacts = Number(flags.contacts)
const cases = Number(flags.cases)
const members = Number(flags.members)
const pauseMs = 50
const quietMs = 10_000
const pollMs = 100
const pollsPerLook = 10

await using bench = await openImportBench({}, 'deletion')
const admin = new pg.Client({ connectionString: bench.adminUrl })
await admin.connect()
const tenantId = 'bench'
const [older, group, newer] = await fillContacts(admin, [
  { tenantId, rows: Math.round(contacts / 5) },
  { tenantId, rows: contacts },
  { tenantId, rows: Math.round(contacts / 5) },
  { tenantId: 'other', rows: Math.round(contacts / 5) },
])
const campaign = await bench.call<Campaign>('POST', '/campaigns', { name: 'spring' })
for (const { id, rows } of [older!, group!]) {
  await openCases(id, Math.round((cases * rows) / contacts))
  await addMembers(id, Math.round((members * rows) / contacts))
}
await admin.query('vacuum (analyze) cases, campaign_contacts')
await admin.query('checkpoint')
await admin.end()
const gone = await firstOf(group!.id)
const kept = await firstOf(newer!.id)

const asks: Ask[] = [
  { method: 'GET', path: '/livez' },
  { method: 'GET', path: '/v1/imports?limit=20' },
  { method: 'GET', path: '/v1/contacts?limit=20' },
  { method: 'GET', path: '/v1/contacts?limit=20&q=kow' },
  { method: 'GET', path: '/v1/cases?limit=20' },
  { method: 'POST', path: `/v1/contacts/${kept}/cases`, body: { subject: 'call back' } },
  { method: 'PATCH', path: `/v1/imports/${newer!.id}`, body: { name: 'autumn' } },
]
const quiet = await watchLatency({ ...bench, pauseMs }, asks, () => sleep(quietMs))
const deleting = await watchLatency({ ...bench, pauseMs }, asks, deleteGroup)

const rows = contacts + cases + members
const { seconds, looks } = deleting.result
const result = {
  rows: { contacts, cases, members },
  seconds,
  rowsPerSecond: Math.round(rows / seconds),
  looks,
  quiet: quiet.latencies,
  deleting: deleting.latencies,
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Deleting', resultMarkdown())

async function openCases(importId: string, count: number): Promise<void> {
  await admin.query(
    `insert into cases (tenant_id, contact_id, import_id, subject, created_by)
    select tenant_id, id, import_id, 'call back', 'bench' from contacts
    where import_id = $1 order by row_number limit $2`,
    [importId, count],
  )
}

async function addMembers(importId: string, count: number): Promise<void> {
  await admin.query(
    `insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
    select tenant_id, $3, id, import_id from contacts
    where import_id = $1 order by row_number desc limit $2`,
    [importId, count, campaign.id],
  )
}

async function firstOf(importId: string): Promise<string> {
  const { items } = await bench.call<ContactPage>('GET', `/contacts?limit=1&importId=${importId}`)
  return items[0]!.id
}

/** Until the group is gone for good. Now and then it looks for it: nothing may show it any more. */
async function deleteGroup(): Promise<{ seconds: number; looks: number }> {
  const begin = performance.now()
  await bench.call('DELETE', `/imports/${group!.id}`)
  for (let polls = 0; ; polls += 1) {
    if (polls % pollsPerLook === 0) await refuseToSeeGroup()
    const { items } = await bench.call<{ items: { id: string }[] }>('GET', '/imports')
    const seconds = (performance.now() - begin) / 1000
    if (items.every(({ id }) => id !== group!.id)) {
      return { seconds, looks: Math.floor(polls / pollsPerLook) + 1 }
    }
    await sleep(pollMs)
  }
}

async function refuseToSeeGroup(): Promise<void> {
  const lists = [
    ...['', '&q=k', '&q=kow', `&importId=${group!.id}`, `&q=k&importId=${group!.id}`].map(
      filter => `/contacts?limit=200${filter}`,
    ),
    ...['', `&importId=${group!.id}`, `&contactId=${gone}`].map(
      filter => `/cases?limit=200${filter}`,
    ),
    `/campaigns/${campaign.id}/contacts?limit=200`,
  ]
  for (const list of lists) {
    const { items } = await bench.call<ContactPage | CasePage>('GET', list)
    if (items.some(({ importId }) => importId === group!.id)) {
      throw new Error(`${list} shows a group that is being deleted`)
    }
  }
  const answer = await fetch(`${bench.url}/v1/contacts/${gone}`, {
    headers: { authorization: `Bearer ${bench.token}` },
  })
  if (answer.status !== 404) throw new Error(`contact ${gone} is found: ${answer.status}`)
}

function resultMarkdown(): string {
  const [contactsText, casesText, membersText] = [contacts, cases, members].map(count =>
    count.toLocaleString('en'),
  )
  return [
    `A group of ${contactsText} contacts with ${casesText} cases and ${membersText} places in a campaign, beside ${Math.round(contacts * 0.4).toLocaleString('en')} contacts of the tenant that stay: gone after ${seconds.toFixed(1)} s, ${result.rowsPerSecond.toLocaleString('en')} rows/s. From the answer to the DELETE on nothing showed any of it, in ${looks} looks through ten lists and searches.`,
    `Other requests, each ${pauseMs} ms after the last answer, meanwhile and without a deletion:`,
    markdownTable(
      ['request', 'count', 'p50 ms', 'p99 ms', 'max ms', 'without: p50', 'p99', 'max'],
      deleting.latencies.map((during, index) => [
        `${during.method} ${shortPath(during.path)}`,
        ...figuresOf(during, true),
        ...figuresOf(quiet.latencies[index]!, false),
      ]),
    ),
  ].join('\n\n')
}

function shortPath(path: string): string {
  return path.replace(/[0-9a-f-]{36}/, '{id}').replace(/contacts\/\d+/, 'contacts/{id}')
}

function figuresOf({ requests, p50Ms, p99Ms, maxMs }: Latency, withCount: boolean): string[] {
  return [...(withCount ? [requests] : []), p50Ms, p99Ms, maxMs].map(String)
}
