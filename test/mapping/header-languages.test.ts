/**
 * Column names of many languages, and columns that are somebody else's data: what is proposed, and what is left
 * open. The names of the field are read beside the repository where they are.
 */
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { builtInFields } from '../../src/mapping/built-in-fields.ts'
import { createFieldCatalogue } from '../../src/mapping/field-catalogue.ts'
import { dictionaries } from '../../src/mapping/headers/index.ts'
import { suggestMapping } from '../../src/mapping/match-headers.ts'

const casesPath = new URL('../../../shared/cases/headers.jsonl', import.meta.url)
const catalogue = createFieldCatalogue(builtInFields)
const fieldsOf = (headers: readonly string[]) =>
  suggestMapping(headers, catalogue).map(({ field }) => field)

t.test('sheets of one language', async t => {
  const sheets: [language: string, columns: Readonly<Record<string, string | null>>][] = [
    [
      'pl',
      { Imię: 'firstName', 'Tel. kom.': 'phone', 'Kod poczt.': 'postalCode', Kraj: 'country' },
    ],
    ['en', { 'Given name': 'firstName', 'Mobile no.': 'phone', Zip: 'postalCode', Town: 'city' }],
    ['de', { Vorname: 'firstName', 'Handy-Nr.': 'phone', PLZ: 'postalCode', Wohnort: 'city' }],
    ['es', { Nombre: 'firstName', Móvil: 'phone', 'Cód. postal': 'postalCode', País: 'country' }],
    ['fr', { Prénom: 'firstName', 'Tél. portable': 'phone', CP: 'postalCode', Commune: 'city' }],
    ['it', { Cognome: 'lastName', Cellulare: 'phone', CAP: 'postalCode', Comune: 'city' }],
    ['pt', { Sobrenome: 'lastName', Telemóvel: 'phone', CEP: 'postalCode', Cidade: 'city' }],
    ['cs', { Jméno: 'firstName', Mobil: 'phone', PSČ: 'postalCode', Kód: 'externalId' }],
    ['sk', { Priezvisko: 'lastName', 'Mobilný telefón': 'phone', PSČ: 'postalCode', Obec: 'city' }],
    ['uk', { Прізвище: 'lastName', 'Моб. тел.': 'phone', Індекс: 'postalCode', Місто: 'city' }],
    [
      'ru',
      { Фамилия: 'lastName', 'Сотовый телефон': 'phone', Индекс: 'postalCode', Город: 'city' },
    ],
    [
      'lt',
      { Vardas: 'firstName', 'Tel. nr.': 'phone', 'Pašto kodas': 'postalCode', Miestas: 'city' },
    ],
    [
      'ro',
      { Prenume: 'firstName', 'Telefon mobil': 'phone', 'Cod poștal': 'postalCode', Oraș: 'city' },
    ],
    [
      'hu',
      { Keresztnév: 'firstName', Telefonszám: 'phone', Irányítószám: 'postalCode', Város: 'city' },
    ],
    ['da', { Fornavn: 'firstName', 'Tlf. nr.': 'phone', Postnr: 'postalCode', By: 'city' }],
    ['sv', { Förnamn: 'firstName', Mobilnummer: 'phone', Postnummer: 'postalCode', Ort: 'city' }],
    ['nl', { Voornaam: 'firstName', Mobiel: 'phone', Postcode: 'postalCode', Woonplaats: 'city' }],
  ]
  t.same(sheets.map(([language]) => language).sort(), dictionaries.map(d => d.language).sort())
  for (const [language, columns] of sheets) {
    t.same(fieldsOf(Object.keys(columns)), Object.values(columns), language)
  }
})

t.test('columns that are nobody’s data, or somebody else’s, are left open', async t => {
  const others = [
    ...[
      'Telefon doradcy',
      'E-mail opiekuna',
      'Kod rabatowy',
      'Data urodzenia dziecka',
      'Adres dostawy',
    ],
    ...[
      'Phone 1 - Label',
      'Phone carrier',
      'Last call',
      'Email domain',
      'Display name',
      'Shipping city',
    ],
    ...[
      'Telefon Berater',
      'Rechnungsadresse Ort',
      'Teléfono del vendedor',
      'Téléphone du conseiller',
    ],
    ...['Telefono agente', 'E-mail prodejce', 'Телефон менеджера', 'Phone xyzzy', 'Telefon kwazi'],
  ]
  for (const header of others) t.equal(fieldsOf([header])[0], null, header)
})

t.test('one mistyped letter holds within a language, not between short words of two', async t => {
  t.equal(fieldsOf(['Nazwsko'])[0], 'lastName')
  t.equal(fieldsOf(['Telefonnumer'])[0], 'phone')
  t.equal(fieldsOf(['County'])[0], 'region', 'no misspelt country')
  t.equal(fieldsOf(['Paese'])[0], 'country')
  t.equal(fieldsOf(['Nomes'])[0], 'firstName')
})

t.test('what a name means depends on the language of the sheet', async t => {
  t.same(fieldsOf(['Ulica', 'Kod', 'Miasto']), ['street', 'postalCode', 'city'])
  t.same(fieldsOf(['Jméno', 'Příjmení', 'Kód']), ['firstName', 'lastName', 'externalId'])
})

t.test('each name stands with one field of its language', async t => {
  for (const { language, fields } of dictionaries) {
    const names = Object.values(fields).flatMap(words => words.split('|').map(word => word.trim()))
    const twice = names.filter((name, at) => names.indexOf(name) !== at)
    t.same(twice, [], language)
  }
})

t.test(
  'names from the field',
  { skip: !existsSync(casesPath) && 'they are not beside' },
  async t => {
    const cases: { header: string; field: string | null }[] = readFileSync(casesPath, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    for (const { header, field } of cases) {
      const [suggestion] = suggestMapping([header], catalogue)
      t.equal(suggestion!.field?.replace(/\d$/, '') ?? null, field, header)
    }
  },
)
