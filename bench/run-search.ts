/**
 * Measures `GET /v1/contacts` over HTTP beside millions of contacts: searches, filters and deep pages. On the
 * embedded PostgreSQL with the settings of the README, and on Debian's with its own. Prints JSON and writes the
 * sections `Searching` of RESULTS.md.
 *
 *   node run-search.ts [--postgres 15|18] [--contacts 5000000] [--requests 300] [--no-page]
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { PostgresBinaries } from '../src/embedded/postgres-binaries.ts'
import { ensureDebianPostgres } from '../test/support/provision.ts'
import { type ImportBench, openImportBench, productionSettings } from './import/import-service.ts'
import { type Summary, summarise } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { type FilledImport, fillContacts, type PlannedImport } from './search/fill-contacts.ts'
import type { PageTask, PageTimes } from './search/page-thread.ts'

const { values: flags } = parseArgs({
  options: {
    postgres: { type: 'string' },
    contacts: { type: 'string', default: '5000000' },
    requests: { type: 'string', default: '300' },
    'no-page': { type: 'boolean', default: false },
  },
})
const contacts = Number(flags.contacts)
const requests = Number(flags.requests)
const warmUps = 20

/** The imports of the tenant that searches; the other two tenants come on top. */
const named = {
  huge: { rows: Math.round(contacts * 0.4) },
  strange: { rows: Math.round(contacts * 0.1), nameBegin: 'Żż' },
  medium: { rows: 60_000 },
  small: { rows: 500 },
}
const likeSized = 30
const tiny = { imports: 2_000, rows: 10 }
const others = { tenants: ['other-1', 'other-2'], imports: 10, rows: Math.round(contacts * 0.01) }

interface Server {
  readonly title: string
  /** the major version */
  readonly version: string
  readonly programs?: PostgresBinaries
}

const servers: Server[] = [{ title: 'Searching', version: '18' }]
const debian = ensureDebianPostgres()
if (debian) {
  const version = debian.majorVersion
  servers.push({ title: `Searching on Debian's PostgreSQL ${version}`, version, programs: debian })
}
const chosen = servers.filter(({ version }) => [version, undefined].includes(flags.postgres))
if (chosen.length === 0) throw new Error(`no PostgreSQL ${flags.postgres} is here`)
for (const server of chosen) await measureServer(server)

async function measureServer({ title, version, programs }: Server): Promise<void> {
  const server = programs ? { programs } : { settings: productionSettings }
  await using bench = await openImportBench({}, `search-${version}`, server)
  const admin = new pg.Client({ connectionString: bench.adminUrl })
  await admin.connect()
  const began = performance.now()
  const filled = await fillContacts(admin, planOf())
  const fillSeconds = Math.round((performance.now() - began) / 1000)
  const rare = await findRareName(admin)
  await admin.end()
  const searches: Search[] = []
  for (const [what, filter, follows] of casesOf(filled, rare)) {
    const path = `/v1/contacts?limit=50${filter}`
    searches.push({ what, ...(await measure(bench, path, follows ?? false)) })
  }
  const rows = filled.reduce((sum, { rows }) => sum + rows, 0)
  const result = { title, contacts: rows, fillSeconds, searches }
  console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
  if (!flags['no-page']) writeSection(title, resultMarkdown(rows, filled.length, searches))
}

type Search = { what: string; firstItems: number } & Summary
type Case = readonly [what: string, filter: string, followsPages?: boolean]

function casesOf(filled: readonly FilledImport[], rare: string): readonly Case[] {
  const [huge, strange, medium, small, ...rest] = filled
    .filter(({ tenantId }) => tenantId === 'bench')
    .map(({ id }) => `&importId=${id}`)
  const twenty = rest.slice(0, 20).join('')
  const fortyTiny = rest.slice(-40).join('')
  return [
    ['all', ''],
    ['all, page after page', '', true],
    ['one of 500', small],
    ['the largest import, page after page', huge, true],
    ['20 imports, page after page', twenty, true],
    ['40 imports of 10', fortyTiny],
    ['q=k', '&q=k'],
    ['q=k, page after page', '&q=k', true],
    ['q=ko', '&q=ko'],
    ['q=kowal', '&q=kowal'],
    ['q=kowal, page after page', '&q=kowal', true],
    ['a rare last name', `&q=${rare}`],
    ['q=piekarnia, a common company', '&q=piekarnia'],
    ['q=anna.kowalska.1, an e-mail address', '&q=anna.kowalska.1'],
    ['q=+48 501 23, a phone number', `&q=${encodeURIComponent('+48 501 23')}`],
    ['q=501 2, a phone number', `&q=${encodeURIComponent('501 2')}`],
    ['q=qqqq, no hit', '&q=qqqq'],
    ['q=k in one of 500', `&q=k${small}`],
    ['q=kowal in one of 500', `&q=kowal${small}`],
    ['q=qqqq in one of 500, no hit', `&q=qqqq${small}`],
    ['q=k in one of 60,000', `&q=k${medium}`],
    ['q=kowal in one of 60,000, page after page', `&q=kowal${medium}`, true],
    ['q=k in 20 imports, page after page', `&q=k${twenty}`, true],
    ['q=kowal in 40 imports of 10', `&q=kowal${fortyTiny}`],
    ['q=k in the largest import, page after page', `&q=k${huge}`, true],
    ['q=k where all names begin otherwise', `&q=k${strange}`],
  ]
}

function planOf(): PlannedImport[] {
  const special = Object.values(named)
  const planned = others.tenants.length * others.imports * others.rows + tiny.imports * tiny.rows
  const left = contacts - planned - special.reduce((sum, { rows }) => sum + rows, 0)
  const own = [
    ...special,
    ...repeat(likeSized, { rows: Math.max(1, Math.floor(left / likeSized)) }),
    ...repeat(tiny.imports, { rows: tiny.rows }),
  ]
  return [
    ...own.map(each => ({ tenantId: 'bench', ...each })),
    ...others.tenants.flatMap(tenantId => repeat(others.imports, { tenantId, rows: others.rows })),
  ]
}

function repeat<T>(times: number, value: T): T[] {
  return Array.from({ length: times }, () => value)
}

/** The last name of the tenant that the fewest share, as far as a sample tells. */
async function findRareName(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ key: string }>(
    `select last_name_key as key from contacts tablesample system (1) repeatable (1)
    where tenant_id = 'bench' group by 1 order by count(*), 1 limit 1`,
  )
  return encodeURIComponent(rows[0]!.key)
}

async function measure(bench: ImportBench, path: string, follows: boolean) {
  const task: PageTask = {
    url: `${bench.url}${path}`,
    token: bench.token,
    requests,
    warmUps,
    follows,
  }
  const thread = new Worker(new URL('search/page-thread.ts', import.meta.url), { workerData: task })
  const [{ samplesMs, firstItems }] = (await once(thread, 'message')) as [PageTimes]
  return { firstItems, ...summarise(samplesMs) }
}

function resultMarkdown(contacts: number, imports: number, searches: readonly Search[]): string {
  const total = contacts.toLocaleString('en')
  const shares = `${imports.toLocaleString('en')} imports of ${others.tenants.length + 1} tenants`
  return [
    `\`GET /v1/contacts?limit=50\` beside ${total} contacts in ${shares}, ${requests} requests each, one after the other:`,
    markdownTable(
      ['asked for', 'items', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'],
      searches.map(({ what, firstItems, p50Ms, p95Ms, p99Ms, maxMs }) => [
        what,
        ...[firstItems, p50Ms, p95Ms, p99Ms, maxMs].map(String),
      ]),
    ),
  ].join('\n\n')
}
