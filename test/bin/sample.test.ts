/** The sample sheet of the README: what is asked for, and one line for each fault. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openWorkbook } from '../../src/xlsx/index.ts'

const script = fileURLToPath(new URL('../../src/bin/sample.ts', import.meta.url))

function run(...words: string[]) {
  return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' })
}

t.test('writes as many contacts as asked for, the flawed ones among them', async t => {
  const path = `${t.testdir()}/sample.xlsx`
  const { status, stdout } = run('--rows', '9', '--flawed-every', '4', path)
  t.equal(status, 0)
  t.match(stdout, '9 contacts in 12 columns')
  await using workbook = await openWorkbook(path)
  const phones: unknown[] = []
  for await (const rows of workbook.rowBatches(workbook.firstVisibleSheet, { fromRow: 2 })) {
    for (const { number, cells } of rows) {
      const phone = cells.find(({ column }) => column === 4)
      if (phone?.type === 'string' && /^\d{6}$/.test(phone.value)) phones.push(number)
    }
  }
  t.same(phones, [5, 9])
})

t.test('a fault is one line and exit code 1', async t => {
  const faults: [string[], RegExp][] = [
    [[], /usage/],
    [['one.xlsx', 'two.xlsx'], /usage/],
    [['--rows', '0', 'a.xlsx'], /--rows is "0"/],
    [['--rows', '1048576', 'a.xlsx'], /from 1 to 1048575/],
    [['--colour', 'red'], /--colour/],
    [[`${t.testdir()}/none/a.xlsx`], /ENOENT/],
  ]
  for (const [words, message] of faults) {
    const { status, stderr } = run(...words)
    t.equal(status, 1, words.join(' '))
    t.match(stderr, message)
    t.equal(stderr.trim().split('\n').length, 1)
  }
})
