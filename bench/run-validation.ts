/**
 * Measures validations beside the imports of the same rows, in turns: rows a second of each, and how many times as fast a
 * validation is. Prints JSON and writes the section `Validating` of RESULTS.md.
 *
 *   node run-validation.ts [--rows 300000] [--rounds 3] [--no-page]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Import } from '../src/contracts/import.ts'
import { openImportBench } from './import/import-service.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '3' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const sheet = await makeSheet({ rows, strings: 'shared' })

await using bench = await openImportBench({}, 'validation')
const rounds: { validated: number; imported: number }[] = []
for (let round = 0; round < Number(flags.rounds); round += 1) {
  const { id } = await bench.prepare(sheet.path)
  const validated = perSecond(await validate(id))
  const imported = perSecond(await bench.run(id))
  rounds.push({ validated, imported })
}
const median = (of: 'validated' | 'imported') =>
  rounds.map(round => round[of]).toSorted((a, b) => a - b)[rounds.length >> 1]!
const result = {
  rows,
  rounds,
  validatedPerSecond: median('validated'),
  importedPerSecond: median('imported'),
  timesAsFast: median('validated') / median('imported'),
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Validating', resultMarkdown())

async function validate(id: string): Promise<NonNullable<Import['validation']>> {
  await bench.call('POST', `/imports/${id}/validate`)
  for (;;) {
    const { validation } = await bench.call<Import>('GET', `/imports/${id}`)
    if (validation?.status === 'completed') return validation
    if (validation?.failure) throw new Error(JSON.stringify(validation.failure))
    await sleep(100)
  }
}

/** From the claim to the last row. */
function perSecond(run: Pick<Import, 'rows' | 'startedAt' | 'finishedAt'>): number {
  if (run.rows.created !== rows) throw new Error(`not all rows: ${JSON.stringify(run.rows)}`)
  return (rows * 1000) / (Date.parse(run.finishedAt!) - Date.parse(run.startedAt!))
}

function resultMarkdown(): string {
  const figure = (perSecond: number) => Math.round(perSecond).toLocaleString('en')
  return markdownTable(
    ['what', 'rows/s'],
    [
      [`a validation of ${rows.toLocaleString('en')} rows`, figure(result.validatedPerSecond)],
      ['the import of the same rows', figure(result.importedPerSecond)],
      ['times as fast', result.timesAsFast.toFixed(1)],
    ],
  )
}
