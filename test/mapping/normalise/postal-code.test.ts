import t from 'tap'
import type { SheetCell } from '../../../src/mapping/cell.ts'
import { normalisePostalCode } from '../../../src/mapping/normalise/postal-code.ts'
import { dateCell, numberCell, stringCell } from './cells.ts'
import { inShort } from './outcomes.ts'

function reader(region: string) {
  return (value: string | number | SheetCell) => {
    const cell =
      typeof value === 'string'
        ? stringCell(value)
        : typeof value === 'number'
          ? numberCell(value)
          : value
    return inShort(normalisePostalCode(cell, region, 50))
  }
}

const readPolish = reader('PL')

t.test('Polish codes have one spelling', async t => {
  for (const text of ['00-950', '00950', '00 950', '00–950', '00\u2212950', '00 - 950', '00.950']) {
    t.equal(readPolish(text), '00-950', text)
  }
  for (const text of [' 00-950 ', '00-950,', '00-\u00a0950']) {
    t.match(readPolish(text), /\b00-950\b/, JSON.stringify(text))
  }
  t.equal(readPolish(12345), '12-345')
})

t.test('what stands beside a Polish code is dropped and told', async t => {
  for (const text of [
    ...['00-950 Warszawa', '00-950, Warszawa', '00-950 (Warszawa)', 'Warszawa 00-950', 'PL-00-950'],
    ...['PL 00-950', '00950 Warszawa', '00-950 Warszawa 12'],
  ]) {
    t.equal(readPolish(text), 'repaired 00-950 code-words-dropped', text)
  }
  t.equal(readPolish("'00-950"), 'repaired 00-950 signs-dropped')
  t.equal(readPolish('950.0'), 'repaired 00-950 zeros-restored')
})

t.test('lost zeros are put back', async t => {
  t.equal(readPolish(950), 'repaired 00-950 zeros-restored')
  t.equal(readPolish('950'), 'repaired 00-950 zeros-restored')
  t.equal(readPolish(1234), 'repaired 01-234 zeros-restored')
  t.equal(
    readPolish({ ...numberCell(950), shown: '00-950', shownAsCode: '00-950' } as SheetCell),
    '00-950',
  )
})

t.test('other texts in a Polish row', async t => {
  for (const text of [
    ...['O0-950', '00-95O', 'l0-950', '00-9501', '123456', '12', '1', '00-950/951', 'Warszawa'],
    ...['12345678', '00-950 01-234', 'x'.repeat(1000)],
  ]) {
    t.match(readPolish(text), /^refused (?:postal-code-invalid|text-too-long)$/, text.slice(0, 20))
  }
  for (const text of ['811 01', 'SW1A 1AA', '1234 AB', 'K1A 0B6', 'D-10115', 'CZ-110 00']) {
    t.equal(readPolish(text), `noted ${text} postal-code-foreign`)
  }
  t.equal(readPolish('00-000'), 'noted 00-000 code-dummy')
  t.equal(readPolish(dateCell('2000-01-30T00:00:00')), 'refused code-is-date')
  t.equal(readPolish('2000-01-30'), 'refused code-is-date')
  t.equal(readPolish('5,1E+4'), 'refused digits-lost')
})

t.test('codes of other countries stay as they are written', async t => {
  const table: Record<string, string[]> = {
    DE: ['01067', '10115', 'D-01067'],
    GB: ['SW1A 1AA', 'sw1a1aa'],
    CZ: ['110 00', '11000'],
    SK: ['010 01'],
    AT: ['1010'],
    NL: ['1234 AB'],
    US: ['02134', '02134-1234'],
    LT: ['LT-01100'],
  }
  for (const [region, codes] of Object.entries(table)) {
    for (const code of codes) t.equal(reader(region)(code), code, region)
  }
  t.equal(reader('AT')(1010), '1010')
})

t.test('zeros that a number cell lost abroad', async t => {
  t.equal(reader('DE')(1067), 'repaired 01067 zeros-restored')
  t.equal(reader('US')(501), 'repaired 00501 zeros-restored')
  t.equal(reader('RO')(10011), 'repaired 010011 zeros-restored')
  t.equal(reader('IT')(118), 'repaired 00118 zeros-restored')
  t.equal(reader('DE')('1067'), 'noted 1067 postal-code-short', 'text may be of another country')
  t.equal(reader('DE')(12), 'noted 12 postal-code-short')
})
