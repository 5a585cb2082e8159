import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import t, { type Test } from 'tap'
import type { SheetCell } from '../../../src/mapping/cell.ts'
import type { CellOutcome } from '../../../src/mapping/normalise/outcome.ts'
import { isPhoneRegion, preparePhoneNormaliser } from '../../../src/mapping/normalise/phone.ts'
import { readBesidePlain } from '../../../src/mapping/normalise/phone-beside.ts'
import { readCellText } from '../../../src/mapping/normalise/phone-cell-text.ts'
import { readPlainPhone } from '../../../src/mapping/normalise/phone-plain.ts'
import { isPlainlyInvalid, phonePlanOf } from '../../../src/mapping/normalise/phone-plan.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { booleanCell, dateCell, numberCell, stringCell } from './cells.ts'

const readerOf = (region: string, trunkZero: 'reject' | 'drop' = 'reject') =>
  preparePhoneNormaliser({ region, trunkZero })
const polish = readerOf('PL')

/** In short: `+48…`, `repaired code +48…`, `several +48… +48…`, `refused code`. */
function inShort(outcome: CellOutcome): string | null {
  if (outcome === null || typeof outcome === 'string') return outcome
  if (outcome.outcome === 'several') return `several ${outcome.values.join(' ')}`
  const value = outcome.outcome === 'refused' ? '' : ` ${outcome.value}`
  return `${outcome.outcome} ${outcome.code}${value}`
}

const readText = (text: string, region: string) => inShort(readerOf(region)(stringCell(text)))

/** Each text of a region and what it becomes. */
type Table = Readonly<Record<string, readonly (readonly [text: string, outcome: string | null])[]>>

function holdTable(t: Test, table: Table): void {
  for (const [region, rows] of Object.entries(table)) {
    for (const [text, outcome] of rows) {
      t.equal(readText(text, region), outcome, `${region} ${JSON.stringify(text)}`)
    }
  }
}

/** Texts that have one outcome. */
function holdAll(t: Test, region: string, outcome: string, texts: readonly string[]): void {
  for (const text of texts)
    t.equal(readText(text, region), outcome, `${region} ${JSON.stringify(text)}`)
}

t.test('numbers as people write them are clean', async t => {
  holdAll(t, 'PL', '+48501234567', [
    ...['501234567', '501 234 567', '501-234-567', '501.234.567', '501,234,567', '501_234_567'],
    ...["501'234'567", '501 - 234 - 567', '501/234/567', '501  234  567', '501\t234\t567'],
    ...['48501234567', '48 501 234 567', '+48501234567', '+ 48 501 234 567', '(+48) 501 234 567'],
    ...['[+48] 501234567', '+(48) 501234567', '+48(501)234567', '00 48 501 234 567'],
    ...['501\u00a0234\u00a0567', '501\u202f234\u202f567', '501\u2011234\u2013567'],
    ...['\u202a+48 501 234 567\u202c', '501\u200b234\u00ad567\ufeff', '  501234567\n'],
    ...['５０１２３４５６７', '5 0 1 2 3 4 5 6 7', '501 23 45 67'],
  ])
  holdTable(t, {
    PL: [
      ['+48 (22) 123-45-67', '+48221234567'],
      ['22/628 34 56', '+48226283456'],
      ['481234567', '+48481234567'],
      ['800 123 456', '+48800123456'],
      ['+49 (0)151 12345678', '+4915112345678'],
      ['0044 20 7946 0958', '+442079460958'],
      ['+1 (212) 555-2368', '+12125552368'],
      ['', null],
      [' \u00a0\u200b', null],
    ],
    DE: [
      ['0151/12345678', '+4915112345678'],
      ['+49 (0) 30 / 123456', '+4930123456'],
      ['030 123456-78', '+493012345678'],
      ['089 12345-0', '+4989123450'],
      ['030 12 34 56 78', '+493012345678'],
    ],
    AT: [
      ['0664 / 123 45 67', '+436641234567'],
      ['01/512 21 23-24', '+431512212324'],
      ['0664 123 456 78', '+4366412345678'],
    ],
    CZ: [['601 123 456', '+420601123456']],
    SK: [['0905/123 456', '+421905123456']],
    GB: [['(020) 7946 0958', '+442079460958']],
    US: [
      ['1-212-555-2368', '+12125552368'],
      ['011 48 501234567', '+48501234567'],
    ],
    FR: [['06.12.34.56.78', '+33612345678']],
    ES: [['91 123 45 67', '+34911234567']],
    IT: [
      ['02/12345678', '+390212345678'],
      ['333 1234567', '+393331234567'],
    ],
    UA: [['(067) 123-45-67', '+380671234567']],
    RO: [['0721 234 567', '+40721234567']],
    CH: [['079 123 45 67', '+41791234567']],
    NL: [['06-12345678', '+31612345678']],
    HU: [['06 20 123 4567', '+36201234567']],
  })
})

