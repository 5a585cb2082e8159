/**
 * Measures an import from `start` to `completed` over the API, beside one COPY of the same rows into the
 * same table and the stack that a team would otherwise write, all in one run. Prints JSON and writes the
 * section `Importing` of RESULTS.md.
 *
 *   node run-import.ts [--rows 1000000] [--rounds 2] [--no-page]
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copyIn, copyOut, emptyContacts } from './import/copy-in.ts'
import { type ImportBench, openImportBench } from './import/import-service.ts'
import { importByUsualStack } from './import/usual-stack.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const usualStackRows = 20_000

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '2' },
    'no-page': { type: 'boolean', default: false },
  },
})
const rows = Number(flags.rows)
const sheet = await makeSheet({ rows, strings: 'shared' })
const smallSheet = await makeSheet({ rows: usualStackRows, strings: 'shared' })
const textPath = join(import.meta.dirname, '.data', 'contacts.copy')

await using bench = await openImportBench()
const measured = await measureRounds(bench)
const rates = {
  import: best(measured.map(round => rows / round.importSeconds)),
  copy: best(measured.map(round => rows / round.copySeconds)),
  usualStack: await measureUsualStack(bench),
}
rmSync(textPath, { force: true })
const result = {
  rows,
  rounds: measured,
  rowsPerSecond: rates,
  importToCopy: rates.import / rates.copy,
  importToUsualStack: rates.import / rates.usualStack,
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Importing', resultMarkdown())

interface Round {
  importSeconds: number
  copySeconds: number
}

/** Both begin with an empty table; they take turns, so that a slow spell of the machine hits both. */
async function measureRounds(opened: ImportBench): Promise<Round[]> {
  const rounds: Round[] = []
  for (let round = 1; round <= Number(flags.rounds); round += 1) {
    await emptyContacts(opened.adminUrl)
    const { id } = await opened.prepare(sheet.path)
    const { startedAt, finishedAt } = await opened.run(id)
    const importSeconds = (Date.parse(finishedAt!) - Date.parse(startedAt!)) / 1000
    if (round === 1) await copyOut(opened.adminUrl, textPath)
    await emptyContacts(opened.adminUrl)
    const copySeconds = await copyIn(opened.adminUrl, textPath)
    rounds.push({ importSeconds, copySeconds })
    console.error(`round ${round}: import ${importSeconds} s, copy ${copySeconds} s`)
  }
  return rounds
}

async function measureUsualStack(opened: ImportBench): Promise<number> {
  await emptyContacts(opened.adminUrl)
  const usual = await importByUsualStack(opened.adminUrl, smallSheet.path)
  return usual.rows / usual.seconds
}

function best(values: number[]): number {
  return Math.max(...values)
}

function resultMarkdown(): string {
  const line = (name: string, rate: number) => [
    name,
    Math.round(rate).toLocaleString('en'),
    (rates.import / rate).toFixed(2),
  ]
  return `${markdownTable(
    ['what', 'rows/s', 'import is faster by'],
    [
      line(`import of ${rows.toLocaleString('en')} rows, start to completed`, rates.import),
      line('one COPY of the same rows as clean text, same table and indexes', rates.copy),
      line('xlsx-stream-reader + MikroORM, 20,000 rows', rates.usualStack),
    ],
  )}\n\nBest of ${flags.rounds} interleaved rounds.`
}
