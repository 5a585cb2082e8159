/** Footers end the sheet however its rows fall into batches, and wherever a run goes on. */
import { join } from 'node:path'
import t from 'tap'
import { completeMapping } from '../../../src/contracts/mapping.ts'
import { openMappedSheet } from '../../../src/imports/run/mapped-sheet.ts'
import { pourRows } from '../../../src/imports/run/pour-rows.ts'
import type { RowSink } from '../../../src/imports/run/row-sink.ts'
import { Progress } from '../../../src/imports/threads/progress.ts'
import { footerRowsMax } from '../../../src/limits.ts'
import { FindingsTally } from '../../../src/mapping/findings-tally.ts'
import { prepareRowMapper } from '../../../src/mapping/to-contact.ts'
import { catalogue } from '../../support/built-in-catalogue.ts'
import { findFaults } from '../../support/ledger-checker.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
]

/** Totals within the list, one after another, and four footers behind it with an empty row among them. */
const rows = [
  ['Nazwisko', 'Telefon'],
  ['Kowalska', '501234561'],
  ['Suma'],
  ['Nowak', '501234562'],
  ['Razem'],
  ['Suma'],
  ['Lis', '501234563'],
  ['Suma'],
  ['Razem'],
  [],
  ['Liczba rekordów: 3'],
  ['Wygenerowano 25.11.2026'],
]

const folder = makeScratchFolder(t)
const path = await writeSmallSheet(join(folder, 'footers.xlsx'), rows)
const within = 'contact row-like-total'
const expected: Readonly<Record<number, string>> = {
  2: 'contact',
  3: within,
  4: 'contact',
  5: within,
  6: within,
  7: 'contact',
  8: 'skipped row-footer',
  9: 'skipped row-footer',
  11: 'skipped row-footer',
  12: 'skipped row-footer',
}

/** What a run that begins at a row makes of each row, in batches of so many; and where its batches begin. */
async function pour(file: string, endRow: number, fromRow: number, batchRows: number) {
  const outcomes: Record<number, string> = {}
  const nextRows: number[] = []
  let tally = new FindingsTally()
  let count = 0
  let nextRow = fromRow
  const tell = () => {
    for (const { code, cells } of tally.findings()) {
      if (!code.startsWith('row-')) continue
      for (const { row } of cells) outcomes[row] += ` ${code}`
    }
  }
  const sink: Omit<RowSink, 'complete' | 'slowDown' | 'fail'> = {
    get findings() {
      return tally
    },
    get isFull() {
      return count >= batchRows
    },
    add(rowNumber, { kind }) {
      outcomes[rowNumber] = kind
      nextRow = rowNumber + 1
      count += 1
    },
    ready: async () => {},
    send() {
      tell()
      tally = new FindingsTally()
      count = 0
      nextRows.push(nextRow)
    },
    settle: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
  const mapping = { sheet: 'Arkusz1', headerRow: true, region: 'PL', columns }
  const complete = completeMapping(mapping)
  const progress = new Progress()
  const { signal: stopping } = new AbortController()
  const place = { path: file, scratchDir: folder, mapping: complete, stopping }
  await using sheet = await openMappedSheet(place)
  await pourRows(sink as RowSink, sheet, {
    mapping: complete,
    mapper: prepareRowMapper({ mapping: complete, catalogue, today: '2026-01-31' }),
    fromRow,
    endRow,
    merged: [],
    progress,
    stopping,
  })
  if (fromRow === 2 && progress.count === 0)
    throw new Error('rows were read, and no progress was counted')
  return { outcomes, nextRows }
}

t.test(
  'the outcome is the same for all batches and from every row where a batch ended',
  async t => {
    for (const batchRows of [1, 2, 3, 5, 100]) {
      const whole = await pour(path, 13, 2, batchRows)
      t.strictSame(whole.outcomes, expected, `batches of ${batchRows}`)
      for (const nextRow of whole.nextRows) {
        const { outcomes } = await pour(path, 13, nextRow, batchRows)
        const rest = Object.entries(expected).filter(([row]) => Number(row) >= nextRow)
        t.strictSame(outcomes, Object.fromEntries(rest), `on from row ${nextRow}`)
      }
    }
  },
)

t.test('of more rows than are held back, the first are imported', async t => {
  const sums = Array.from({ length: footerRowsMax + 2 }, () => ['Suma'])
  const many = await writeSmallSheet(join(folder, 'many.xlsx'), [...rows.slice(0, 2), ...sums])
  const { outcomes } = await pour(many, 3 + sums.length, 2, 4)
  const kinds = Object.values(outcomes)
  t.strictSame(kinds.slice(0, 4), ['contact', within, within, 'skipped row-footer'])
  t.equal(kinds.filter(kind => kind.startsWith('skipped')).length, footerRowsMax)
})

t.test('an import leaves footers out and lists them, or imports them where it is told', async t => {
  const service = await startTestService(t, { BATCH_ROWS_MAX: '3' })
  const { adminUrl } = service.database
  for (const footers of ['skip', 'import'] as const) {
    const { id } = await service.upload(path)
    const body = { sheet: 'Arkusz1', headerRow: true, region: 'PL', columns, footers }
    t.match(await service.call('PUT', `/imports/${id}/mapping`, { body }), { status: 200 })
    await service.call('POST', `/imports/${id}/start`)
    const { rows: counts } = await service.waitFor(id, isCompleted)
    const created = footers === 'skip' ? 6 : 10
    t.match(counts, { created, skipped: 11 - created, rejected: 0, total: 11 })
    const { body: listed } = await service.call<{ items: { code: string; count: number }[] }>(
      'GET',
      `/imports/${id}/findings`,
    )
    const noted = listed.items.filter(({ code }) => code.startsWith('row-'))
    const counted = Object.fromEntries(noted.map(({ code, count }) => [code, count]))
    const both = { 'row-like-total': 3, 'row-footer': 4 }
    t.strictSame(counted, footers === 'skip' ? both : { 'row-like-total': 7 })
    const [stored] = await queryOnce(
      adminUrl,
      'select count(*)::int as count from contacts where import_id = $1',
      [id],
    )
    t.equal(stored!.count, created)
  }
  t.strictSame(await findFaults(adminUrl), [])
})
