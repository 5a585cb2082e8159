/** The bar rewrites one line on a terminal and stays short in a log. */
import t from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import { createProgressBar } from '../../src/demo/progress-bar.ts'
import { createSpeaker } from '../../src/demo/texts.ts'

t.test('on a terminal one line is written over, within its width', async t => {
  const written = show({ isTTY: true, columns: 50 }, [0, 50, 100])
  t.equal(written.match(/\n/g)?.length, 1)
  t.ok(written.endsWith('\n'))
  const lines = written.trimEnd().split('\r').slice(1)
  t.equal(lines.length, 3)
  for (const line of lines) t.ok(line.replace('\x1b[K', '').length < 50)
})

t.test('elsewhere a line stands for a quarter', async t => {
  const percents = Array.from({ length: 101 }, (_, percent) => percent)
  const lines = show({}, percents).trimEnd().split('\n')
  t.equal(lines.length, 5)
  t.match(lines[2], /50 % {2}1,000 of 2,000 rows {2}400 rows\/s {2}3 s left/)
  t.match(lines[4], /^Import {5}\[█{28}\] {2}100 %/)
})

function show(screen: { isTTY?: boolean; columns?: number }, percents: number[]): string {
  let written = ''
  const write = (text: string) => {
    written += text
  }
  const bar = createProgressBar({ ...screen, write }, createSpeaker('en-US'), 'Import     ')
  for (const percent of percents) bar.show(stateAt(percent))
  bar.end()
  return written
}

function stateAt(percent: number): Import {
  return {
    status: percent < 100 ? 'running' : 'completed',
    rows: { total: 2_000, processed: percent * 20 },
    progress: { percent, rowsPerSecond: 400, etaSeconds: (100 - percent) / 20 },
  } as Import
}
