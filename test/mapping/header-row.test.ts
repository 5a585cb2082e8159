/** Where the names of columns stand: reports that are made up with titles, blank rows, two levels and no names. */
import t from 'tap'
import type { SheetCell, SheetRow } from '../../src/mapping/cell.ts'
import { joinHeaderRows } from '../../src/mapping/join-header-rows.ts'
import { describeSheet } from '../../src/mapping/profile/describe-sheet.ts'
import { createRandom } from '../../src/sample/random.ts'

type Value = string | number | null
type Column = { readonly name: string; readonly value: (at: number) => Value }

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length]!
const given = ['Anna', 'Piotr', 'Łucja', 'Jan', 'Ewa', 'Tomasz', 'Zofia', 'Marek', 'Igor', 'Beata']
const family = [
  'Kowalska',
  'Nowak',
  'Żak',
  'Wiśniewski',
  'Lis',
  'Zając',
  'Bąk',
  'Mazur',
  'Iksińska',
]
const firms = ['Alfa sp. z o.o.', 'Beta', 'Gamma S.A.', 'Delta i syn']
const towns = ['Warszawa', 'Kraków', 'Ełk', 'Pcim', 'Łódź']
const phone = (at: number) => `50${String(1_000_000 + at * 7919).slice(-7)}`

const byLanguage: readonly Column[][] = [
  [
    { name: 'Imię', value: at => pick(given, at) },
    { name: 'Nazwisko', value: at => pick(family, at) },
    { name: 'Firma', value: at => pick(firms, at) },
    { name: 'Telefon', value: phone },
    { name: 'E-mail', value: at => `osoba${at}@example.com` },
    { name: 'Miasto', value: at => pick(towns, at) },
    { name: 'Saldo', value: at => at * 13.5 },
    { name: 'Opiekun', value: at => pick(family, at + 3) },
  ],
  [
    { name: 'First name', value: at => pick(['John', 'Mary', 'Emma', 'Oliver'], at) },
    { name: 'Last name', value: at => pick(['Smith', 'Brown', 'Xu', 'Patel'], at) },
    { name: 'Phone', value: at => `+44 7700 900${String(100 + (at % 800))}` },
    { name: 'E-mail', value: at => `p${at}@example.org` },
    { name: 'Notes', value: at => (at % 3 === 0 ? 'calls back in the evening, please' : null) },
    { name: 'Segment', value: at => pick(['A', 'B'], at) },
  ],
  [
    { name: 'Vorname', value: at => pick(['Hans', 'Petra', 'Uwe'], at) },
    { name: 'Nachname', value: at => pick(['Müller', 'Schmidt', 'Özil'], at) },
    { name: 'Telefon', value: at => `030 ${2_000_000 + at}` },
    { name: 'PLZ', value: at => String(10_115 + at) },
    { name: 'Ort', value: at => pick(['Berlin', 'Köln'], at) },
  ],
  [
    { name: 'Klucz xyz', value: at => `K${at}` },
    { name: 'Opcja abc', value: phone },
    { name: 'Pole qwe', value: at => at * 17 },
  ],
]

const cellOf = (value: Value, column: number): SheetCell[] => {
  if (value === null) return []
  if (typeof value === 'string') return [{ column, type: 'string', value }]
  return [{ column, type: 'number', value, text: String(value) }]
}
const rowOf = (number: number, values: readonly Value[]): SheetRow => ({
  number,
  cells: values.flatMap((value, at) => cellOf(value, at + 1)),
})

interface Report {
  readonly rows: SheetRow[]
  readonly expected: number | null
  readonly merged: ReadonlySet<number>
  readonly text: string
}

const titles: readonly Value[][] = [
  ['Raport klientów – listopad 2026'],
  ['Baza kontaktów'],
  ['Wygenerowano:', '25.11.2026'],
  ['Data raportu', '2026-11-25', null, 'Użytkownik', 'anna'],
  ['Customer export'],
  ['Stand: 25.11.2026'],
]

