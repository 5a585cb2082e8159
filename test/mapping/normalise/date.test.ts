import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createDateOrderEvidence, observeDateCell } from '../../../src/mapping/date-order.ts'
import { type DateSetting, prepareDateNormaliser } from '../../../src/mapping/normalise/date.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { booleanCell, dateCell, numberCell, stringCell } from './cells.ts'
import { inShort } from './outcomes.ts'

/** Reads texts in a list of the region. */
function reader(region: string, choices: Omit<DateSetting, 'region'> = {}) {
  const read = prepareDateNormaliser({ region, ...choices })
  return (text: string) => inShort(read(stringCell(text)))
}

const readPolish = reader('PL')

t.test('dates in digits', async t => {
  const table: Record<string, string[]> = {
    '1990-12-31': [
      ...['31.12.1990', '31/12/1990', '31-12-1990', '31 12 1990', '31,12,1990', '31. 12. 1990'],
      ...['31.12.1990 r.', '31.12.1990r', '31.12.1990 roku', '31.12.1990.', '31 . 12 . 1990'],
      ...['1990-12-31', '1990/12/31', '1990.12.31', '1990.12.31.', '1990. 12. 31.', '1990 12 31'],
      ...['19901231', '31121990', '31–12–1990', '31\u221212\u22121990', '31_12_1990', '31,12.1990'],
      ...['\u00a01990-12-31 ', '31.\u00a012.\u00a01990', '31.\u200b12.1990', '1990年12月31日'],
      ...['1990년 12월 31일', 'poniedziałek, 31.12.1990', 'pon. 31.12.1990', 'Mon 31/12/1990'],
      ...['pn. 31.12.1990', 'pn 31.12.1990', 'PN., 31.12.1990', 'pn: 31.12.1990', 'pn.31.12.1990'],
      ...['ponied. 31.12.1990', '(pn) 31.12.1990', '[pn.] 31.12.1990', '31.12.1990 (pn.)'],
      ...['31.12.1990, poniedziałek', '31.12.1990 pn.', '31.12.1990r. (pon)', 'lu 31.12.1990'],
      ...['31 grudnia 1990 (pn.)', 'pn. 31 grudnia 1990', '(pn) 31 grudnia 1990'],
    ],
    '1990-02-01': ['1.2.1990', '01.02.1990', '1990-2-1', '1/2/1990'],
    '2000-02-29': ['29.02.2000'],
    none: ['', ' ', '\u200b'],
  }
  for (const [date, texts] of Object.entries(table)) {
    for (const text of texts) t.equal(readPolish(text), date, JSON.stringify(text))
  }
})

t.test('a day of the week must be that of the date, however it is abbreviated', async t => {
  const days =
    'pn 31.12.1990|wt 1.01.1991|śr 2.01.1991|czw 3.01.1991|cz 3.01.1991|pt 4.01.1991|so 5.01.1991'
  const others =
    'sob. 5.01.1991|nd 6.01.1991|ndz. 6.01.1991|niedz. 6.01.1991|Tues 1/01/1991|Th 3/01/1991'
  for (const text of `${days}|${others}`.split('|')) {
    const day = /[\d.]+$/.exec(text.replaceAll('/', '.'))![0]
    t.equal(readPolish(text), readPolish(day), text)
  }
  for (const text of ['wt. 31.12.1990', '31.12.1990 (wt.)', 'nd 31.12.1990', 'xx 31.12.1990']) {
    t.equal(readPolish(text), 'refused date-invalid', text)
  }
})

