/**
 * Measures the download of a sheet of faulty rows: first bytes, rows a second, and the memory of the whole process over
 * what it holds when idle. Every row of the sheet is rejected. Writes the section `Sheets of faulty rows` of RESULTS.md.
 *
 *   node run-issues-sheet.ts [--rows 100000] [--rounds 3] [--no-page]
 */
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type SheetValue, writeSheet } from '../src/sample/sheet-writer.ts'
import { fetchIssueSheet } from '../test/support/issue-sheet-reader.ts'
import { openMeasuredProcess } from './measured-process.ts'
import { markdownTable, writeSection } from './results-page.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const columnCount = 20
/** Memory of the import goes back to the system in this time. */
const restMs = 35_000

const path = await makeFaultySheet()
await using measured = await openMeasuredProcess()
const { member } = measured
const startedMiB = measured.rssMiB().now
const { id } = await member.upload(path)
const mapping = {
  headerRow: true,
  columns: [{ column: 3, field: 'phone' }],
  invalidValues: 'reject',
  force: true,
}
await member.call('PUT', `/imports/${id}/mapping`, { body: mapping })
await member.call('POST', `/imports/${id}/start`)
const { rows: ledger } = await member.waitFor(id, ({ status }) => status === 'completed')
if (ledger.rejected !== rows)
  throw new Error(`not all rows are rejected: ${JSON.stringify(ledger)}`)
await sleep(restMs)

interface Round {
  readonly firstMs: number
  readonly seconds: number
  readonly bytes: number
  readonly idleMiB: number
  readonly peakMiB: number
}

const rounds: Round[] = []
for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await download())
const table = markdownTable(
  ['round', 'first bytes, ms', 'rows/s', 'MiB sent', 'RSS idle, MiB', 'peak over idle, MiB'],
  rounds.map(({ firstMs, seconds, bytes, idleMiB, peakMiB }, at) => [
    String(at + 1),
    firstMs.toFixed(0),
    Math.round(rows / seconds).toLocaleString('en'),
    (bytes / 2 ** 20).toFixed(1),
    String(idleMiB),
    String(peakMiB - idleMiB),
  ]),
)
const body = `${rows.toLocaleString('en')} rows × ${columnCount} columns, a refused cell in each row. The process held ${startedMiB} MiB when it had started.\n\n${table}`
console.log(body)
if (!flags['no-page']) writeSection('Sheets of faulty rows', body)

async function download(): Promise<Round> {
  const idleMiB = measured.rssMiB().now
  const begun = performance.now()
  let firstMs = 0
  let bytes = 0
  const peakMiB = await measured.peakDuring(async () => {
    const answer = await fetchIssueSheet(member.url, id)
    for await (const piece of answer.body!) {
      firstMs ||= performance.now() - begun
      bytes += piece.length
    }
  })
  const seconds = (performance.now() - begun) / 1000
  await sleep(restMs)
  return { firstMs, seconds, bytes, idleMiB, peakMiB }
}

/** Makes it once; later calls find it. */
async function makeFaultySheet(): Promise<string> {
  const folder = join(import.meta.dirname, '.data')
  const path = join(folder, `faulty-${rows}.xlsx`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  await writeSheet(createWriteStream(`${path}.new`), faultyRows(), { scratchDir: folder })
  renameSync(`${path}.new`, path)
  return path
}

function* faultyRows(): Generator<SheetValue[]> {
  yield Array.from({ length: columnCount }, (_, at) => `Kolumna ${at + 1}`)
  for (let row = 1; row <= rows; row += 1) {
    yield Array.from({ length: columnCount }, (_, at) => {
      if (at === 2) return `12 ${row % 1_000}`
      if (at % 5 === 3) return row * (at + 1)
      if (at % 5 === 4) return new Date(Date.UTC(1950 + (row % 60), at, 1 + (row % 28)))
      return at % 2 === 0 ? `wartość ${row} ${at}` : `ul. Długa ${row % 500}`
    })
  }
}
