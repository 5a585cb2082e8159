import t from 'tap'
import { findingCodes, findingText } from '../../src/contracts/findings.ts'
import { findingCellsMax, issueValueCharactersMax } from '../../src/limits.ts'
import { FindingsTally, mergeFindings, wholeRow } from '../../src/mapping/findings-tally.ts'
import { stringCell } from './normalise/cells.ts'

const phones = { column: 3, field: 'phone' }
const emails = { column: 4, field: 'email' }

/** Notes a cell in each of `rows` rows from `fromRow` on. */
function noteRows(tally: FindingsTally, fromRow: number, rows: number) {
  for (let row = fromRow; row < fromRow + rows; row++) {
    const cell = stringCell(`tel. ${row}`, 3)
    const result = String(row)
    tally.note(phones, { outcome: 'repaired', code: 'phone-words-dropped', row, cell, result })
  }
}

t.test('counts are exact, cells are the first of each kind', async t => {
  const tally = new FindingsTally()
  noteRows(tally, 2, 1_000)
  const refused = {
    code: 'email-invalid',
    row: 7,
    cell: stringCell('@@', 4),
    result: null,
  } as const
  tally.note(emails, { ...refused, outcome: 'blanked' })
  tally.note(emails, { ...refused, outcome: 'rejected' })
  const unreachable = { outcome: 'noted', code: 'contact-unreachable' } as const
  tally.note(wholeRow, { ...unreachable, row: 9, cell: null, result: null })
  t.same(tally.counts(), { repaired: 1_000, noted: 1, blanked: 1 })
  const [words, blanked, rejected, whole] = tally.findings()
  t.match(words, { ...phones, code: 'phone-words-dropped', outcome: 'repaired', count: 1_000 })
  t.equal(words?.cells.length, findingCellsMax)
  t.same(words?.cells[0], { row: 2, cell: 'C2', value: 'tel. 2', result: '2' })
  t.match([blanked, rejected], [{ outcome: 'blanked' }, { outcome: 'rejected' }])
  t.same(whole?.cells, [{ row: 9, cell: null, value: '', result: null }])
})

t.test('what is kept of a cell is bounded', async t => {
  const tally = new FindingsTally()
  const long = 'x'.repeat(30_000)
  const cell = stringCell(long, 3)
  tally.note(phones, { outcome: 'noted', code: 'phone-dummy', row: 2, cell, result: long })
  const [kept] = tally.findings()[0]!.cells
  t.equal(kept?.value.length, issueValueCharactersMax)
  t.equal(kept?.result?.length, issueValueCharactersMax)
})

t.test('an unknown choice is kept once for each value, and every cell counts', async t => {
  const noteAll = (values: readonly string[]) => {
    const tally = new FindingsTally()
    for (const [at, value] of values.entries()) {
      const cell = stringCell(value, 3)
      tally.note(phones, {
        outcome: 'blanked',
        code: 'choice-unknown',
        row: at,
        cell,
        result: null,
      })
    }
    return tally.findings()
  }
  const earlier = noteAll(['a', 'b', 'a'])
  t.match(earlier, [{ count: 3, cells: { length: 2 } }])
  const [merged] = mergeFindings(earlier, noteAll(['b', 'c', 'c']))
  t.equal(merged!.count, 6)
  t.same(
    merged!.cells.map(({ value }) => value),
    ['a', 'b', 'c'],
  )
})

t.test('batches add up to the findings of the whole sheet', async t => {
  const whole = new FindingsTally()
  noteRows(whole, 2, 45)
  let merged = mergeFindings([], [])
  for (const fromRow of [2, 17, 32]) {
    const batch = new FindingsTally()
    noteRows(batch, fromRow, 15)
    merged = mergeFindings(merged, JSON.parse(JSON.stringify(batch.findings())))
  }
  t.same(merged, whole.findings())
})

t.test('a million repaired cells take no memory that grows', async t => {
  const tally = new FindingsTally()
  noteRows(tally, 2, 1_000_000)
  t.equal(tally.findings()[0]?.count, 1_000_000)
  t.ok(JSON.stringify(tally.findings()).length < 10_000)
})

t.test('every code has a text in both languages', async t => {
  for (const code of findingCodes) {
    const [en, pl] = (['en', 'pl'] as const).map(locale => findingText(code, locale, '$& Nowak'))
    t.not(en, pl, code)
    for (const text of [en, pl]) t.notMatch(text, /[{}]/)
    if (!/contact|row/.test(code)) t.ok(en?.startsWith('$& Nowak: '), en)
  }
})
