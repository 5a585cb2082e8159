import t from 'tap'
import { countryOf, countryOfWord } from '../../src/mapping/countries.ts'

t.test('codes and names, in the languages that lists have', async t => {
  const table: Record<string, string> = {
    PL: 'PL POL pl Polska POLSKA Poland Polen Polsko Польща (PL)',
    DE: 'DE DEU Niemcy Germany Deutschland D Německo Німеччина',
    CZ: 'CZ CZE Czechy Czechia Česko Tschechien Чехія',
    UA: 'UA UKR Ukraina Ukraine Україна Украина',
    GB: 'GB GBR UK England Anglia Szkocja',
    AT: 'AT AUT Austria Österreich A',
    HU: 'HU Węgry Hungary Ungarn Magyarország',
    RO: 'RO Rumunia Romania România',
    NL: 'NL Holandia Netherlands Nederland Niederlande',
  }
  for (const [country, names] of Object.entries(table)) {
    for (const name of names.split(' ')) t.equal(countryOf(name), country, name)
  }
  for (const name of ['Wielka Brytania', 'United Kingdom', 'Great Britain', ' U.K. ']) {
    t.equal(countryOf(name), 'GB', name)
  }
  for (const name of ['Czech Republic', 'Česká republika']) t.equal(countryOf(name), 'CZ', name)
})

t.test('what names no country, or two', async t => {
  for (const text of ['', ' ', 'x', 'XX', 'UE', 'Warszawa', 'Kongo', '48', 'x'.repeat(10_000)]) {
    t.equal(countryOf(text), null, text.slice(0, 20))
  }
})

t.test('beside a number only capital letters are codes', async t => {
  for (const word of ['UA', 'Ukraina', 'ukraine']) t.equal(countryOfWord(word), 'UA', word)
  for (const word of ['do', 'DO', 'NR', 'ua', 'DOM', 'Anna', 'kom', 'D'])
    t.equal(countryOfWord(word), null, word)
})
