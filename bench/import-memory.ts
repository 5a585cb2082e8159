/**
 * Measures the memory of the whole process while it takes in and imports the sheet that costs the most. Writes the
 * section `Memory of an import` of RESULTS.md.
 *
 *   node import-memory.ts [--rows 1048575] [--at-once 1] [--no-page]
 */
import { parseArgs } from 'node:util'
import { openMeasuredProcess } from './measured-process.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeUniqueSheet, uniqueColumns } from './unique-sheet.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1048575' },
    'at-once': { type: 'string', default: '1' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const atOnce = Number(flags['at-once'])
const path = await makeUniqueSheet(rows)
await using measured = await openMeasuredProcess()
const { member } = measured
const figures: [string, number][] = [['started', measured.rssMiB().peak]]
const imports = []
for (let upload = 1; upload <= atOnce; upload += 1) imports.push(await member.upload(path))
figures.push([`${atOnce} uploaded and inspected`, measured.rssMiB().peak])
const begun = performance.now()
for (const { id } of imports) await member.mapAndStart(id, { columns: uniqueColumns })
for (const { id } of imports) await member.waitFor(id, ({ status }) => status === 'completed')
const seconds = (performance.now() - begun) / 1000
figures.push([`${atOnce} imported at once`, measured.rssMiB().peak])
const table = markdownTable(
  ['up to', 'peak RSS, MiB'],
  figures.map(([name, mebibytes]) => [name, String(mebibytes)]),
)
const body = `${rows.toLocaleString('en')} rows × 20 columns, every text of them unique, in ${seconds.toFixed(0)} s.\n\n${table}`
console.log(body)
if (!flags['no-page']) writeSection(`Memory of an import, ${atOnce} at once`, body)
