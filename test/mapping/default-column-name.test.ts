import t from 'tap'
import {
  cellAddress,
  columnLetter,
  defaultColumnName,
} from '../../src/mapping/default-column-name.ts'

t.test('names of columns without a header', async t => {
  t.equal(defaultColumnName(1, 'en'), 'Column 1')
  t.equal(defaultColumnName(12, 'pl'), 'Kolumna 12')
})

t.test('letters and addresses', async t => {
  const table: [column: number, letters: string][] = [
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [52, 'AZ'],
    [53, 'BA'],
    [702, 'ZZ'],
    [703, 'AAA'],
    [16_384, 'XFD'],
  ]
  for (const [column, letters] of table) t.equal(columnLetter(column), letters)
  t.equal(cellAddress(7, 2), 'B7')
  t.equal(cellAddress(1_048_576, 16_384), 'XFD1048576')
  for (const column of [0, -1, 1.5, Number.NaN]) t.throws(() => columnLetter(column), RangeError)
})

t.test('no two columns share their letters', async t => {
  const letters = Array.from({ length: 16_384 }, (_, index) => columnLetter(index + 1))
  t.equal(new Set(letters).size, letters.length)
})
