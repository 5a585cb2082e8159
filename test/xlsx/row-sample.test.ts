/** Samples of rows: spread over the whole sheet, bounded in rows and bytes. */
import t from 'tap'
import { RowSample } from '../../src/xlsx/sheet/row-sample.ts'

const rowOf = (number: number, value: string) => ({
  number,
  hidden: false,
  cells: [{ column: 1, type: 'string', value } as const],
})

function sampleOf(
  count: number,
  options: Partial<ConstructorParameters<typeof RowSample>[0]>,
  value = 'x',
) {
  const sample = new RowSample({ rowsMax: 100, bytesMax: 1e6, cellCharactersMax: 10, ...options })
  for (let number = 1; number <= count; number++) {
    if (sample.wants(number)) sample.take([rowOf(number, value)])
  }
  return sample.rows
}

t.test('all rows of a short sheet, and between half and all of the rows of a long one', async t => {
  t.equal(sampleOf(100, {}).length, 100)
  for (const count of [101, 1_000, 54_321]) {
    const rows = sampleOf(count, {})
    t.ok(rows.length >= 50 && rows.length <= 100, `${rows.length} of ${count}`)
    const gaps = new Set(rows.slice(1).map(({ number }, at) => number - rows[at]!.number))
    t.equal(gaps.size, 1, 'evenly spread')
    t.ok(rows.at(-1)!.number > count * 0.97)
  }
})

t.test('bytes end a sample, and long texts are cut', async t => {
  const rows = sampleOf(1_000, { bytesMax: 2_000 }, 'x'.repeat(50))
  t.ok(rows.length >= 8 && rows.length <= 18, String(rows.length))
  t.match(rows[0]!.cells[0], { value: 'x'.repeat(10) })
})
