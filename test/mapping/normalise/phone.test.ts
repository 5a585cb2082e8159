import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import t from 'tap'
import { isPhoneRegion, preparePhoneNormaliser } from '../../../src/mapping/normalise/phone.ts'
import { compilePhonePlan, matchPhonePlan } from '../../../src/mapping/normalise/phone-plan.ts'
import { holdsForAll } from '../holds-for-all.ts'
import { booleanCell, dateCell, numberCell, stringCell } from './cells.ts'

const polish = preparePhoneNormaliser('PL')
const readPolish = (text: string) => polish(stringCell(text))

/** What the library itself says of a text: E.164 of a valid number without an extension, or null. */
function askLibrary(text: string, region: CountryCode): string | null {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false })
  return phone?.isValid() && !phone.ext ? phone.number : null
}

t.test('numbers as people write them', async t => {
  const table: [raw: string, e164: string | null][] = [
    ['501234567', '+48501234567'],
    ['501 234 567', '+48501234567'],
    ['501-234-567', '+48501234567'],
    ['501.234.567', '+48501234567'],
    ['48501234567', '+48501234567'],
    ['48 501 234 567', '+48501234567'],
    ['+48501234567', '+48501234567'],
    ['+48 (22) 123-45-67', '+48221234567'],
    ['(+48) 22 123 45 67', '+48221234567'],
    ['(22) 123 45 67', '+48221234567'],
    ['0048 501 234 567', '+48501234567'],
    ['(0-22) 123 45 67', '+48221234567'],
    ['022 123 45 67', '+48221234567'],
    ['+48 (0) 22 123 45 67', '+48221234567'],
    ['48 022 123 45 67', '+48221234567'],
    ['501\u00a0234\u00a0567', '+48501234567'],
    ['501\u2011234\u2013567', '+48501234567'],
    ['\u202a+48 501 234 567\u202c', '+48501234567'],
    ['501\u200b234\u00ad567\ufeff', '+48501234567'],
    ["'501234567", '+48501234567'],
    ['  501234567\n', '+48501234567'],
    ['５０１２３４５６７', '+48501234567'],
    ['481234567', '+48481234567'],
    ['800 123 456', '+48800123456'],
    ['+49 151 12345678', '+4915112345678'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+1 (212) 555-2368', '+12125552368'],
    ['+380 44 123 45 67', '+380441234567'],
    ['', null],
    [' \u00a0\u200b', null],
    ["'", null],
  ]
  for (const [raw, e164] of table) t.equal(readPolish(raw), e164, JSON.stringify(raw))
})

t.test('what is no number is refused', async t => {
  const refused = [
    ...['brak', '-', '0', '000000000', '1234567', '12345', '50123456', '5012345678', '211234567'],
    ...['501234567 lub 502345678', '501234567/502345678', 'tel. 501234567', '4.85E+10', '112', '+'],
    ...[
      '+48+48501234567',
      '0048 48 501234567',
      '+999 123456789',
      '501*234567',
      '22 123 45 67 wew. 5',
    ],
    ...['4915112345678', '5'.repeat(100_000), '('.repeat(5000), `${'1 '.repeat(5000)}x`],
  ]
  for (const raw of refused) {
    t.same(
      readPolish(raw),
      { outcome: 'refused', code: 'phone-invalid' },
      JSON.stringify(raw.slice(0, 40)),
    )
  }
})

t.test('an extension or a second number is never dropped', async t => {
  for (const raw of [
    '221234567 ext. 5',
    '221234567x5',
    '501234567, 221234567',
    '501234567;221',
    '+48221234567#12',
  ]) {
    t.same(readPolish(raw), { outcome: 'refused', code: 'phone-extension' }, raw)
  }
})

t.test('cells that are no text', async t => {
  t.equal(polish(numberCell(48501234567)), '+48501234567')
  t.equal(polish(numberCell(501234567)), '+48501234567')
  t.equal(polish(numberCell(4.8501234567e10)), '+48501234567')
  for (const value of [
    0,
    -501234567,
    501234567.5,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    950,
  ]) {
    t.same(polish(numberCell(value)), { outcome: 'refused', code: 'phone-invalid' }, String(value))
  }
  t.same(polish(booleanCell(true)), { outcome: 'refused', code: 'phone-invalid' })
  t.same(polish(dateCell('2020-01-01T00:00:00')), { outcome: 'refused', code: 'phone-invalid' })
})

t.test('the region decides numbers without a calling code', async t => {
  t.equal(preparePhoneNormaliser('DE')(stringCell('0151 12345678')), '+4915112345678')
  t.equal(preparePhoneNormaliser('US')(stringCell('(212) 555-2368')), '+12125552368')
  t.equal(preparePhoneNormaliser('US')(stringCell('011 48 501 234 567')), '+48501234567')
  t.ok(isPhoneRegion('PL'))
  for (const region of ['XX', 'pl', '']) {
    t.notOk(isPhoneRegion(region))
    t.throws(() => preparePhoneNormaliser(region), RangeError)
  }
})

t.test('every Polish prefix: the short way and the library agree', async t => {
  const plan = compilePhonePlan('PL')!
  let valid = 0
  const disagreements: string[] = []
  for (let prefix = 0; prefix < 10_000; prefix++) {
    const head = String(prefix).padStart(4, '0')
    for (const digits of [`${head}23456`, `${head}90`, `48${head}98765`, `${head}123456`]) {
      for (const international of [false, true]) {
        const fast = matchPhonePlan(plan, digits, international)
        const library = askLibrary(international ? `+${digits}` : digits, 'PL')
        if (fast !== null) valid++
        if (fast !== null && fast !== library) disagreements.push(digits)
      }
    }
    // 00 leads abroad, which is the library's part; of all others the plan knows every valid number.
    if (head.startsWith('00')) continue
    const nine = `${head}23456`
    if (matchPhonePlan(plan, nine, false) !== askLibrary(nine, 'PL')) disagreements.push(nine)
  }
  t.same(disagreements, [])
  t.ok(valid > 10_000, `${valid} numbers went the short way`)
})

t.test('every region: the short way says what the library says', async t => {
  const regions = getCountries()
  const plans = new Map(regions.map(region => [region, compilePhonePlan(region)]))
  const disagreements: string[] = []
  let answered = 0
  const check = (region: CountryCode, digits: string) => {
    const plan = plans.get(region)
    if (!plan) return
    for (const international of [false, true]) {
      const fast = matchPhonePlan(plan, digits, international)
      if (fast === null) continue
      answered++
      const library = askLibrary(international ? `+${digits}` : digits, region)
      if (fast !== library) disagreements.push(`${region} ${digits} ${fast} ${library}`)
    }
  }
  for (const region of regions) {
    const national = examples[region] ?? ''
    const callingCode = plans.get(region)?.callingCode ?? ''
    for (const digits of [national, `${callingCode}${national}`, `0${national}`])
      check(region, digits)
  }
  holdsForAll(
    t,
    fc.property(
      fc.constantFrom(...regions),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 7 }),
      fc.nat(9),
      (region, tail, kept) => {
        const national = (examples[region] ?? '').slice(0, kept) + tail
        check(region, national)
        check(region, `${plans.get(region)?.callingCode ?? ''}${national}`)
      },
    ),
    { numRuns: 20_000 },
  )
  t.same(disagreements, [])
  t.ok(answered > 1000, `${answered} numbers went the short way`)
})