t.test('what stands beside a number is dropped and told', async t => {
  holdAll(t, 'PL', 'repaired phone-words-dropped +48501234567', [
    ...[
      'tel. 501234567',
      'tel.kom. 501 234 567',
      'T: 501234567',
      'kom:501234567',
      'tel:+48501234567',
    ],
    ...[
      '501234567 (Anna)',
      '501234567 [praca]',
      '501234567 - praca',
      '501234567 SMS',
      '☎ 501234567',
    ],
    ...['501234567 (po 16:00)', '501234567 od 8 do 16', 'Anna Nowak: 501-234-567', 'PL 501234567'],
    ...['501234567 / brak', '501234567\nAnna'],
  ])
  holdAll(t, 'PL', 'repaired signs-dropped +48501234567', [
    ...["'501234567", '=501234567', '="501234567"', '`501234567', '*501234567', '#501234567'],
    ...['- 501 234 567', '• 501234567', '501234567,', '501234567;', '501234567.', '501234567 -'],
  ])
  holdAll(t, 'PL', 'repaired decimal-zero-dropped +48501234567', [
    ...['501234567.0', '501234567,0', '501234567.00', '48501234567.0', '501 234 567,00'],
  ])
  holdTable(t, {
    IT: [['0612345678.0', 'repaired decimal-zero-dropped +390612345678']],
    DE: [['Büro: 089/12345678', 'repaired phone-words-dropped +498912345678']],
    UA: [['067-123-45-67 Олена', 'repaired phone-words-dropped +380671234567']],
  })
})

t.test('a country that is named beside a number is where it is read', async t => {
  holdTable(t, {
    PL: [
      ['UA 067 123 45 67', 'repaired phone-words-dropped +380671234567'],
      ['Niemcy 0151 12345678', 'repaired phone-words-dropped +4915112345678'],
      ['DE 501234567', 'refused phone-invalid'],
      ['DOM 226283456', 'repaired phone-words-dropped +48226283456'],
    ],
  })
})

t.test('calling codes that were doubled or mistyped, with one reading', async t => {
  holdAll(t, 'PL', 'repaired phone-calling-code +48501234567', [
    ...[
      '+4848501234567',
      '+48 48 501 234 567',
      '+480048501234567',
      '0048 48 501234567',
      '++48501234567',
    ],
    ...[
      '00+48501234567',
      '+48+48501234567',
      '+0048 501234567',
      '0 48 501 234 567',
      '48 48 501234567',
    ],
  ])
  holdTable(t, {
    PL: [
      ['+48 48 501 23 45', '+48485012345'],
      ['+48+49 501234567', 'refused phone-several'],
      ['+501234567', 'refused phone-invalid'],
      ['4915112345678', 'refused phone-invalid'],
    ],
    CZ: [['+420420601123456', 'repaired phone-calling-code +420601123456']],
    // Leer has 0491: the code may be doubled, and may be a part of the number.
    DE: [
      ['+4949 151 12345678', 'refused phone-invalid'],
      ['0049 49 151 12345678', 'refused phone-invalid'],
      ['+4949115112345678', 'refused phone-invalid'],
      ['+49 491 12345', '+4949112345'],
    ],
  })
})

t.test('two numbers are never run together', async t => {
  const several: Readonly<Record<string, readonly string[]>> = {
    PL: [
      '628 34 56 / 57',
      '628-34-56/57',
      '22 123 45 67/68',
      '22 628-34-56, 57',
      '22 628 34 56 i 57',
    ],
    DE: [
      '030 12345 / 12346',
      '030 12345 12346',
      '030 12345-12346',
      '+49 30 12345 12346',
      '030 1234 1235',
    ],
    AT: [
      '01 512123 - 512124',
      '01 512123 512124',
      '0664 1234567 / 8',
      '0664 1234567-8',
      '+43 1 512123 / 512124',
    ],
    FI: ['09 12345 / 6'],
    SE: ['08 12345 / 6'],
    IT: ['02 123456 / 7', '02 123456 - 123457'],
    LU: ['26 12 34 / 35'],
    GB: ['020 7946 0958/9'],
    US: ['212-555-2368 or 555-2369', '212-555-2368/9'],
    FR: ['01 42 68 53 00 / 01'],
    CH: ['044 123 45 67 / 68'],
    NL: ['020-1234567/8'],
  }
  for (const [region, texts] of Object.entries(several)) {
    holdAll(t, region, 'refused phone-several', texts)
  }
  holdAll(t, 'PL', 'refused phone-invalid', [
    '628-34-56 (22)',
    '22 628 34 56 57',
    '501234567601234567',
  ])
})

