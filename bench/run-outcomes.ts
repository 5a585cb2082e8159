/**
 * Measures the download of what became of each row: lines a second, and the memory of the whole process over what it
 * holds when idle, for imports of several sizes. Writes the section `Outcomes of rows` of RESULTS.md.
 *
 *   node run-outcomes.ts [--rows 100000 --rows 1000000] [--rounds 3] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fetchOutcomes } from '../test/support/outcome-reader.ts'
import { openMeasuredProcess } from './measured-process.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', multiple: true, default: ['100000', '1000000'] },
    rounds: { type: 'string', default: '3' },
    'no-page': { type: 'boolean', default: false },
  },
})
/** Memory of the import goes back to the system in this time. */
const restMs = 35_000

await using measured = await openMeasuredProcess()
const { member } = measured
const lines: string[][] = []
for (const rows of flags.rows.map(Number)) {
  const id = await bringIn(rows)
  for (let round = 1; round <= Number(flags.rounds); round += 1) {
    lines.push([rows.toLocaleString('en'), String(round), ...(await download(id, rows))])
  }
}
const head = ['rows', 'round', 'lines/s', 'MiB sent', 'RSS idle, MiB', 'peak over idle, MiB']
const body = markdownTable(head, lines)
console.log(body)
if (!flags['no-page']) writeSection('Outcomes of rows', body)

async function bringIn(rows: number): Promise<string> {
  const { path } = await makeSheet({ rows, strings: 'shared' })
  const { id } = await member.upload(path)
  await member.mapAndStart(id)
  await member.waitFor(id, ({ status }) => status === 'completed')
  await sleep(restMs)
  return id
}

async function download(id: string, rows: number): Promise<string[]> {
  const idleMiB = measured.rssMiB().now
  const begun = performance.now()
  let bytes = 0
  let found = 0
  const peakMiB = await measured.peakDuring(async () => {
    const answer = await fetchOutcomes(member.url, id)
    for await (const piece of answer.body!) {
      bytes += piece.length
      for (const byte of piece) if (byte === 0x0a) found += 1
    }
  })
  const seconds = (performance.now() - begun) / 1000
  if (found !== rows) throw new Error(`${found} lines of ${rows}`)
  return [
    Math.round(rows / seconds).toLocaleString('en'),
    (bytes / 2 ** 20).toFixed(1),
    String(idleMiB),
    String(peakMiB - idleMiB),
  ]
}
