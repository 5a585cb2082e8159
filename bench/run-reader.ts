/**
 * Measures the sheet reader beside its peers: contenders run one after the other in processes of
 * their own, in interleaved rounds, and the best round counts. Prints JSON and writes the
 * section `Reading sheets` of RESULTS.md.
 *
 *   node run-reader.ts [--rounds 3] [--rows 100000] [--only contact-import] [--all] [--no-page]
 *
 * `--all` gives every contender every sheet, also those that take minutes with it.
 */
import { parseArgs } from 'node:util'
import type { Measurement } from './contender.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { type Contender, type Outcome, presentContenders, runContender } from './run-contender.ts'
import { benchSheets, type MadeSheet, makeSheet } from './sheets.ts'

interface Result {
  contender: string
  rounds: number
  /** The round with the least seconds, with the highest memory of all rounds. */
  best: Measurement | null
  failure: string | null
}

interface SheetResults {
  sheet: MadeSheet
  results: Result[]
}

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    rows: { type: 'string' },
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
  },
})

const report: SheetResults[] = []
for (const wanted of benchSheets) {
  if (flags.rows !== undefined && Number(flags.rows) !== wanted.rows) continue
  report.push(await measureSheet(await makeSheet(wanted)))
}
console.log(JSON.stringify({ ...describeCircumstances(), sheets: report.map(withRatios) }, null, 2))
if (!flags['no-page']) writeSection('Reading sheets', report.map(sheetMarkdown).join('\n\n'))

async function measureSheet(sheet: MadeSheet): Promise<SheetResults> {
  const contenders = presentContenders().filter(item => isWanted(item, sheet))
  const outcomes = new Map<Contender, Outcome[]>(contenders.map(item => [item, []]))
  for (let round = 1; round <= Number(flags.rounds); round += 1) {
    for (const [item, past] of outcomes) {
      if (past.some(outcome => 'failure' in outcome)) continue
      const outcome = await runContender(item, sheet)
      past.push(outcome)
      const told = 'failure' in outcome ? outcome.failure : `${outcome.measurement.seconds} s`
      console.error(`${sheet.rows} ${sheet.strings} · round ${round} · ${item.name}: ${told}`)
    }
  }
  return { sheet, results: [...outcomes].map(([item, past]) => summarise(item, past)) }
}

function isWanted(item: Contender, sheet: MadeSheet): boolean {
  const isYardstick = !item.readsCells
  if (flags.only && !flags.only.includes(item.name) && !isYardstick) return false
  return flags.all || sheet.rows <= item.rowsMax
}

function summarise(item: Contender, outcomes: Outcome[]): Result {
  const failed = outcomes.find(outcome => 'failure' in outcome)
  const measured = outcomes.flatMap(outcome => ('failure' in outcome ? [] : outcome.measurement))
  const fastest = measured.toSorted((a, b) => a.seconds - b.seconds)[0]
  const rssPeakBytes = Math.max(...measured.map(measurement => measurement.rssPeakBytes))
  return {
    contender: item.name,
    rounds: outcomes.length,
    best: failed || !fastest ? null : { ...fastest, rssPeakBytes },
    failure: failed?.failure ?? null,
  }
}

function withRatios({ sheet, results }: SheetResults): object {
  return { ...sheet, results: results.map(result => ({ ...result, ...ratios(result, results) })) }
}

interface Ratios {
  /** Seconds as a multiple of bare inflate as yauzl and node:zlib come. */
  inflateRatio: number
  /** The same with chunks that suit inflating better. */
  fastInflateRatio: number
  /** Seconds as a multiple of our reader's. */
  oursRatio: number
  /** Peak memory over an idle process. */
  overIdleBytes: number
}

function ratios(result: Result, results: Result[]): Ratios {
  const find = (name: string) => results.find(item => item.contender === name)?.best
  const timesOf = (name: string) =>
    (result.best?.seconds ?? Number.NaN) / (find(name)?.seconds ?? Number.NaN)
  return {
    inflateRatio: timesOf('bare inflate'),
    fastInflateRatio: timesOf('bare inflate, 256 KiB chunks'),
    oursRatio: timesOf('contact-import'),
    overIdleBytes: (result.best?.rssPeakBytes ?? 0) - (find('idle')?.rssPeakBytes ?? 0),
  }
}

function sheetMarkdown({ sheet, results }: SheetResults): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const rows = results.map(result => {
    const { best, contender, failure } = result
    if (!best) return [contender, failure ?? 'not run', '', '', '', '', '', '', '']
    const rss = [mebibytes(best.rssPeakBytes)]
    if (contender === 'idle') return [contender, '', '', '', '', '', '', ...rss, '0']
    const { inflateRatio, fastInflateRatio, oursRatio, overIdleBytes } = ratios(result, results)
    return [
      contender,
      best.seconds.toFixed(2),
      `${inflateRatio.toFixed(2)} ×`,
      `${fastInflateRatio.toFixed(2)} ×`,
      best.cells === 0 ? '' : `${oursRatio.toFixed(1)} ×`,
      best.cells === 0 ? '' : (best.cells / best.seconds / 1e6).toFixed(2),
      best.cpuSeconds.toFixed(2),
      ...rss,
      mebibytes(overIdleBytes),
    ]
  })
  const count = (number: number) => number.toLocaleString('en-GB')
  return [
    `### ${count(sheet.rows)} rows × 12 columns, ${sheet.strings} strings`,
    `${count(sheet.cells)} cells, ${mebibytes(sheet.fileBytes)} MiB file, ` +
      `${mebibytes(sheet.xmlBytes)} MiB of XML, best of ${flags.rounds} interleaved rounds.`,
    markdownTable(
      [
        ...['reader', 's', '/ bare inflate', '/ the same, 256 KiB chunks', '/ contact-import'],
        ...['M cells/s', 'CPU s', 'peak RSS MiB', 'over idle MiB'],
      ],
      rows,
    ),
  ].join('\n\n')
}