t.test('months in words and Roman numerals', async t => {
  const table: Record<string, string> = {
    PL: '31 grudnia 1990|31 grudzień 1990 r.|31 gru 1990|31. grud. 1990|31.XII.1990|31 xii 1990|31/XII/1990 r.',
    US: 'December 31, 1990|Dec. 31st, 1990|31-Dec-1990|1990-Dec-31|31Dec1990|Monday, December 31, 1990',
    DE: '31. Dezember 1990|31. Dez. 1990|Montag, 31. Dezember 1990|Mo, 31. Dez 1990',
    FR: '31 décembre 1990|lundi 31 déc. 1990',
    ES: '31 de diciembre de 1990|31-dic-1990|lunes, 31 de diciembre de 1990',
    PT: '31 de dezembro de 1990|segunda-feira, 31 de dezembro de 1990',
    IT: '31 dicembre 1990|31° dicembre 1990',
    NL: '31 december 1990|maandag 31 dec. 1990',
    CZ: '31. prosince 1990|31. prosinec 1990',
    SK: '31. decembra 1990',
    HU: '1990. december 31.|1990. XII. 31.|1990. dec. 31-én',
    RO: '31 decembrie 1990',
    UA: '31 грудня 1990 р.|31 декабря 1990 г.|31 грудня 1990 року|понеділок, 31 грудня 1990',
    BG: '31 декември 1990 г.',
    LT: '1990 m. gruodžio 31 d.',
    LV: '1990. gada 31. decembris',
    EE: '31. detsember 1990',
    FI: '31. joulukuuta 1990',
    SE: '31 december 1990|den 31 december 1990',
    DK: '31. december 1990',
    HR: '31. prosinca 1990.',
    SI: '31. december 1990',
    TR: '31 Aralık 1990',
    GR: '31 Δεκεμβρίου 1990',
  }
  for (const [region, texts] of Object.entries(table)) {
    const read = reader(region)
    for (const text of texts.split('|')) {
      t.equal(read(text), '1990-12-31', `${region}: ${text}`)
      t.equal(readPolish(text), '1990-12-31', `in a Polish list: ${text}`)
    }
  }
  t.equal(reader('AT')('1. Jänner 1990'), '1990-01-01')
  t.equal(readPolish('5 V 1990'), '1990-05-05')
})

t.test('a month that means two in two countries is read where one of them is at home', async t => {
  t.equal(reader('HR')('5 srp 1990'), '1990-07-05')
  t.equal(reader('CZ')('5 srp 1990'), '1990-08-05')
  t.equal(readPolish('5 srp 1990'), 'refused date-invalid')
  t.equal(readPolish('5 listopada 1990'), '1990-11-05')
  t.equal(reader('HR')('5. listopada 1990'), '1990-10-05')
  t.equal(reader('CZ')('15. června 1990'), '1990-06-15')
  t.equal(reader('CZ')('15. července 1990'), '1990-07-15')
  t.equal(readPolish('31 gr 1990'), 'refused date-invalid', 'too short for an abbreviation')
  t.equal(reader('CZ')('15. červ 1990'), 'refused date-invalid', 'June or July')
})

t.test('text that is no day is refused', async t => {
  const refused = [
    ...['31.02.2020', '29.02.2023', '29.02.1900', '31.04.2020', '00.01.2020', '01.00.2020'],
    ...['13.13.2020', '31.12.90', '90-12-31', '31 gru 90', '1.2', '1990', '33000', '1990-12'],
    ...['12.1990', 'grudzień 1990', '1.2.1990 x', '1.2/1990', '1-2.1990', 'brak', '-', 'Anna'],
    ...['1799-12-31', '0001-01-01', '1990-31-12', '32 grudnia 1990', '31 grudnia grudnia 1990'],
    ...['1990-12-31 25:00', '1990-12-31 12:60', '12:30', '1.2.19900', '1990-12-1990', '001.2.1990'],
    ...['wtorek, 31.12.1990', 'Tue, 31 Dec 1990', '1990-12-31\n1990-12-31', '31.12.1990 13:00 PM'],
    ...['1'.repeat(100_000), `1.${' '.repeat(50_000)}2.1990`, 'a '.repeat(50_000)],
  ]
  for (const raw of refused) {
    t.equal(readPolish(raw), 'refused date-invalid', JSON.stringify(raw.slice(0, 40)))
  }
})

