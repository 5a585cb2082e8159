import fc from 'fast-check'
import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import t from 'tap'
import { matchPhonePlan, phonePlanOf } from '../../../src/mapping/normalise/phone-plan.ts'
import { holdsForAll } from '../holds-for-all.ts'

/** What the library itself says of a text: E.164 of a valid number without an extension, or null. */
function askLibrary(text: string, region: CountryCode): string | null {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false })
  return phone?.isValid() && !phone.ext ? phone.number : null
}

t.test('every Polish prefix: the short way and the library agree', async t => {
  const plan = phonePlanOf('PL')
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
  const plans = new Map(regions.map(region => [region, phonePlanOf(region)]))
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
    for (const digits of [national, `${callingCode}${national}`, `0${national}`, `8${national}`])
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
        check(region, `0${national}`)
        check(region, `${plans.get(region)?.callingCode ?? ''}${national}`)
      },
    ),
    { numRuns: 60_000 },
  )
  t.same(disagreements, [])
  t.ok(answered > 1000, `${answered} numbers went the short way`)
})

t.test('what may be a prefix is left to the library', async t => {
  // In Belarus 810 leads abroad and 80 is a trunk prefix; both also begin numbers that the plan would take.
  const plan = phonePlanOf('BY')
  for (const digits of ['8100867343', '3758100867343']) {
    t.equal(askLibrary(digits, 'BY'), null, digits)
    t.equal(matchPhonePlan(plan, digits, false), null, digits)
  }
})
