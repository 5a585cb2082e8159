/**
 * `npm run soak -- [--imports 30] [--rows 20000]`: imports the same sheet over and over in one process and fits a line
 * through its memory after warm-up. Writes the section `Soak` of RESULTS.md.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openMeasuredProcess } from './measured-process.ts'
import { writeSection } from './results-page.ts'
import { makeUniqueSheet, uniqueColumns } from './unique-sheet.ts'

const { values: flags } = parseArgs({
  options: {
    imports: { type: 'string', default: '30' },
    rows: { type: 'string', default: '20000' },
    'no-page': { type: 'boolean', default: false },
  },
})
const [imports, rows] = [Number(flags.imports), Number(flags.rows)]
const warmUp = Math.ceil(imports / 3)
const path = await makeUniqueSheet(rows)
await using measured = await openMeasuredProcess()
const { member } = measured
const samples: number[] = []
for (let run = 1; run <= imports; run += 1) {
  const { id } = await member.upload(path)
  await member.mapAndStart(id, { columns: uniqueColumns })
  await member.waitFor(id, ({ status }) => status === 'completed')
  await member.call('DELETE', `/imports/${id}`)
  // The purge is part of the round.
  while ((await member.call('GET', `/imports/${id}`)).status !== 404) await sleep(50)
  samples.push(measured.rssMiB().now)
}
const settled = samples.slice(warmUp)
const body = `${imports} imports of ${rows.toLocaleString('en')} rows × 20 columns one after the other, each deleted again. \
RSS after each, in MiB: ${samples.join(', ')}.

After the first ${warmUp}: ${slopeOf(settled).toFixed(2)} MiB an import, between ${Math.min(...settled)} and ${Math.max(...settled)} MiB.`
console.log(body)
if (!flags['no-page']) writeSection('Soak', body)

/** Of the line that fits best: least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let above = 0
  let below = 0
  for (const [at, value] of values.entries()) {
    above += (at - middle) * (value - mean)
    below += (at - middle) ** 2
  }
  return above / below
}
