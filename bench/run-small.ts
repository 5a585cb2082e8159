/**
 * Measures small imports over the API, as most imports are: the upload of 100 rows, an import of 100 rows from
 * `start` to `completed`, and 100 imports of 200 rows that are queued at once. Prints JSON and writes the section
 * `Small imports` of RESULTS.md.
 *
 *   node run-small.ts [--imports 200] [--queued 100] [--no-page]
 */
import { openAsBlob } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Import } from '../src/contracts/import.ts'
import { openImportBench } from './import/import-service.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { makeSheet } from './sheets.ts'

const { values: flags } = parseArgs({
  options: {
    imports: { type: 'string', default: '200' },
    queued: { type: 'string', default: '100' },
    'no-page': { type: 'boolean', default: false },
  },
})
const imports = Number(flags.imports)
const queued = Number(flags.queued)
const uploadRows = 100
const queuedRows = 200
const pollMs = 2

const small = await makeSheet({ rows: uploadRows, strings: 'shared' })
const larger = await makeSheet({ rows: queuedRows, strings: 'shared' })
// All of one tenant: its share is that of the process.
await using bench = await openImportBench({}, 'small')
const blob = await openAsBlob(small.path)

const uploads = await measure(imports, async () => {
  const form = new FormData()
  form.set('file', blob, 'kontakty.xlsx')
  return () => bench.call<Import>('POST', '/imports', form)
})
const runs = await measure(imports, async () => {
  const { id } = await bench.prepare(small.path)
  return async () => {
    await bench.call('POST', `/imports/${id}/start`)
    while ((await bench.call<Import>('GET', `/imports/${id}`)).status !== 'completed') {
      await sleep(pollMs)
    }
  }
})
const queuedSeconds = await measureQueue()
const result = {
  uploads,
  runs,
  queuedSeconds,
  rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
}
console.log(JSON.stringify({ ...describeCircumstances(), ...result }, null, 2))
if (!flags['no-page']) writeSection('Small imports', resultMarkdown())

interface Times {
  readonly count: number
  readonly firstMs: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Prepares and times one after the other; the preparation is not timed. */
async function measure(
  count: number,
  prepare: () => Promise<() => Promise<unknown>>,
): Promise<Times> {
  const times: number[] = []
  for (let run = 0; run < count; run += 1) {
    const act = await prepare()
    const begun = performance.now()
    await act()
    times.push(performance.now() - begun)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.ceil(share * count) - 1]!)
  return { count, firstMs: round(times[0]!), p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

/** Seconds from the first start until the last of all is completed. */
async function measureQueue(): Promise<number> {
  const ids: string[] = []
  for (let at = 0; at < queued; at += 1) ids.push((await bench.prepare(larger.path)).id)
  const begun = performance.now()
  await Promise.all(ids.map(id => bench.call('POST', `/imports/${id}/start`)))
  while ((await isAny('queued')) || (await isAny('running'))) await sleep(20)
  const seconds = round((performance.now() - begun) / 1000)
  if (await isAny('failed')) throw new Error('an import failed')
  return seconds
}

/** Asks for one alone: a page of all would cost the service more than an import. */
async function isAny(status: string): Promise<boolean> {
  const page = await bench.call<{ items: unknown[] }>('GET', `/imports?status=${status}&limit=1`)
  return page.items.length > 0
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function resultMarkdown(): string {
  const line = (name: string, { count, firstMs, p50Ms, p99Ms, maxMs }: Times) =>
    [name, count, firstMs, p50Ms, p99Ms, maxMs].map(String)
  return [
    markdownTable(
      ['what', 'count', 'first ms', 'p50 ms', 'p99 ms', 'max ms'],
      [
        line(`upload of ${uploadRows} rows`, uploads),
        line(`import of ${uploadRows} rows, start to completed`, runs),
      ],
    ),
    `${queued} imports of ${queuedRows} rows, queued at once: ${queuedSeconds} s until the last was completed. Memory of the process at the end: ${result.rssMiB} MiB, client included.`,
  ].join('\n\n')
}
