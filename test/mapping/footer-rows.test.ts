import t from 'tap'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { prepareMapper } from '../support/built-in-catalogue.ts'
import { numberCell, stringCell } from './normalise/cells.ts'

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'notes' },
]
const mapper = prepareMapper(columns)

const mayBeFooter = (...cells: SheetCell[]) =>
  mapper.mapUnlessFooter({ number: 9, cells }, new FindingsTally()) === null

const toldBy = (tally: FindingsTally) =>
  tally.findings().map(({ code, outcome }) => `${outcome} ${code}`)

t.test('totals, counts, filters and notes of programs look like footers', async t => {
  for (const text of [
    'Suma',
    'RAZEM:',
    'Łącznie',
    'Razem: 1 250',
    'Total',
    'Grand Total',
    'Gesamtsumme',
    'Итого',
    'Összesen',
    'Applied filters:\nStatus is Active',
    'Zastosowane filtry: status = aktywny',
    'Wygenerowano 25.11.2026 przez system CRM',
    'Liczba rekordów: 3',
    'Liczba wszystkich kontaktów 12',
    'Total records: 120',
    'Anzahl der Kontakte: 4',
    'Records: 17',
    'Strona 1 z 3',
    'Page 1 of 3',
    'Seite 2 von 2',
    'Exported on 2026-11-25',
    'Data wydruku: 25.11.2026',
  ]) {
    t.ok(mayBeFooter(stringCell(text)), text)
  }
  t.ok(mayBeFooter(stringCell('Suma'), numberCell(1, 3)))
  t.ok(mayBeFooter(stringCell('Razem'), stringCell('2', 2)), 'a count that is no phone')
  t.ok(mayBeFooter(stringCell('Total'), stringCell('25 osób', 3)))
  t.ok(mayBeFooter(stringCell('Suma', 2)), 'in whichever column')
})

t.test('people and their notes do not', async t => {
  for (const text of ['Sumak', 'Kowalska', 'Razemowicz', 'Total Fitness', 'Stron', 'Filtrowa 3']) {
    t.notOk(mayBeFooter(stringCell(text)), text)
  }
  t.notOk(mayBeFooter(stringCell('Suma'), stringCell('501234567', 2)), 'who can be reached')
  t.notOk(mayBeFooter(stringCell('Suma'), stringCell('prosi o kontakt', 3)))
  t.notOk(mayBeFooter(numberCell(25)), 'figures alone')
})

t.test('such a row is noted when it is imported, and when it is left out', async t => {
  const row = { number: 9, cells: [stringCell('Suma'), numberCell(3, 3)] }
  const imported = new FindingsTally()
  t.match(mapper.map(row, imported), { kind: 'contact', values: ['Suma'] })
  t.same(toldBy(imported), ['noted contact-unreachable', 'noted row-like-total'])
  const leftOut = new FindingsTally()
  t.same(mapper.leaveOut(row, leftOut), { kind: 'skipped' })
  t.same(toldBy(leftOut), ['noted row-footer'])
  const told = new FindingsTally()
  t.equal(mapper.mapUnlessFooter(row, told), null)
  t.same(toldBy(told), [], 'nothing is told of a row that is held back')
  const importing = prepareMapper(columns, { footers: 'import' })
  t.match(importing.mapUnlessFooter(row, told), { kind: 'contact' }, 'where the mapping says so')
})

t.test('a merged cell is noted, beside what else is found of it', async t => {
  const merged = { rows: 2, columns: 1 }
  const clean = new FindingsTally()
  const phone = stringCell('501234567', 2)
  mapper.map({ number: 2, cells: [{ ...stringCell('Firma'), merged }, phone] }, clean)
  t.match(clean.findings(), [{ column: 1, code: 'cell-merged', outcome: 'noted', count: 1 }])
  const repaired = new FindingsTally()
  mapper.map({ number: 2, cells: [{ ...stringCell('tel. 501234567', 2), merged }] }, repaired)
  t.same(toldBy(repaired).sort(), ['noted cell-merged', 'repaired phone-words-dropped'])
})
