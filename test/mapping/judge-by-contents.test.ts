/** What columns hold decides where their names say nothing, and gainsays names. */
import t from 'tap'
import type { SheetRow } from '../../src/mapping/cell.ts'
import { suggestMapping } from '../../src/mapping/match-headers.ts'
import { profileColumns } from '../../src/mapping/profile/column-profile.ts'
import { prepareValueJudge } from '../../src/mapping/profile/value-kinds.ts'
import { catalogue } from '../support/built-in-catalogue.ts'

function suggestWhole(columns: readonly (readonly [name: string | null, ...values: string[]])[]) {
  const count = Math.max(...columns.map(values => values.length - 1))
  const rows = Array.from(
    { length: count },
    (_, at): SheetRow => ({
      number: at + 2,
      cells: columns.flatMap((values, column) => {
        const value = values[at + 1]
        return value ? [{ column: column + 1, type: 'string' as const, value }] : []
      }),
    }),
  )
  const options = { columnCount: columns.length, judge: prepareValueJudge('PL') }
  const names = columns.map(([name]) => name)
  return suggestMapping(names, catalogue, profileColumns(rows, options))
}

const suggest = (columns: Parameters<typeof suggestWhole>[0]) =>
  suggestWhole(columns).map(({ field, reason }) => [field, reason])

const phones = ['501234567', '602234567', '22 345 67 89'] as const
const mails = ['a@example.com', 'b@example.com', 'c@example.org'] as const

t.test('contents that confirm a name raise the confidence', async t => {
  const confidenceOf = (...column: [string, ...string[]]) => suggestWhole([column])[0]!.confidence
  for (const [name, ...values] of [
    ['Tel.', ...phones],
    ['Adres e-mail', ...mails],
    ['Given name', 'Anna', 'Piotr', 'Łucja'],
    ['Data ur.', '31.12.1990', '13.05.1985', '01.02.1977'],
  ] as [string, ...string[]][]) {
    const byName = confidenceOf(name)
    t.ok(byName > 0 && byName < 1, `${name}: ${byName}`)
    t.equal(confidenceOf(name, ...values), Math.round(50 * (1 + byName)) / 100, name)
    t.equal(confidenceOf(name, 'x1y', 'z2'), byName, 'other values change nothing')
  }
  t.strictSame(
    suggest([
      ['Komórka', 'x', 'y', 'z'],
      ['Tel.', ...phones],
    ]).map(([field]) => field),
    ['phone2', 'phone'],
    'the column that holds phones is the first phone',
  )
})

t.test('names that the contents gainsay are not proposed', async t => {
  t.same(
    suggest([
      ['Telefon', ...mails],
      ['E-mail', ...phones],
      ['Imię', ...mails],
      ['Uwagi', ...mails],
    ]),
    [
      [null, 'contents-gainsay'],
      [null, 'contents-gainsay'],
      [null, 'contents-gainsay'],
      ['notes', 'header-synonym'],
    ].map((line, at) => (at === 3 ? suggest([['Uwagi', ...mails]])[0] : line)),
  )
  t.same(
    suggest([['Telefon', '12', 'brak', '501234567']])[0]![0],
    'phone',
    'bad numbers are numbers',
  )
  t.same(suggest([['Telefon']])[0]![0], 'phone', 'an empty column gainsays nothing')
})

t.test(
  'contents propose where there is no name, and nothing beside a name that is known',
  async t => {
    const people = ['Anna', 'Piotr', 'Łucja'] as const
    t.same(
      suggest([
        [null, ...people],
        [null, 'Kowalska', 'Nowak', 'Żak'],
        ['Pole xyz', ...phones],
        [null, ...mails],
        [null, ...phones],
        ['Telefon doradcy', ...phones],
        ['Regon', ...phones],
      ]),
      [
        ['firstName', 'contents'],
        ['lastName', 'contents'],
        ['phone', 'contents'],
        ['email', 'contents'],
        ['phone2', 'contents'],
        [null, 'none'],
        ['businessId', 'header-exact'],
      ],
    )
  },
)

t.test('of a name in two rows the lower one counts, unless it is somebody else', async t => {
  const fields = suggest([['Osoba – Imię'], ['Osoba – Nazwisko'], ['Doradca – Telefon']])
  t.same(
    fields.map(([field]) => field),
    ['firstName', 'lastName', null],
  )
})