t.test('what may be a prefix is left to the library', async t => {
  // In Belarus 810 leads abroad and 80 is a trunk prefix; both also begin numbers that the plan would take.
  const plan = compilePhonePlan('BY')!
  for (const digits of ['8100867343', '3758100867343']) {
    t.equal(askLibrary(digits, 'BY'), null, digits)
    t.equal(matchPhonePlan(plan, digits, false), null, digits)
  }
})

t.test('punctuation does not change what is read', async t => {
  const punctuation = fc.constantFrom('', ' ', '-', '.', '(', ')', ' - ')
  holdsForAll(
    t,
    fc.property(fc.array(fc.tuple(fc.nat(9), punctuation), { maxLength: 13 }), pieces => {
      const text = pieces.map(([digit, mark]) => `${digit}${mark}`).join('')
      const digits = pieces.map(([digit]) => digit).join('')
      assert.deepEqual(readPolish(text), readPolish(digits), text)
      const library = askLibrary(text, 'PL')
      if (library !== null) assert.equal(readPolish(text), library, text)
    }),
    { numRuns: 2000 },
  )
})

t.test(
  'any text and any number give a number, nothing, or a fault; never an exception',
  async t => {
    const phoneLike = fc.string({ unit: fc.constantFrom(..."0123456789+() -.x#,;~'\u00a0\u200b/") })
    holdsForAll(
      t,
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), phoneLike, fc.double()), value => {
        const result = polish(typeof value === 'string' ? stringCell(value) : numberCell(value))
        if (typeof result !== 'string') return
        assert.match(result, /^\+[1-9][0-9]{6,14}$/)
        assert.equal(readPolish(result), result, 'normalising twice changes nothing')
      }),
      { numRuns: 3000 },
    )
  },
)