t.test('several whole numbers are told apart', async t => {
  holdAll(t, 'PL', 'several +48501234567 +48601234567', [
    ...[
      '501234567 601234567',
      '501 234 567 601 234 567',
      '501234567/601234567',
      '501234567, 601234567',
    ],
    ...[
      '501234567\n601234567',
      '501234567 | 601234567',
      '501234567 lub 601234567',
      '501234567+48601234567',
    ],
    ...['tel. 501234567 kom. 601234567', '501 234 567 (601 234 567)', '+48501234567+48601234567'],
  ])
  holdTable(t, {
    PL: [['501234567, 601234567; 701234567', 'several +48501234567 +48601234567 +48701234567']],
    DE: [['030 12345678 0151 12345678', 'several +493012345678 +4915112345678']],
    AT: [['0664 123 45 67 0676 123 45 67', 'several +436641234567 +436761234567']],
    IT: [['02 12345678 / 333 1234567', 'several +390212345678 +393331234567']],
    FR: [['06 12 34 56 78 06 12 34 56 79', 'several +33612345678 +33612345679']],
  })
  holdAll(t, 'PL', 'repaired value-repeated +48501234567', [
    '501234567 501234567',
    '501234567/501 234 567',
  ])
})

t.test('an extension is never dropped', async t => {
  holdAll(t, 'PL', 'refused phone-extension', [
    ...['22 123 45 67 wew. 12', '22 123 45 67 w. 12', '22 123 45 67 wewn. 12', '22 123 45 67 (12)'],
    ...['22 123 45 67 (wew. 12)', '22 123 45 67 ext. 5', '221234567x5', '+48221234567#12'],
    ...['tel:+48221234567;ext=12', '22 123 45 67 nr wew. 12'],
  ])
  holdAll(t, 'DE', 'refused phone-extension', ['089/12345678 Durchwahl 12', '089 12345678 DW 12'])
  holdAll(t, 'AT', 'refused phone-extension', ['01 5121234 Kl. 12'])
  holdAll(t, 'CZ', 'refused phone-extension', ['224 123 456 linka 12'])
  holdAll(t, 'UA', 'refused phone-extension', ['(044) 123-45-67 доб. 12'])
})

t.test('a trunk zero is dropped before a Polish area code alone', async t => {
  holdAll(t, 'PL', 'repaired phone-trunk-zero +48226283456', [
    ...[
      '022 628 34 56',
      '(022) 628-34-56',
      '0-22 628 34 56',
      '(0-22) 628 34 56',
      '0(22) 628 34 56',
    ],
    ...['0226283456', '+48 (0) 22 628 34 56', '+48 022 628 34 56', '48 022 628 34 56'],
  ])
  holdTable(t, {
    PL: [
      ['058 301 23 45', 'repaired phone-trunk-zero +48583012345'],
      ['0-67 212 34 56', 'repaired phone-trunk-zero +48672123456'],
      ['061 823 45 67', 'repaired phone-trunk-zero +48618234567'],
    ],
  })
  holdAll(t, 'PL', 'refused phone-trunk-zero', [
    ...['050 123 45 67', '067 123 45 67', '095 123 45 67', '054-123-4567', '06 12 34 56 78'],
    ...[
      '07 12 34 56 78',
      '0912 345 678',
      '0948 123 456',
      '0721 234 567',
      '076 123 45 67',
      '0612345678',
    ],
    ...['0501 234 567', '0-501 234 567', '0151 12345678'],
  ])
  holdAll(t, 'ES', 'refused phone-trunk-zero', ['0612345678'])
  const dropping = readerOf('PL', 'drop')
  t.equal(inShort(dropping(stringCell('0501 234 567'))), 'repaired phone-trunk-zero +48501234567')
  t.equal(inShort(dropping(stringCell('067 212 34 56'))), 'repaired phone-trunk-zero +48672123456')
  t.equal(inShort(dropping(stringCell('0151 12345678'))), 'refused phone-trunk-zero')
})

