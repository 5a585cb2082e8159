/**
 * Measures how much memory the reader takes for sheets made to cost memory. Prints JSON and, for
 * whole sheets, writes the section `Memory` of RESULTS.md.
 *
 *   node run-flat.ts [--scale 1] [--only unique-shuffled]
 */
import { parseArgs } from 'node:util'
import type { Measurement } from './contender.ts'
import { flatShapes, makeFlatSheet } from './flat-sheets.ts'
import { describeCircumstances } from './machine.ts'
import { markdownTable, writeSection } from './results-page.ts'
import { type Contender, contender, runContender } from './run-contender.ts'

interface FlatResult {
  sheet: string
  rows: number
  cells: number
  outcome: Measurement | string
  overIdleBytes: number | null
}

const { values: flags } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, only: { type: 'string' } },
})

/** The service's own bound of V8's young generation, which else grows with any load. */
const nodeOptions = ['--max-semi-space-size=8']
const idle = contender('idle', { file: 'idle.ts', readsCells: false, nodeOptions })
const spilling = contender('contact-import', { file: 'contact-import.ts', nodeOptions })
/** The same, allowed to keep all shared strings in memory: what spilling is compared with. */
const inMemory = contender('contact-import, strings in memory', {
  file: 'contact-import.ts',
  nodeOptions,
  setting: String(8 * 2 ** 30),
})

const results: FlatResult[] = []
for (const shape of flatShapes(Number(flags.scale))) {
  if (flags.only !== undefined && flags.only !== shape.name) continue
  const sheet = await makeFlatSheet(shape)
  const idleBytes = await measureOnce(idle, sheet)
  const contenders = shape.sharedString ? [spilling, inMemory] : [spilling]
  for (const item of contenders) {
    const outcome = await measureOnce(item, sheet)
    const overIdleBytes =
      typeof outcome === 'string' || typeof idleBytes === 'string'
        ? null
        : outcome.rssPeakBytes - idleBytes.rssPeakBytes
    const name = item === inMemory ? `${shape.name}, strings in memory` : shape.name
    results.push({ sheet: name, rows: shape.rows, cells: shape.cells, outcome, overIdleBytes })
    console.error(JSON.stringify(results.at(-1)))
  }
}
console.log(JSON.stringify({ ...describeCircumstances(), results }, null, 2))
if (flags.scale === '1' && flags.only === undefined)
  writeSection(
    'Memory',
    `Node with \`${nodeOptions.join(' ')}\`, as \`npm start\` has it.\n\n${memoryTable()}`,
  )

async function measureOnce(
  item: Contender,
  sheet: { path: string; cells: number },
): Promise<Measurement | string> {
  const outcome = await runContender(item, sheet)
  return 'failure' in outcome ? outcome.failure : outcome.measurement
}

function memoryTable(): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const rows = results.map(({ sheet, rows, cells, outcome, overIdleBytes }) => {
    const counts = [sheet, rows.toLocaleString('en-GB'), cells.toLocaleString('en-GB')]
    if (typeof outcome === 'string') return [...counts, outcome, '', '']
    const { seconds, rssPeakBytes } = outcome
    return [
      ...counts,
      ...[seconds.toFixed(1), mebibytes(rssPeakBytes), mebibytes(overIdleBytes ?? 0)],
    ]
  })
  return markdownTable(['sheet', 'rows', 'cells', 's', 'peak RSS MiB', 'over idle MiB'], rows)
}
