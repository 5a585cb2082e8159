import assert from 'node:assert/strict'
import fc from 'fast-check'
import { stdnum } from 'stdnum'
import t from 'tap'
import { prepareIdNormaliser } from '../../../src/mapping/normalise/id-number.ts'
import type { IdPurpose } from '../../../src/mapping/normalise/id-schemes.ts'
import { judgeNip, judgePesel } from '../../../src/mapping/normalise/polish-ids.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { dateCell, numberCell, stringCell } from './cells.ts'
import { inShort } from './outcomes.ts'

function reader(purpose: IdPurpose, region: string) {
  const read = prepareIdNormaliser(purpose, 50)
  return (value: string | number) =>
    inShort(read(typeof value === 'string' ? stringCell(value) : numberCell(value), region))
}

const readPesel = reader('person', 'PL')
const readNip = reader('tax', 'PL')

t.test('PESEL', async t => {
  const table: [value: string | number, outcome: string][] = [
    ['44051401359', '44051401359'],
    ['440514 01359', '44051401359'],
    ['440514-01359', '44051401359'],
    [44051401359, '44051401359'],
    ['PESEL: 44051401359', 'repaired 44051401359 code-words-dropped'],
    ['PESEL 44051401359', 'repaired 44051401359 code-words-dropped'],
    ["'44051401359", 'repaired 44051401359 signs-dropped'],
    ['44051401359.0', 'repaired 44051401359 decimal-zero-dropped'],
    ['44051401358', 'noted 44051401358 check-digit-wrong'],
    ['890101 12345', 'noted 89010112345 check-digit-wrong'],
    ['11111111111', 'noted 11111111111 check-digit-wrong'],
    [2270812343, 'repaired 02270812343 zeros-restored'],
    ['2270812343', 'repaired 02270812343 zeros-restored'],
    [210112344, 'repaired 00210112344 zeros-restored'],
    [210112345, 'refused digits-lost'],
    ['4405140135', 'refused digits-lost'],
    ['440514', 'refused digits-lost'],
    ['440514013591', 'noted 440514013591 code-unusual'],
    ['8,90101E+10', 'refused digits-lost'],
    ['1990-01-31', 'refused code-is-date'],
    ['1234563218', 'noted 1234563218 code-other-kind'],
    ['ABA300000', 'noted ABA300000 code-unusual'],
    ['ABA 300000', 'noted ABA 300000 code-unusual'],
    ['', 'none'],
  ]
  for (const [value, outcome] of table) t.equal(readPesel(value), outcome, JSON.stringify(value))
  const read = prepareIdNormaliser('person', 50)
  t.equal(inShort(read(dateCell('1990-01-31T00:00:00'), 'PL')), 'refused code-is-date')
})

t.test('NIP', async t => {
  const table: [value: string | number, outcome: string][] = [
    ['1234563218', '1234563218'],
    ['123-456-32-18', '1234563218'],
    ['123 456 32 18', '1234563218'],
    ['123.456.32.18', '1234563218'],
    ['123–456–32–18', '1234563218'],
    [1234563218, '1234563218'],
    ['PL1234563218', 'repaired 1234563218 code-words-dropped'],
    ['PL 123-456-32-18', 'repaired 1234563218 code-words-dropped'],
    ['NIP: 123-456-32-18', 'repaired 1234563218 code-words-dropped'],
    ['1234563218.0', 'repaired 1234563218 decimal-zero-dropped'],
    ['1234563219', 'noted 1234563219 check-digit-wrong'],
    ['123-456-32-19', 'noted 1234563219 check-digit-wrong'],
    ['123456321', 'refused digits-lost'],
    [123456321, 'refused digits-lost'],
    [210112344, 'refused digits-lost'],
    ['0000000000', 'noted 0000000000 code-dummy'],
    ['44051401359', '44051401359'],
    ['590096454', 'noted 590096454 code-other-kind'],
    ['DE136695976', 'DE136695976'],
    ['DE 136 695 976', 'DE136695976'],
    ['DE136695977', 'noted DE136695977 check-digit-wrong'],
    ['ATU13585627', 'ATU13585627'],
    ['1234563218, 5252248481', 'noted 1234563218, 5252248481 code-unusual'],
  ]
  for (const [value, outcome] of table) t.equal(readNip(value), outcome, JSON.stringify(value))
})