t.test('numbers that nobody has are noted', async t => {
  for (const number of ['123456789', '222222222', '500000000', '888888888', '501501501']) {
    t.equal(readText(number, 'PL'), `noted phone-dummy +48${number}`)
    t.equal(readText(`tel. ${number}`, 'PL'), `noted phone-dummy +48${number}`)
  }
  t.equal(readText('501000000', 'PL'), '+48501000000')
})

t.test('what is no number is refused', async t => {
  holdAll(t, 'PL', 'refused phone-invalid', [
    ...[
      'brak',
      '-',
      '0',
      '000000000',
      '1234567',
      '12345',
      '50123456',
      '5012345678',
      '112',
      '+',
      '+48',
    ],
    ...[
      '+999 123456789',
      '501*234567',
      '501:234:567',
      '501xxx567',
      '50123456x',
      '5O1234567',
      '501234567?',
    ],
    ...['50123456.7', '5012345.00', '1 234 567.00', '25%', 'stary nr 501234567', '501 234 (567)'],
    ...[
      '5'.repeat(100_000),
      '('.repeat(5000),
      `${'1 '.repeat(5000)}x`,
      `5${'\u0301'.repeat(5000)}`,
    ],
  ])
  holdAll(t, 'PL', 'refused digits-lost', ['4.85E+10', '5,01235E+08', '4,8501234567E+10'])
})

t.test('cells that are no text', async t => {
  const read = (cell: SheetCell) => inShort(polish(cell))
  t.equal(read(numberCell(48501234567)), '+48501234567')
  t.equal(read(numberCell(4.8501234567e10)), '+48501234567')
  for (const value of [
    0,
    -501234567,
    501234567.5,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    950,
  ]) {
    t.equal(read(numberCell(value)), 'refused phone-invalid', String(value))
  }
  t.equal(read(booleanCell(true)), 'refused phone-invalid')
  t.equal(read(dateCell('2020-01-01T00:00:00')), 'refused phone-invalid')
  const czech = { ...numberCell(601123456), shownAsCode: '+420 601 123 456' } as SheetCell
  t.equal(read(czech), '+420601123456', 'the calling code that the format shows counts')
  const unknown = { ...numberCell(601123456), doubt: 'format-unknown' } as SheetCell
  t.equal(read(unknown), 'refused format-unknown')
  const lost = { ...numberCell(48501234567), doubt: 'digits-lost' } as SheetCell
  t.equal(read(lost), 'refused digits-lost')
})

t.test(
  'the region decides numbers without a calling code, and the row may have one of its own',
  async t => {
    const cell = stringCell('0151 12345678')
    t.equal(polish(cell, 'DE'), '+4915112345678')
    t.equal(
      inShort(polish(cell, 'AQ')),
      'refused phone-trunk-zero',
      'a country without numbers counts for none',
    )
    t.equal(polish(stringCell('+48501234567'), 'DE'), '+48501234567')
    t.ok(isPhoneRegion('PL'))
    for (const region of ['XX', 'pl', '']) {
      t.notOk(isPhoneRegion(region))
      t.throws(() => readerOf(region), RangeError)
    }
  },
)

t.test('plain text is what the library says it is, in every region', async t => {
  const punctuation = fc.constantFrom('', '', '', ' ', '-', '.')
  const text = fc.tuple(
    fc.constantFrom(...getCountries()),
    fc.constantFrom('', '0', '+', '00'),
    fc.array(fc.tuple(fc.nat(9), punctuation), { maxLength: 6 }),
    fc.nat(12),
  )
  let valid = 0
  holdsForAll(
    t,
    fc.property(text, ([region, prefix, pieces, kept]) => {
      const begun = (examples[region] ?? '').slice(0, kept)
      const written = `${prefix}${begun}${pieces.map(([digit, mark]) => digit + mark).join('')}`
      const read = inShort(readerOf(region)(stringCell(written)))
      const said = askLibrary(written, region)
      if (said !== null) valid++
      // What the library calls a number may be doubtful or two of them; it is never another number.
      if (read?.startsWith('+')) assert.equal(read, said, `${region} ${written}`)
      if (said !== null && pieces.length === 0) {
        assert.ok(read?.endsWith(said), `${region} ${written} ${read} ${said}`)
      }
    }),
    { numRuns: 20_000 },
  )
  t.ok(valid > 1_000, `${valid} texts were numbers`)
})

