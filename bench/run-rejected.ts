/**
 * Measures an import whose rows are all rejected, beside the import of the same rows that all come in: rows a second,
 * then how fast their issues are paged, and how fast the deletion of the import takes them out. Prints JSON and writes
 * the section `Rejecting` of RESULTS.md.
 *
 *   node run-rejected.ts [--rows 1000000] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { contactColumns } from '../src/sample/contact-rows.ts'
import { openImportBench } from './import/import-service.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const sheet = await makeSheet({ rows, strings: 'shared' })
const pollMs = 100

await using bench = await openImportBench({}, 'rejected')
// A city is no telephone number: each row loses its one way to the person.
const column = contactColumns.findIndex(({ field }) => field === 'city') + 1
const taken = await importRows()
const rejected = await importRows({
  headerRow: true,
  columns: [{ column, field: 'phone' }],
  force: true,
})
const paging = await pageIssues(rejected)
const result = {
  rows,
  takenPerSecond: taken.perSecond,
  rejectedPerSecond: rejected.perSecond,
  issuesPagedPerSecond: paging,
  contactsDeletedPerSecond: await deleteImport(taken),
  issuesDeletedPerSecond: await deleteImport(rejected),
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Rejecting', resultMarkdown())

interface Imported {
  readonly id: string
  /** that became contacts, or issues */
  readonly rows: number
  readonly perSecond: number
}

async function importRows(mapping?: Parameters<typeof bench.prepare>[1]): Promise<Imported> {
  const { id } = await bench.prepare(sheet.path, mapping)
  const { startedAt, finishedAt, rows: ledger } = await bench.run(id)
  // A few rows have no city: they are empty to this mapping.
  const done = mapping ? ledger.rejected + ledger.skipped : ledger.created
  if (done !== rows) throw new Error(`not all rows as they should be: ${JSON.stringify(ledger)}`)
  const seconds = (Date.parse(finishedAt!) - Date.parse(startedAt!)) / 1000
  return { id, rows: mapping ? ledger.rejected : ledger.created, perSecond: rows / seconds }
}

async function pageIssues({ id, rows: issues }: Imported): Promise<number> {
  const begin = performance.now()
  let read = 0
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: unknown[]; nextCursor: string | null } = await bench.call(
      'GET',
      `/imports/${id}/issues?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    read += page.items.length
    cursor = page.nextCursor
  }
  if (read !== issues) throw new Error(`${read} issues were paged`)
  return (read * 1000) / (performance.now() - begin)
}

async function deleteImport({ id, rows: count }: Imported): Promise<number> {
  const begin = performance.now()
  await bench.call('DELETE', `/imports/${id}`)
  for (;;) {
    const { items } = await bench.call<{ items: { id: string }[] }>('GET', '/imports')
    if (items.every(item => item.id !== id)) return (count * 1000) / (performance.now() - begin)
    await sleep(pollMs)
  }
}

function resultMarkdown(): string {
  const line = (name: string, perSecond: number) => [
    name,
    Math.round(perSecond).toLocaleString('en'),
  ]
  return markdownTable(
    ['what', '/s'],
    [
      line(
        `rows imported, of ${rows.toLocaleString('en')} that all come in`,
        result.takenPerSecond,
      ),
      line('rows imported, all rejected', result.rejectedPerSecond),
      line('their issues paged, 200 a page', result.issuesPagedPerSecond),
      line('contacts deleted with their import', result.contactsDeletedPerSecond),
      line('issues deleted with their import', result.issuesDeletedPerSecond),
    ],
  )
}
