import t from 'tap'
import type { SheetCell } from '../../../src/mapping/cell.ts'
import { prepareNumberNormaliser } from '../../../src/mapping/normalise/number.ts'
import { stringCell } from './cells.ts'

const invalid = { outcome: 'refused', code: 'number-invalid' }
const lost = { outcome: 'refused', code: 'digits-lost' }
const inPoland = prepareNumberNormaliser({ region: 'PL' })
const inAmerica = prepareNumberNormaliser({ region: 'US' })

t.test('texts of one meaning are read', async t => {
  const read: [string, string | null][] = [
    ['', null],
    [' 12 ', '12'],
    ['007', '7'],
    ['-0.50', '-0.5'],
    ['−3', '-3'],
    ['-0', '0'],
    [',5', '0.5'],
    ['1 234,50', '1234.5'],
    ['1\u00a0234\u00a0567', '1234567'],
    ["1'234.5", '1234.5'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['1,234,567', '1234567'],
    ['1234.567', '1234.567'],
    ['0,123', '0.123'],
  ]
  for (const [text, number] of read) {
    for (const normalise of [inPoland, inAmerica])
      t.equal(normalise(stringCell(text)), number, text)
  }
})

t.test('one separator before three digits is read by the region, or refused', async t => {
  t.equal(inPoland(stringCell('1,234')), '1.234')
  t.match(inPoland(stringCell('1.234')), invalid)
  t.equal(inAmerica(stringCell('1.234')), '1.234')
  t.match(inAmerica(stringCell('1,234')), invalid)
})

t.test('anything else is refused', async t => {
  for (const text of [
    'dużo',
    '1e5',
    '5 zł',
    '1,23,456',
    '1.2.3',
    '12 34',
    '--1',
    '1-2',
    '.',
    '5.',
  ]) {
    t.match(inPoland(stringCell(text)), invalid, text)
  }
  t.match(inPoland(stringCell('9'.repeat(16))), lost)
  t.match(inPoland(stringCell('9'.repeat(41))), invalid)
  t.match(inPoland({ column: 1, type: 'boolean', value: true }), invalid)
})

t.test('number cells give what they store', async t => {
  const cell = (text: string, more = {}): SheetCell => {
    return { column: 1, type: 'number', value: Number(text), text, ...more }
  }
  t.equal(inPoland(cell('0.25', { shown: '25%' })), '0.25')
  t.equal(inPoland(cell('-1234.5')), '-1234.5')
  t.match(inPoland(cell('123456789012345678', { doubt: 'digits-lost' })), lost)
})