function askLibrary(text: string, region: CountryCode): string | null {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false })
  return phone?.isValid() && !phone.ext ? phone.number : null
}

t.test('a number has fifteen digits at most, whatever its plan says', async t => {
  for (const text of [
    '871327011332742',
    '+49871327011332742',
    '0871327011332742',
    '0871 32701 1332742',
  ]) {
    t.equal(readText(text, 'DE'), 'refused phone-invalid', text)
  }
  t.equal(readText('087132701133274', 'DE'), 'refused phone-invalid')
})

t.test('digits that are plainly no number are none to the long way', async t => {
  const regions = fc.constantFrom(...getCountries())
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 13 })
  let met = 0
  holdsForAll(
    t,
    fc.property(regions, digits, (region, text) => {
      const plan = phonePlanOf(region)
      if (readPlainPhone(text, plan) !== null || !isPlainlyInvalid(plan, text)) return
      met++
      const read = inShort(readCellText(text, { region, trunkZero: 'drop' }))
      assert.equal(read, 'refused phone-invalid', `${region} ${text}`)
    }),
    { numRuns: 20_000 },
  )
  t.ok(met > 1_000, `${met} texts were plainly none`)
})

t.test('the short way of words beside a number answers as the long one', async t => {
  const words =
    'tel. |T: |kom:|fax |po |od |do |praca |(Anna) |Anna Kowalska |nie |DE |Polska |x |" |\'|nr. |w. |(|) |#|- |: |; |'
  const beside = fc.oneof(
    fc.constantFrom(...words.split('|'), ...words.split('|').map(word => ` ${word.trim()}`)),
    fc.string({ unit: fc.constantFrom(...'telkompo.,:;()-"\' /#xowdsń|'), maxLength: 8 }),
  )
  const number = fc.constantFrom(
    ...['501234567', '+48501234567', '501 234 567', '501-234-567', '22 123 45 67', '12 345 67 89'],
    ...['+48 501 234 567', '0048501234567', '48501234567', '123456789', '500000000', '501.234.567'],
    ...['0151 23456789', '+49 151 23456789', '020 7946 0123', '(22) 123 45 67', '10 11 12 13 14'],
  )
  const between = fc.constantFrom('', ', ', '/', ' / ', ';', ',', '; ', ' - ', ' ')
  let met = 0
  holdsForAll(
    t,
    fc.property(
      fc.oneof(
        fc.tuple(beside, number, beside),
        fc.tuple(number, between, number),
        fc.tuple(beside, number, between, number, beside),
      ),
      fc.constantFrom('PL', 'DE', 'GB', 'FR') as fc.Arbitrary<CountryCode>,
      (pieces, region) => {
        const text = pieces.join('').trim()
        const nationalAt = 1 + getCountryCallingCode(region).length
        const reader = { plan: phonePlanOf(region), nationalAt, words: new Map() }
        const short = readBesidePlain(text, reader)
        if (short === null) return
        met++
        assert.deepEqual(
          short,
          readCellText(text, { region, trunkZero: 'reject' }),
          `${region} ${text}`,
        )
        assert.deepEqual(readBesidePlain(text, reader), short, 'kept words say the same')
      },
    ),
    { numRuns: 30_000 },
  )
  t.ok(met > 1_000, `${met} texts took the short way`)
})

t.test('any text and any number give an outcome; never an exception', async t => {
  const phoneLike = fc.string({ unit: fc.constantFrom(..."0123456789+() -.x#,;~'\u00a0\u200b/") })
  const regions = fc.constantFrom('PL', 'DE', 'AT', 'IT', 'US', 'GB')
  holdsForAll(
    t,
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), phoneLike, fc.double()),
      regions,
      (value, region) => {
        const read = readerOf(region)
        const outcome = read(typeof value === 'string' ? stringCell(value) : numberCell(value))
        const values =
          outcome === null || typeof outcome === 'string'
            ? [outcome]
            : 'values' in outcome
              ? outcome.values
              : 'value' in outcome
                ? [outcome.value]
                : []
        for (const number of values) {
          if (number === null) continue
          assert.match(number, /^\+[1-9][0-9]{6,14}$/)
          const again = read(stringCell(number))
          assert.ok(inShort(again)?.endsWith(number), `${number} read again is ${inShort(again)}`)
        }
      },
    ),
    { numRuns: 5000 },
  )
})
