/**
 * Measures how long requests take while a sheet is imported, and while a large group is deleted. Prints
 * JSON and writes the section `Answering meanwhile` of RESULTS.md.
 *
 *   node run-latency.ts [--rows 100000] [--deleted-rows 1000000] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openImportBench } from './import/import-service.ts'
import { type Latency, watchLatency } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const casesPerContact = 0.1

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    'deleted-rows': { type: 'string', default: '1000000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const asks = ['/livez', '/v1/imports?limit=20', '/v1/contacts?limit=20&q=kow'].map(path => ({
  method: 'GET' as const,
  path,
}))
const importedRows = Number(flags.rows)
const deletedRows = Number(flags['deleted-rows'])
const sheet = await makeSheet({ rows: importedRows, strings: 'shared' })
const largeSheet = await makeSheet({ rows: deletedRows, strings: 'shared' })

await using bench = await openImportBench()
const { id } = await bench.prepare(sheet.path)
const importing = await watchLatency(bench, asks, () => bench.run(id))

const large = await bench.prepare(largeSheet.path)
await bench.run(large.id)
await openCases(large.id)
const deleting = await watchLatency(bench, asks, () => deleteImport(large.id))

const result = {
  importing: { rows: importedRows, latencies: importing.latencies },
  deleting: {
    rows: deletedRows,
    seconds: deleting.result,
    rowsPerSecond: Math.round(deletedRows / deleting.result),
    latencies: deleting.latencies,
  },
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Answering meanwhile', resultMarkdown())

async function openCases(importId: string): Promise<void> {
  const client = new pg.Client({ connectionString: bench.adminUrl })
  await client.connect()
  await client.query(
    `insert into cases (tenant_id, contact_id, import_id, subject, created_by)
    select tenant_id, id, import_id, 'call back', 'bench' from contacts
    where import_id = $1 and row_number % $2 = 0`,
    [importId, Math.round(1 / casesPerContact)],
  )
  await client.end()
}

/** Seconds from the DELETE until the import is gone. */
async function deleteImport(importId: string): Promise<number> {
  const begin = performance.now()
  await bench.call('DELETE', `/imports/${importId}`)
  for (;;) {
    const { items } = await bench.call<{ items: { id: string }[] }>('GET', '/imports')
    if (items.every(item => item.id !== importId)) return (performance.now() - begin) / 1000
    await sleep(100)
  }
}

function resultMarkdown(): string {
  const { seconds, rowsPerSecond } = result.deleting
  return [
    `While ${importedRows.toLocaleString('en')} rows are imported:`,
    latencyTable(importing.latencies),
    `While ${deletedRows.toLocaleString('en')} contacts with ${(deletedRows * casesPerContact).toLocaleString('en')} cases are deleted (${seconds.toFixed(1)} s, ${rowsPerSecond.toLocaleString('en')} rows/s):`,
    latencyTable(deleting.latencies),
  ].join('\n\n')
}

function latencyTable(latencies: Latency[]): string {
  return markdownTable(
    ['request', 'count', 'p50 ms', 'p99 ms', 'max ms'],
    latencies.map(({ path, requests, p50Ms, p99Ms, maxMs }) => [
      `GET ${path}`,
      String(requests),
      String(p50Ms),
      String(p99Ms),
      String(maxMs),
    ]),
  )
}