t.test('midnight is no time of day; any other is not cut off', async t => {
  for (const text of ['1990-12-31T00:00:00', '1990-12-31 00:00:00.000', '31.12.1990 0:00']) {
    t.equal(readPolish(text), '1990-12-31', text)
  }
  for (const text of ['31.12.1990, 00:00', '12/31/1990 12:00:00 AM', '31.12.1990 godz. 0:00']) {
    t.equal(readPolish(text), '1990-12-31', text)
  }
  for (const text of [
    ...['1990-12-31 12:30', '1990-12-31T22:00:00', '31.12.1990 0:00:01', '1990-12-31T00:00:00.001'],
    ...[
      '1990-12-30T23:00:00.000Z',
      '12/31/1990 2:30 PM',
      '12/31/1990 12:00 PM',
      '31 gru 1990 8:15',
    ],
  ]) {
    t.equal(readPolish(text), 'refused date-with-time', text)
  }
})

t.test('words, signs and zones beside a date are dropped and told', async t => {
  for (const text of [
    ...["'31.12.1990", '="31.12.1990"', '"31.12.1990"', '(31.12.1990)', '*31.12.1990'],
    ...['ur. 31.12.1990', 'dnia 31 grudnia 1990', 'geb. 31.12.1990', 'DOB: 31/12/1990'],
    ...['1990-12-31T00:00:00Z', '1990-12-31T00:00:00.000Z', '1990-12-31T00:00:00+01:00'],
    ...['1990-12-31 00:00:00 UTC', 'Mon Dec 31 1990 00:00:00 GMT+0100 (CET)'],
  ]) {
    t.equal(readPolish(text), 'repaired 1990-12-31 date-words-dropped', text)
  }
})

t.test('day or month first: the column, then the mapping, then the region', async t => {
  const text = '03/04/2020'
  const april = '2020-04-03'
  const march = '2020-03-04'
  const unknown = 'refused date-order-unknown'
  const evidenceOf = (...texts: string[]) => {
    const evidence = createDateOrderEvidence()
    for (const each of [text, ...texts]) observeDateCell(evidence, stringCell(each))
    return evidence
  }
  t.equal(readPolish(text), april)
  t.equal(reader('US')(text), march)
  t.equal(reader('SE')(text), unknown, 'the year stands first there')
  t.equal(reader('PL', { dateOrder: 'mdy' })(text), march)
  t.equal(reader('US', { dateOrder: 'dmy' })(text), april)
  t.equal(reader('PL', { dateOrder: 'ymd' })(text), unknown)
  t.equal(reader('PL', { evidence: evidenceOf() })(text), april, 'the column says nothing')
  t.equal(reader('PL', { evidence: evidenceOf('12/31/1990') })(text), march)
  t.equal(reader('US', { evidence: evidenceOf('31.12.1990') })(text), april)
  const decided = { dateOrder: 'dmy', evidence: evidenceOf('12/31/1990') } as const
  t.equal(reader('PL', decided)(text), march, 'the column goes before the mapping')
  const conflict = reader('PL', { evidence: evidenceOf('12/31/1990', '31/12/1990') })
  t.equal(conflict(text), unknown)
  t.equal(conflict('12/31/1990'), '1990-12-31', 'one order alone allows it')
  t.equal(conflict('31/12/1990'), '1990-12-31')
  t.equal(conflict('05/05/1990'), '1990-05-05', 'both orders say the same')
  t.equal(conflict('1990-03-04'), '1990-03-04')
  t.equal(conflict('30/02/1990'), 'refused date-invalid')
  t.equal(conflict('00/05/1990'), 'refused date-invalid')
})

t.test('points between the parts', async t => {
  t.equal(reader('SE')('03.04.2020'), '2020-04-03', 'no country writes the month first so')
  t.equal(reader('US')('03.04.2020'), 'refused date-order-unknown', 'but some lists do')
  t.equal(reader('US')('31.12.1990'), '1990-12-31')
})

