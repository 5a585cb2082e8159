/** What a search text may be the beginning of, where that depends on the country. */
import {
  type CountryCode,
  getExampleNumber,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import t from 'tap'
import { searchTerms } from '../../src/contacts/search-terms.ts'

const fixedLines = ['+390612345678', '+493012345678', '+3612345678', '+78001234567', '+48221234567']
const regions = ['CI', 'CZ', 'DE', 'ES', 'FR', 'GB', 'HU', 'IT', 'PL', 'RU', 'UA', 'US'] as const

t.test('a number is found by the beginning of it, as it is written in its country', async t => {
  const numbers = [
    ...fixedLines.map(number => parsePhoneNumberFromString(number)),
    ...regions.map(region => getExampleNumber(region, examples)),
  ] as PhoneNumber[]
  const missed: string[] = []
  for (const number of numbers) {
    for (const written of [number.formatNational(), number.nationalNumber as string]) {
      for (let length = 4; length <= written.length; length += 1) {
        const text = written.slice(0, length)
        const terms = searchTerms(text, number.country as CountryCode)
        const isFound = terms.some(
          ({ field, prefix }) => field === 'phone' && number.number.startsWith(prefix),
        )
        if (!isFound) missed.push(`${text} in ${number.country}: ${number.number}`)
      }
    }
  }
  t.strictSame(missed, [])
})

t.test('a zero that belongs to the number is searched', async t => {
  const phones = (text: string, region: string) =>
    searchTerms(text, region).flatMap(({ field, prefix }) => (field === 'phone' ? [prefix] : []))
  t.strictSame(phones('06 12', 'IT'), ['+390612', '+0612'])
  t.strictSame(phones('030 12', 'DE'), ['+493012', '+4903012', '+03012'])
  t.strictSame(phones('501 234', 'PL'), ['+48501234', '+501234'])
  t.strictSame(phones('1 212', 'US'), ['+1212', '+11212'])
})
