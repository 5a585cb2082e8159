import fc from 'fast-check'
import t from 'tap'
import { foldText } from '../../src/mapping/fold-text.ts'
import { suggestMapping } from '../../src/mapping/match-headers.ts'
import { catalogue, contactFieldKeys } from '../support/built-in-catalogue.ts'
import { holdsForAll } from './holds-for-all.ts'

const suggestOne = (header: string | null) => suggestMapping([header], catalogue)[0]!
const fieldsOf = (headers: (string | null)[]) =>
  suggestMapping(headers, catalogue).map(({ field }) => field)

t.test('headers that Polish and English sheets have', async t => {
  const table: [header: string, field: string, reason: string][] = [
    ['Imię', 'firstName', 'header-exact'],
    ['IMIĘ', 'firstName', 'header-exact'],
    ['imie', 'firstName', 'header-exact'],
    ['Nazwisko', 'lastName', 'header-exact'],
    ['Nr tel.', 'phone', 'header-synonym'],
    ['Telefon komórkowy', 'phone', 'header-synonym'],
    ['Tel. kom.', 'phone', 'header-synonym'],
    ['Phone number', 'phone', 'header-synonym'],
    ['Phone 2', 'phone2', 'header-exact'],
    ['phone2', 'phone2', 'header-exact'],
    ['Telefon 2', 'phone2', 'header-exact'],
    ['Telefon dodatkowy', 'phone2', 'header-synonym'],
    ['Trzeci telefon', 'phone3', 'header-synonym'],
    ['E-mail', 'email', 'header-exact'],
    ['Adres e-mail', 'email', 'header-synonym'],
    ['Second email', 'email2', 'header-synonym'],
    ['Imię i nazwisko', 'fullName', 'header-exact'],
    ['Nazwisko i imię', 'fullName', 'header-synonym'],
    ['Title', 'position', 'header-synonym'],
    ['Tytuł', 'title', 'header-exact'],
    ['Województwo', 'region', 'header-exact'],
    ['Nr domu', 'houseNumber', 'header-exact'],
    ['Nr lokalu', 'apartmentNumber', 'header-synonym'],
    ['REGON', 'businessId', 'header-exact'],
    ['Strona www', 'website', 'header-exact'],
    ['Język', 'language', 'header-exact'],
    ['Zgoda na telefon', 'consentPhone', 'header-exact'],
    ['Zgoda e-mail', 'consentEmail', 'header-synonym'],
    ['Data zgody', 'consentAt', 'header-exact'],
    ['E-mail 3', 'email3', 'header-exact'],
    ['Firma', 'companyName', 'header-exact'],
    ['Nazwa firmy', 'companyName', 'header-synonym'],
    ['Nazwa', 'companyName', 'header-synonym'],
    ['Ulica i nr domu', 'street', 'header-synonym'],
    ['Kod pocztowy', 'postalCode', 'header-exact'],
    ['ZIP', 'postalCode', 'header-synonym'],
    ['Miasto', 'city', 'header-synonym'],
    ['NIP', 'taxId', 'header-exact'],
    ['PESEL', 'nationalId', 'header-exact'],
    ['Data urodzenia', 'birthDate', 'header-exact'],
    ['Data ur.', 'birthDate', 'header-synonym'],
    ['DOB', 'birthDate', 'header-synonym'],
    ['Płeć', 'gender', 'header-exact'],
    ['ID klienta', 'externalId', 'header-synonym'],
    ['Uwagi', 'notes', 'header-exact'],
    ['first_name', 'firstName', 'header-exact'],
    ['lastName', 'lastName', 'header-exact'],
    ['Nazwsko', 'lastName', 'header-similar'],
    ['Data urodzneia', 'birthDate', 'header-similar'],
    ['Numer telefonu klienta', 'phone', 'header-similar'],
    ['Kod pocztowy firmy', 'postalCode', 'header-similar'],
  ]
  for (const [header, field, reason] of table)
    t.match(suggestOne(header), { field, reason }, header)
})

t.test('what could mean two things, or something else, is left open', async t => {
  const open = [
    ...[
      'Imię ojca',
      'Nazwisko panieńskie',
      'Drugie imię',
      'Middle name',
      'Kod produktu',
      'Lp.',
      'Fax',
    ],
    ...['Data dodania', 'Zgoda na e-mail od banku', 'Typ telefonu', 'Telefon i e-mail'],
    ...['', '   ', '---', '2', '🙂'],
  ]
  for (const header of open) {
    const expected = { column: 1, field: null, confidence: 0, reason: 'none' }
    t.same(suggestOne(header), expected, header)
  }
  t.equal(suggestOne(null).field, null)
})

t.test('labels, keys and columns of every field name it', async t => {
  for (const { key, column, labels } of catalogue.fields) {
    // "Title" is a position in English lists.
    const keys = key === 'title' ? [] : [key, column]
    for (const name of [labels.en, labels.pl, ...keys]) {
      t.match(suggestOne(name), { field: key, confidence: 1, reason: 'header-exact' }, name)
    }
  }
})

t.test('a field goes to the surest column, the next phone to the next phone field', async t => {
  t.same(fieldsOf(['Tel.', 'Telefon']), ['phone2', 'phone'])
  t.same(fieldsOf(['Telefon', 'Telefon', 'Telefon', 'Telefon']), [
    'phone',
    'phone2',
    'phone3',
    null,
  ])
  t.same(fieldsOf(['Telefon komórkowy', 'Telefon 2', 'Fax', 'Telefon domowy']), [
    ...['phone', 'phone2', null, 'phone3'],
  ])
  t.same(fieldsOf(['E-mail', null, 'Mail']), ['email', null, 'email2'])
  t.same(fieldsOf(['Miasto', 'Miejscowość']), [null, 'city'])
})

t.test('folding', async t => {
  t.equal(foldText('  Nr. Telefonu2 (KOM.) '), 'nr telefonu 2 kom')
  t.equal(foldText('ŁÓDŹ'), 'lodz')
  t.equal(foldText('e\u0301'), 'e')
  t.equal(foldText('\u00a0\ufeff'), '')
})

t.test('any headers: one suggestion each, a field at most once', async t => {
  const header = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Telefon', 'Imię', 'email', 'Kod', 'Telefon 2', 'telefon kom', null),
  )
  holdsForAll(
    t,
    fc.property(fc.array(header, { maxLength: 40 }), headers => {
      const suggestions = suggestMapping(headers, catalogue)
      const fields = suggestions.flatMap(({ field }) => field ?? [])
      return (
        suggestions.length === headers.length &&
        new Set(fields).size === fields.length &&
        fields.every(field => contactFieldKeys.includes(field)) &&
        suggestions.every(({ column }, index) => column === index + 1) &&
        suggestions.every(({ confidence }) => confidence >= 0 && confidence <= 1) &&
        suggestions.every(({ field, reason }) => (field === null) === (reason === 'none'))
      )
    }),
  )
})
