import t from 'tap'
import type { SheetCell } from '../../../src/mapping/cell.ts'
import { normaliseCode } from '../../../src/mapping/normalise/code.ts'
import { dateCell, numberCell, stringCell } from './cells.ts'
import { inShort } from './outcomes.ts'

const read = (cell: SheetCell) => inShort(normaliseCode(cell, 50))
const readText = (text: string) => read(stringCell(text))

t.test('codes stay as they are written', async t => {
  for (const text of ['00045', 'K-0012', '1.10', 'ABC/2024/001', '1E5', '12E', '01.02.2000']) {
    t.equal(readText(text), text)
  }
  t.equal(read(numberCell(950)), '950', 'of codes of any form no zeros are known to be lost')
  t.equal(read({ ...numberCell(45), shown: '00045', shownAsCode: '00045' } as SheetCell), '00045')
  t.equal(readText(' '), 'none')
})

t.test('signs of exports are dropped', async t => {
  t.equal(readText('1001.0'), 'repaired 1001 decimal-zero-dropped')
  t.equal(readText("'00045"), 'repaired 00045 signs-dropped')
  t.equal(readText('="00045"'), 'repaired 00045 signs-dropped')
})

t.test('lost digits and dates are refused', async t => {
  for (const text of ['8,90101E+10', '8.90101E+10', '1,23457E+18', '5E+20', ' 1.2e-7 ']) {
    t.equal(readText(text), 'refused digits-lost', text)
  }
  const long = { column: 1, type: 'number', value: 1e17, text: '100000000000000000' } as const
  t.equal(read({ ...long, doubt: 'digits-lost' }), 'refused digits-lost')
  t.equal(read({ ...long, doubt: 'format-unknown' }), 'refused format-unknown')
  t.equal(read({ ...long, doubt: 'digits-beyond-excel' }), `noted ${long.text} digits-beyond-excel`)
  t.equal(read(dateCell('2000-01-30T00:00:00')), 'refused code-is-date')
  t.equal(read(dateCell('1899-12-31T12:30:00', 'time')), 'refused code-is-date')
})
