import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { prepareDateNormaliser } from '../../../src/mapping/normalise/date.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { booleanCell, dateCell, numberCell, stringCell } from './cells.ts'

const polish = prepareDateNormaliser('PL')
const readPolish = (text: string) => polish(stringCell(text))

t.test('dates written as text', async t => {
  const table: [raw: string, date: string | null][] = [
    ['31.12.1990', '1990-12-31'],
    ['1.2.1990', '1990-02-01'],
    ['01.02.1990 r.', '1990-02-01'],
    ['01.02.1990r', '1990-02-01'],
    ['1. 2. 1990', '1990-02-01'],
    ['31/12/1990', '1990-12-31'],
    ['03/04/2020', '2020-04-03'],
    ['31-12-1990', '1990-12-31'],
    ['1990-12-31', '1990-12-31'],
    ['1990-1-2', '1990-01-02'],
    ['1990/12/31', '1990-12-31'],
    ['1990.12.31', '1990-12-31'],
    ['\u00a01990-12-31 ', '1990-12-31'],
    ['1990-12-31T00:00:00', '1990-12-31'],
    ['1990-12-31 00:00:00.000', '1990-12-31'],
    ['31.12.1990 0:00', '1990-12-31'],
    ['29.02.2000', '2000-02-29'],
    ['29.02.2024', '2024-02-29'],
    ['', null],
    [' ', null],
  ]
  for (const [raw, date] of table) t.equal(readPolish(raw), date, JSON.stringify(raw))
})

t.test('text that is no day is refused', async t => {
  const refused = [
    ...[
      '31.02.2020',
      '29.02.2023',
      '29.02.1900',
      '31.04.2020',
      '00.01.2020',
      '01.00.2020',
      '1.13.2020',
    ],
    ...[
      '12/31/1990',
      '31.12.90',
      '90-12-31',
      '1.2',
      '1990',
      '19901231',
      '33000',
      '1990-12',
      '12.1990',
    ],
    ...['1.2.1990 x', '1.2/1990', '31 grudnia 1990', 'brak', '-', '1799-12-31', '0001-01-01'],
    ...['1990-12-31 25:00', '1990-12-31 12:60', '12:30', '1.2.19900', '1990-12-1990', '001.2.1990'],
    ...['1'.repeat(100_000), `1.${' '.repeat(50_000)}2.1990`, '1990-12-31\n1990-12-31'],
  ]
  for (const raw of refused) {
    t.same(
      readPolish(raw),
      { outcome: 'refused', code: 'date-invalid' },
      JSON.stringify(raw.slice(0, 40)),
    )
  }
})

t.test('a time of day is not cut off', async t => {
  for (const raw of [
    '1990-12-31 12:30',
    '1990-12-31T22:00:00',
    '31.12.1990 0:00:01',
    '1990-12-31T00:00:00.001',
  ]) {
    t.same(readPolish(raw), { outcome: 'refused', code: 'date-with-time' }, raw)
  }
  // Midnight in Greenwich is another day elsewhere.
  t.same(readPolish('1990-12-31T00:00:00Z'), { outcome: 'refused', code: 'date-with-time' })
})

t.test('cells', async t => {
  t.equal(polish(dateCell('1990-12-31T00:00:00')), '1990-12-31')
  t.equal(polish(dateCell('1990-12-31T00:00:00', 'iso')), '1990-12-31')
  // Exports that meddle with time zones end up hours off, often on the day before: no day can be cut out.
  t.same(polish(dateCell('1990-12-30T23:00:00')), { outcome: 'refused', code: 'date-with-time' })
  t.same(polish(dateCell('1900-03-01T00:00:00', '1900-02-29', 60)), {
    outcome: 'refused',
    code: 'date-invalid',
  })
  t.same(
    polish(dateCell('1899-12-31T00:00:00', 'date', 0)),
    { outcome: 'refused', code: 'date-invalid' },
    'day 0',
  )
  t.same(
    polish(dateCell('1899-12-31T12:30:00', 'iso')),
    { outcome: 'refused', code: 'date-invalid' },
    'a time alone',
  )
  t.same(polish(dateCell('1900-01-01T00:00:00', 'time', 1)), {
    outcome: 'refused',
    code: 'date-invalid',
  })
  t.same(polish(dateCell('1900-01-01T00:00:00', 'elapsed', 1)), {
    outcome: 'refused',
    code: 'date-invalid',
  })
  t.same(
    polish(numberCell(33238)),
    { outcome: 'refused', code: 'date-invalid' },
    'a bare number is not taken for a day',
  )
  t.same(polish(booleanCell(true)), { outcome: 'refused', code: 'date-invalid' })
})

t.test('in the United States the month stands first', async t => {
  const american = prepareDateNormaliser('US')
  t.equal(american(stringCell('03/04/2020')), '2020-03-04')
  t.equal(american(stringCell('12-31-1990')), '1990-12-31')
  t.equal(american(stringCell('1990-12-31')), '1990-12-31')
  t.equal(american(stringCell('31.12.1990')), '1990-12-31', 'dots are European everywhere')
  t.same(american(stringCell('31/12/1990')), { outcome: 'refused', code: 'date-invalid' })
  t.equal(american(dateCell('2020-03-04T00:00:00')), '2020-03-04')
})

t.test('every day of the calendar, in every form, and no other', async t => {
  holdsForAll(
    t,
    fc.property(
      fc.integer({ min: 1800, max: 9999 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
      (year, month, day) => {
        const time = new Date(Date.UTC(year, month - 1, day))
        const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === day
        const expected = exists
          ? time.toISOString().slice(0, 10)
          : { outcome: 'refused', code: 'date-invalid' }
        for (const text of [
          `${day}.${month}.${year}`,
          `${day}/${month}/${year}`,
          `${day}-${month}-${year}`,
          `${year}-${month}-${day}`,
        ]) {
          assert.deepEqual(readPolish(text), expected, text)
        }
      },
    ),
    { numRuns: 2000 },
  )
})

t.test('properties of any text', async t => {
  const dateLike = fc.string({ unit: fc.constantFrom(...'0123456789./-: Tr') })
  holdsForAll(
    t,
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), dateLike), raw => {
      const date = readPolish(raw)
      if (typeof date === 'string') assert.equal(readPolish(date), date)
    }),
    { numRuns: 2000 },
  )
})
