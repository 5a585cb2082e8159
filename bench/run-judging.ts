/**
 * Measures what judging the columns costs an upload, against reading the sheet alone, and how long previews and
 * suggestions of the uploaded sheet take. Prints JSON and writes the section `Judging columns` of RESULTS.md.
 *
 *   node run-judging.ts [--rows 1000000] [--rounds 5] [--no-page]
 */
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { inspectFile } from '../src/imports/upload/inspect-file.ts'
import { previewColumnsMax, previewRowsMax } from '../src/limits.ts'
import { openWorkbook } from '../src/xlsx/index.ts'
import { openImportBench } from './import/import-service.ts'
import { summarise } from './import/latency.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const requests = 1_000

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    'no-page': { type: 'boolean', default: false },
  },
})
const { path, rows } = await makeSheet({ rows: Number(flags.rows), strings: 'shared' })

/** Interleaved, so that a slow minute of the machine falls on both. */
const seconds: Record<'read' | 'judged', number[]> = { read: [], judged: [] }
for (let round = 0; round < Number(flags.rounds); round += 1) {
  seconds.read.push(await time(readAlone))
  seconds.judged.push(
    await time(() => inspectFile({ path, scratchDir: tmpdir(), locale: 'pl', region: 'PL' })),
  )
}
const best = { read: Math.min(...seconds.read), judged: Math.min(...seconds.judged) }

const result = { rows, seconds, costs: best.judged / best.read, latencies: await askUploaded() }
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Judging columns', resultMarkdown())

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** What an inspection did before it judged columns. */
async function readAlone(): Promise<void> {
  await using workbook = await openWorkbook(path, { scratchDir: tmpdir(), locale: 'pl' })
  const columns = Array.from({ length: previewColumnsMax }, (_, at) => at + 1)
  for (const sheet of workbook.sheets) {
    await workbook.measureSheet(sheet, { firstRows: previewRowsMax + 1, columns })
  }
}

async function askUploaded() {
  await using bench = await openImportBench({ UPLOAD_BYTES_MAX: String(2 ** 30) })
  const { id } = await bench.prepare(path)
  return {
    preview: await ask(`/imports/${id}/preview`),
    suggestion: await ask(`/imports/${id}/mapping/suggestion`),
  }

  async function ask(asked: string) {
    const samples: number[] = []
    for (let at = 0; at < requests; at += 1) {
      samples.push(1000 * (await time(() => bench.call('GET', asked))))
    }
    return summarise(samples)
  }
}

function resultMarkdown(): string {
  const ms = (value: number) => `${value} ms`
  const count = rows.toLocaleString('en')
  const { preview, suggestion } = result.latencies
  return markdownTable(
    ['what', 'measured'],
    [
      [`reading ${count} rows alone`, `${best.read.toFixed(2)} s`],
      ['the same with its columns judged, as at an upload', `${best.judged.toFixed(2)} s`],
      ['judged against read alone, best of all rounds', result.costs.toFixed(2)],
      ['preview, p50', ms(preview.p50Ms)],
      ['preview, p99', ms(preview.p99Ms)],
      ['suggestion, p50', ms(suggestion.p50Ms)],
      ['suggestion, p99', ms(suggestion.p99Ms)],
    ],
  )
}