t.test('numbers of other countries, by the country of the row', async t => {
  const table: [IdPurpose, string, string, string][] = [
    ['tax', 'DE', 'DE 136 695 976', 'DE136695976'],
    ['tax', 'DE', '181/815/08155', '18181508155'],
    ['person', 'DE', '36 574 261 809', '36574261809'],
    ['tax', 'AT', 'ATU 13585627', 'ATU13585627'],
    ['person', 'AT', '1237 010180', '1237010180'],
    ['person', 'CZ', '710319/2745', '7103192745'],
    ['tax', 'CZ', 'CZ25123891', 'CZ25123891'],
    ['tax', 'CZ', '25596641', '25596641'],
    ['person', 'SK', '710319/2745', '7103192745'],
    ['tax', 'SK', 'SK2022749619', 'SK2022749619'],
    ['person', 'GB', 'HH 01 32 00 D', 'HH013200D'],
    ['tax', 'GB', 'GB 980 7806 84', 'GB980780684'],
    ['person', 'US', '536-90-4399', '536904399'],
    ['tax', 'US', '91-1144442', '911144442'],
    ['person', 'FR', '2 95 10 99 126 111 93', '295109912611193'],
    ['tax', 'FR', '552 008 443', '552008443'],
    ['person', 'ES', '54362315-k', '54362315K'],
    ['tax', 'ES', 'B-58378431', 'B58378431'],
    ['person', 'IT', 'rccmnl83s18d969h', 'RCCMNL83S18D969H'],
    ['tax', 'IT', 'IT 00743110157', 'IT00743110157'],
    ['person', 'UA', '1759013776', '1759013776'],
    ['tax', 'UA', '32855961', '32855961'],
    ['person', 'RO', '1630615123457', '1630615123457'],
    ['tax', 'RO', 'RO 185 472 90', 'RO18547290'],
    ['person', 'CH', '756.9217.0769.85', '7569217076985'],
    ['tax', 'CH', 'CHE-100.155.212', 'CHE100155212'],
    ['person', 'NL', '1112.22.333', '111222333'],
    ['tax', 'NL', 'NL004495445B01', 'NL004495445B01'],
    ['tax', 'HU', '12892312-2-42', '12892312242'],
    ['person', 'HU', '8071592153', '8071592153'],
    ['person', 'LT', '33309240064', '33309240064'],
    ['tax', 'PT', '501 964 843', '501964843'],
    ['person', 'SE', '8803200016', '880320-0016'],
    ['person', 'SE', '880320-0016', '880320-0016'],
    ['tax', 'SE', '556703-7485', '5567037485'],
    ['person', 'DK', '211062-5629', '2110625629'],
    ['person', 'FI', '131052-308T', '131052-308T'],
    ['person', 'NO', '151086 95088', '15108695088'],
    ['person', 'LU', ' 1990 0101 ', '1990 0101'],
    ['tax', 'GL', 'x 12', 'x 12'],
  ]
  for (const [purpose, region, text, value] of table) {
    t.equal(reader(purpose, region)(text), value, `${region} ${text}`)
  }
})

t.test('doubtful numbers of other countries', async t => {
  t.equal(reader('tax', 'IT')(743110157), 'repaired 00743110157 zeros-restored')
  t.equal(reader('tax', 'UA')(32129), 'repaired 00032129 zeros-restored')
  t.equal(reader('person', 'US')(12345678), 'repaired 012345678 zeros-restored')
  const short = 'refused digits-lost'
  t.equal(reader('person', 'US')('12345678'), short, 'no check digit proves what text has lost')
  t.equal(reader('tax', 'DE')('12345678'), short)
  t.equal(reader('tax', 'DE')('DE136695977'), 'noted DE136695977 check-digit-wrong')
  t.equal(reader('person', 'ES')('54362315A'), 'noted 54362315A check-digit-wrong')
  t.equal(reader('person', 'IT')('RCCMNL83S18D969X'), 'noted RCCMNL83S18D969X check-digit-wrong')
  t.equal(reader('person', 'HU')('8071592154'), 'noted 8071592154 check-digit-wrong')
  t.equal(reader('person', 'HU')('123456AB'), 'noted 123456AB code-unusual')
})

