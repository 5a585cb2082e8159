import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { SheetCell } from '../../src/mapping/cell.ts'
import {
  addDateOrderEvidence,
  createDateOrderEvidence,
  type DateOrderEvidence,
  judgeDateOrder,
  observeDateCell,
  regionDateOrder,
  suspectsSwappedCells,
} from '../../src/mapping/date-order.ts'
import { holdsForAll } from './holds-for-all.ts'
import { dateCell, numberCell, stringCell } from './normalise/cells.ts'

function observe(...cells: (string | SheetCell)[]): DateOrderEvidence {
  const evidence = createDateOrderEvidence()
  for (const cell of cells) {
    observeDateCell(evidence, typeof cell === 'string' ? stringCell(cell) : cell)
  }
  return evidence
}

t.test('one date that only one order allows decides for its column', async t => {
  t.equal(judgeDateOrder(observe('03/04/1990', '31/12/1990')), 'dmy')
  t.equal(judgeDateOrder(observe('03/04/1990', '12/31/1990', '05/06/1985')), 'mdy')
  t.equal(judgeDateOrder(observe('03/04/1990', '05/06/1985')), 'open')
  t.equal(judgeDateOrder(observe('12/31/1990', '31/12/1990')), 'conflict')
  t.equal(judgeDateOrder(observe()), 'open')
})

t.test('any spelling of digits counts, and nothing else', async t => {
  for (const text of [
    '31.12.1990',
    '31-12-1990',
    '31 12 1990',
    '31,12,1990',
    '31. 12. 1990.',
    "'31.12.1990",
    '31/12/1990 00:00',
    '31.12.1990 r.',
    '\u00a031.12.1990',
    '31121990',
    '31–12–1990',
  ]) {
    t.match(observe(text), { dayFirst: 1, monthFirst: 0, ambiguous: 0, yearFirst: 0 }, text)
  }
  t.match(observe(numberCell(31121990)), { dayFirst: 1 })
  t.match(observe({ ...numberCell(12311990), shown: '12/31/1990' } as SheetCell), { monthFirst: 1 })
  t.match(observe('1990-12-31', '19901231', '1990.12.31.'), { yearFirst: 3, dayFirst: 0 })
  t.match(observe('05/05/1990'), { ambiguous: 0 }, 'both orders say the same day')
  for (const text of [
    ...['31.02.1990', '13.13.1990', '31 grudnia 1990', '501 234 567', '12-345', '1/2', '', 'Anna'],
    ...[
      'pon. 31.12.1990',
      '31.12.90',
      '1990-31-12',
      '12 31 5678 9',
      '31.12.19900',
      '1-2.1990',
      '9'.repeat(100_000),
    ],
  ]) {
    t.same(observe(text), createDateOrderEvidence(), text.slice(0, 20))
  }
})

t.test('parts of a column that were observed apart are added', async t => {
  const sum = observe('31/12/1990', '03/04/1990')
  addDateOrderEvidence(sum, observe('12/31/1990', '1990-12-31', dateCell('1990-12-05T00:00:00')))
  t.same(sum, {
    dayFirst: 1,
    monthFirst: 1,
    ambiguous: 1,
    yearFirst: 1,
    dateCellsHigh: 0,
    dateCellsLow: 1,
  })
})

t.test('date cells beside text may have been swapped when the list was opened', async t => {
  const low = dateCell('1985-06-05T00:00:00')
  const high = dateCell('1985-06-13T00:00:00')
  t.ok(suspectsSwappedCells(observe(low, '11/23/1971')))
  t.notOk(suspectsSwappedCells(observe(low, high, '11/23/1971')), 'no order of another country')
  t.notOk(suspectsSwappedCells(observe(low)), 'nothing was left as text')
  const time = dateCell('1900-01-01T08:15:00', 'time')
  t.notOk(suspectsSwappedCells(observe(time, '11/23/1971')), 'a time of day is no date')
  t.notOk(suspectsSwappedCells(observe(low, '1971-11-23')))
})

t.test('the order of regions', async t => {
  for (const region of 'PL DE AT CZ SK GB FR ES IT UA RO CH NL PT DK FI GR TR RU BR AU IE'.split(
    ' ',
  )) {
    t.equal(regionDateOrder(region), 'dmy', region)
  }
  for (const region of 'US PR GU PH'.split(' ')) t.equal(regionDateOrder(region), 'mdy', region)
  for (const region of 'HU LT SE CN JP KR CA'.split(' '))
    t.equal(regionDateOrder(region), 'ymd', region)
})

t.test('any cells in any order, in one part or in several', async t => {
  const part = fc.integer({ min: 0, max: 32 })
  const text = fc
    .tuple(part, part, fc.integer({ min: 1890, max: 2030 }), fc.constantFrom(...'./- ,'))
    .map(([a, b, year, sign]) => `${a}${sign}${b}${sign}${year}`)
  holdsForAll(
    t,
    fc.property(fc.array(fc.oneof(text, fc.string({ unit: 'binary' }))), fc.nat(), (texts, cut) => {
      const whole = observe(...texts)
      const at = cut % (texts.length + 1)
      const parts = observe(...texts.slice(at).reverse())
      addDateOrderEvidence(parts, observe(...texts.slice(0, at)))
      assert.deepEqual(parts, whole)
    }),
  )
})