t.test('date cells', async t => {
  const polish = prepareDateNormaliser({ region: 'PL' })
  const read = (...cell: Parameters<typeof dateCell>) => inShort(polish(dateCell(...cell)))
  t.equal(read('1990-12-31T00:00:00'), '1990-12-31')
  t.equal(read('1990-12-31T00:00:00', 'iso'), '1990-12-31')
  // Exports that meddle with time zones end up hours off, often on the day before: no day can be cut out.
  t.equal(read('1990-12-30T23:00:00'), 'refused date-with-time')
  t.equal(read('1900-03-01T00:00:00', '1900-02-29', 60), 'refused date-invalid')
  t.equal(read('1899-12-31T00:00:00', 'date', 0), 'refused date-invalid', 'day 0')
  t.equal(read('1899-12-31T12:30:00', 'iso'), 'refused date-invalid', 'a time alone')
  t.equal(read('1900-01-01T00:00:00', 'time', 1), 'refused date-invalid')
  t.equal(read('1900-01-01T00:00:00', 'elapsed', 1), 'refused date-invalid')
  t.equal(read('1700-01-01T00:00:00'), 'refused date-invalid')
})

t.test('date cells that may have been swapped are noted', async t => {
  const evidence = createDateOrderEvidence()
  const cells = [dateCell('1985-06-05T00:00:00'), dateCell('1985-05-05T00:00:00')]
  for (const cell of [...cells, stringCell('11/23/1971')]) observeDateCell(evidence, cell)
  const read = prepareDateNormaliser({ region: 'PL', evidence })
  t.equal(inShort(read(cells[0]!)), 'noted 1985-06-05 date-order-doubtful')
  t.equal(inShort(read(cells[1]!)), '1985-05-05', 'swapped or not')
  t.equal(inShort(read(stringCell('11/23/1971'))), '1971-11-23')
})

t.test('numbers', async t => {
  const polish = prepareDateNormaliser({ region: 'PL' })
  const read = (value: number) => inShort(polish(numberCell(value)))
  t.equal(read(19901231), '1990-12-31')
  t.equal(read(31121990), '1990-12-31')
  t.equal(read(33238), 'refused date-invalid', 'a bare number is not taken for a day')
  t.equal(read(1021990), 'refused date-invalid', 'a serial number may have seven digits')
  t.equal(read(1990123.5), 'refused date-invalid')
  const shown = { column: 1, type: 'number', value: 31121990, text: '31121990' } as const
  t.equal(inShort(polish({ ...shown, shown: '31.12.1990' })), '1990-12-31')
  t.equal(inShort(polish({ ...shown, doubt: 'format-unknown' })), 'refused date-invalid')
  t.equal(inShort(polish(booleanCell(true))), 'refused date-invalid')
})

t.test('every day of the calendar, in every form, and no other', async t => {
  const american = reader('US')
  holdsForAll(
    t,
    fc.property(
      fc.integer({ min: 1800, max: 2199 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
      (year, month, day) => {
        const expected = dayOf(year, month, day) ?? 'refused date-invalid'
        const swapped = dayOf(year, day, month) ?? 'refused date-invalid'
        assert.equal(readPolish(`${year}-${month}-${day}`), expected)
        const dayFirst = month <= 12 ? expected : swapped
        for (const sign of ['.', '/', '-', ' ', ', ']) {
          const text = [day, month, year].join(sign)
          assert.equal(readPolish(text), dayFirst, text)
        }
        const text = `${month}/${day}/${year}`
        assert.equal(american(text), month <= 12 ? expected : swapped, text)
        const pad = (part: number) => String(part).padStart(2, '0')
        assert.equal(readPolish(`${year}${pad(month)}${pad(day)}`), expected)
        assert.equal(readPolish(`${pad(day)}${pad(month)}${year}`), dayFirst)
      },
    ),
    { numRuns: 2000 },
  )
})

function dayOf(year: number, month: number, day: number): string | null {
  const time = new Date(Date.UTC(year, month - 1, day))
  const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === day
  return exists ? time.toISOString().slice(0, 10) : null
}

t.test('properties of any text', async t => {
  const read = prepareDateNormaliser({ region: 'PL' })
  const dateLike = fc.string({ unit: fc.constantFrom(...'0123456789./-: TrZ+XVI') })
  holdsForAll(
    t,
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), dateLike), raw => {
      const date = read(stringCell(raw))
      if (typeof date === 'string') assert.equal(readPolish(date), date)
    }),
    { numRuns: 2000 },
  )
})