t.test('a number cell that is valid with and without a zero in front is noted', async t => {
  const read = reader('person', 'CZ')
  const born1950 = [...Array(1000).keys()].map(serial => `501010${String(serial).padStart(3, '0')}`)
  const both = born1950.find(number => validator('CZ', 'rc').validate(`0${number}`).isValid)
  t.ok(both)
  t.equal(read(Number(both)), `noted ${both} zeros-doubtful`)
  t.equal(read(both!), both, 'in text nothing was lost')
})

t.test('zeros are put back where one reading results', async t => {
  t.equal(validator('CZ', 'ico').validate('07508522').isValid, true, 'a company')
  t.equal(validator('CZ', 'rc').validate('007508522').isValid, true, 'a person')
  t.equal(reader('tax', 'CZ')(7508522), 'refused digits-lost', 'a company or a person')
  const estonian = reader('person', 'EE')
  t.equal(validator('EE', 'ik').validate('05808353825').isValid, true)
  t.equal(estonian(5808353825), 'refused digits-lost', 'no number begins with zero there')
})

t.test('no text makes the library throw', async t => {
  for (const region of Object.keys(stdnum)) {
    for (const text of ['.', '-', '/', 'A', '1', '1-', '+', 'ąę', '１２３', '*', '880320+0016']) {
      for (const purpose of ['person', 'tax'] as const) reader(purpose, region)(text)
    }
  }
  t.equal(reader('person', 'SE')('.'), 'noted . code-unusual')
  t.equal(reader('tax', 'NL')('-'), 'noted - code-unusual')
})

t.test('the short way agrees with the library', async t => {
  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
  const pesel = validator('PL', 'pesel')
  const nip = validator('PL', 'nip')
  const verdictOf = (isValid: boolean) => (isValid ? 'valid' : 'check-digit-wrong')
  holdsForAll(
    t,
    fc.property(
      digits(10),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      (some, month, day) => {
        const century = 20 * (some[2]! % 2)
        const start = `${some[0]! % 2}${some[1]}${two(month + century)}${two(day)}`
        for (let check = 0; check <= 9; check++) {
          const text = `${start}${some.slice(6).join('')}${check}`
          assert.equal(judgePesel(text), verdictOf(pesel.validate(text).isValid), text)
        }
      },
    ),
  )
  holdsForAll(
    t,
    fc.property(digits(11), some => {
      const text = some.join('')
      const verdict = judgePesel(text)
      if (verdict !== null) assert.equal(verdict, verdictOf(pesel.validate(text).isValid), text)
    }),
  )
  holdsForAll(
    t,
    fc.property(digits(9), some => {
      for (let check = 0; check <= 9; check++) {
        const text = `${some.join('')}${check}`
        const isDummy = /^(\d)\1+$/.test(text)
        const { isValid } = nip.validate(text)
        assert.equal(judgeNip(text), isDummy && isValid ? null : verdictOf(isValid), text)
      }
    }),
  )
  for (const text of ['', '4405140135x', '440514013591', '１２３４５６３２１８', ' 1234563218']) {
    t.equal(judgePesel(text), null, text)
    t.equal(judgeNip(text), null, text)
  }
  t.equal(judgePesel('62210112342'), null, 'born in 2062')
  t.equal(judgeNip('44051401359'), 'valid', 'a PESEL')
})

function validator(region: string, name: string) {
  return stdnum[region]![name]!
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}

t.test('any text in any region is stored as its digits or as it is written', async t => {
  const regions = fc.constantFrom('PL', 'DE', 'CZ', 'US', 'IT', 'ES', 'SE', 'HU', 'LU')
  const readers = { person: prepareIdNormaliser('person', 50), tax: prepareIdNormaliser('tax', 50) }
  const codeLike = fc.string({ unit: fc.constantFrom(...'0123456789-/. PLNIE') })
  holdsForAll(
    t,
    fc.property(regions, fc.oneof(codeLike, fc.string({ unit: 'binary' })), (region, raw) => {
      for (const purpose of ['person', 'tax'] as const) {
        const outcome = readers[purpose](stringCell(raw), region)
        if (typeof outcome !== 'string') continue
        const bare = (text: string) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
        assert.equal(bare(outcome), bare(raw.normalize('NFC')), `${region} ${raw}`)
      }
    }),
    { numRuns: 300 },
  )
})