function makeReport(seed: number): Report {
  const random = () => source.next()
  const source = createRandom(seed)
  const upTo = (max: number) => Math.floor(random() * (max + 1))
  const all = pick(byLanguage, upTo(byLanguage.length - 1))
  const count = Math.max(2, all.length - upTo(3))
  const columns = all.slice(0, Math.max(count, Math.min(4, all.length)))
  const rows: SheetRow[] = []
  let number = 0
  const kind = pick(['plain', 'titles', 'titles', 'two-levels', 'none'] as const, upTo(4))
  if (kind === 'titles' || kind === 'two-levels') {
    for (let left = upTo(3); left > 0; left--) rows.push(rowOf(++number, pick(titles, upTo(5))))
    number += upTo(2)
  }
  const merged = new Set<number>()
  if (kind === 'two-levels') {
    rows.push(rowOf(++number, ['Osoba', null, 'Kontakt']))
    merged.add(number)
  }
  const hasNames = kind !== 'none'
  if (hasNames)
    rows.push(
      rowOf(
        ++number,
        columns.map(({ name }) => name),
      ),
    )
  const expected = hasNames ? number : null
  for (let at = 0, left = 3 + upTo(60); left > 0; left--, at++) {
    rows.push(
      rowOf(
        ++number,
        columns.map(({ value }) => (random() < 0.05 ? null : value(at))),
      ),
    )
  }
  const text = `${seed} ${kind} ${columns.map(({ name }) => name).join(' ')}`
  return { rows, expected, merged, text }
}

function propose({ rows, merged }: Report): number | null {
  return describeSheet({
    firstRows: rows.filter(({ number }) => number <= 101),
    sampleRows: rows,
    marks: { frozenRows: 0, filterRow: null, tableRow: null },
    rowsWithMergedColumns: merged,
    columnCount: 10,
    region: 'PL',
  }).header.row
}

t.test('the row is right in 98 of 100 reports', async t => {
  const reports = Array.from({ length: 600 }, (_, seed) => makeReport(seed + 1))
  const wrong = reports.filter(report => propose(report) !== report.expected)
  const told = wrong
    .slice(0, 12)
    .map(report => `${report.text}: ${propose(report)} not ${report.expected}`)
  t.ok(wrong.length <= reports.length * 0.02, `${wrong.length} wrong: ${told.join('; ')}`)
})

t.test('a table and a filter say where the names are', async t => {
  const rows = [rowOf(2, ['aaa', 'bbb']), rowOf(5, ['ccc', 'ddd']), rowOf(6, ['eee', 'fff'])]
  const options = {
    ...{ firstRows: rows, sampleRows: rows, rowsWithMergedColumns: new Set<number>() },
    ...{ columnCount: 2, region: 'PL' },
  }
  const marks = { frozenRows: 0, filterRow: null, tableRow: null }
  const headerOf = (marks: Parameters<typeof describeSheet>[0]['marks']) =>
    describeSheet({ ...options, marks }).header
  t.same(headerOf({ ...marks, tableRow: 5 }), { row: 5, reason: 'table' })
  t.same(headerOf({ ...marks, filterRow: 5 }), { row: 5, reason: 'filter' })
  t.same(headerOf({ ...marks, frozenRows: 5 }), { row: 5, reason: 'texts-over-values' })
  t.same(headerOf(marks), { row: 2, reason: 'assumed' })
})

t.test('names in two rows are joined', async t => {
  const rows = [
    ['Lista', null, null, null],
    ['Id', 'Adres', null, 'Uwagi'],
    [null, 'Ulica', 'Miasto', 'stałe'],
  ]
  const merged = [
    [1, 1, 1, 4],
    [2, 1, 2, 1],
    [2, 2, 1, 2],
  ] as const
  t.same(joinHeaderRows(rows, 3, merged), ['Id', 'Adres – Ulica', 'Adres – Miasto', 'stałe'])
  t.same(
    joinHeaderRows(rows, 2, merged),
    ['Id', 'Adres', null, 'Uwagi'],
    'a title is no part of names',
  )
  t.same(joinHeaderRows(rows, 0, merged), [])
})
