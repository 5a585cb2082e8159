/**
 * Measures the memory of the whole process while it imports a sheet of which every row has a cell to repair, beside the
 * same sheet without one: findings are counted and must keep no cell. Writes the section `Memory of findings` of
 * RESULTS.md.
 *
 *   node findings-memory.ts [--rows 1000000] [--no-page]
 */
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type SheetValue, writeSheet } from '../src/sample/sheet-writer.ts'
import { openMeasuredProcess } from './measured-process.ts'
import { markdownTable, writeSection } from './results-page.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'notes' },
]

interface Run {
  readonly repaired: number
  readonly peakMiB: number
  readonly seconds: number
}

const runs: Run[] = []
for (const share of [0, 1]) runs.push(await measure(share))
const table = markdownTable(
  ['repaired cells', 'peak RSS, MiB', 'seconds'],
  runs.map(({ repaired, peakMiB, seconds }) => [
    repaired.toLocaleString('en'),
    String(peakMiB),
    seconds.toFixed(0),
  ]),
)
const body = `${rows.toLocaleString('en')} rows × 3 columns, no text of the phones twice.\n\n${table}`
console.log(body)
if (!flags['no-page']) writeSection('Memory of findings', body)

/** A process of its own, so that no run has the memory of the one before it. */
async function measure(share: number): Promise<Run> {
  const path = await makeCarelessSheet(share)
  await using measured = await openMeasuredProcess()
  const { member } = measured
  const { id } = await member.upload(path)
  const begun = performance.now()
  await member.mapAndStart(id, { columns })
  const ended = await member.waitFor(id, ({ status }) => status === 'completed')
  const seconds = (performance.now() - begun) / 1000
  const { repaired, noted } = ended.findings
  // A few numbers look made up, and are noted.
  if (repaired + noted < rows * share) throw new Error(`${repaired} cells were repaired`)
  return { repaired, peakMiB: measured.rssMiB().peak, seconds }
}

/** Makes it once; later calls find it. */
async function makeCarelessSheet(share: number): Promise<string> {
  const folder = join(import.meta.dirname, '.data')
  const path = join(folder, `careless-${rows}-${share * 100}.xlsx`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  await writeSheet(createWriteStream(`${path}.new`), carelessRows(share), { scratchDir: folder })
  renameSync(`${path}.new`, path)
  return path
}

function* carelessRows(share: number): Generator<SheetValue[]> {
  yield ['Nazwisko', 'Telefon', 'Uwagi']
  for (let row = 1; row <= rows; row += 1) {
    const number = `60${String((row * 7_919) % 10_000_000).padStart(7, '0')}`
    const isCareless = share > 0 && row % (1 / share) === 0
    yield [`Nowak ${row}`, isCareless ? `tel. ${number}` : number, `uwaga ${row}`]
  }
}
