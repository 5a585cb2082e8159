import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import, Preview, RowIssuePage } from '../../src/contracts/import.ts'
import { fillImport } from '../support/filled-import.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { addsUp, isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)

const header = ['Nazwisko', 'Telefon', 'Urodziny']

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'birthDate' },
]

async function importRows(
  rows: Parameters<typeof writeSmallSheet>[1],
  mapped = columns,
): Promise<Import> {
  const path = await writeSmallSheet(join(folder, `${rows.length}.xlsx`), rows)
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: mapped })
  return service.waitFor(id, isCompleted)
}

t.test('invalid rows are listed with their cell, empty rows are skipped', async t => {
  const done = await importRows([
    ['Nazwisko', 'Telefon', 'Urodziny', 'Inne'],
    ['Kowalska', 48501234567, '31.12.1990', 'x'],
    ['Nowak', '123', '31.02.1990', 'x'],
    [],
    [null, null, null, 'only an unmapped value'],
    ['Zając', '501 234 567', null, null],
  ])
  t.match(done.rows, { total: 5, created: 2, rejected: 1, skipped: 2, remaining: 0 })
  t.ok(addsUp(done))
  const english = await service.call<RowIssuePage>('GET', `/imports/${done.id}/issues`)
  t.match(english.body.items, [
    { row: 3, column: 2, cell: 'B3', field: 'phone', code: 'phone-invalid', value: '123' },
    {
      row: 3,
      column: 3,
      cell: 'C3',
      field: 'birthDate',
      code: 'date-invalid',
      value: '31.02.1990',
    },
  ])
  const polish = await service.call<RowIssuePage>('GET', `/imports/${done.id}/issues?limit=1`, {
    headers: { 'accept-language': 'pl' },
  })
  t.match(polish.body.items[0]!.message, /nie jest numerem telefonu/)
  const next = await service.call<RowIssuePage>(
    'GET',
    `/imports/${done.id}/issues?limit=1&cursor=${polish.body.nextCursor}`,
  )
  t.match(next.body.items, [{ cell: 'C3' }])
  t.equal(next.body.nextCursor, null)
})

t.test('rows without any value before and between others keep the ledger whole', async t => {
  const done = await importRows([header, ...Array.from({ length: 300 }, () => []), ['Nowak']])
  t.match(done.rows, { total: 301, created: 1, skipped: 300 })
})

t.test('values that PostgreSQL or COPY give a meaning to arrive as they are', async t => {
  const notes = [
    '\\N',
    'a\\tb',
    'tab\there',
    'back\\slash',
    "quote'",
    'line\nbreak',
    '\\.x',
    'NULLs',
  ]
  const done = await importRows(
    [header, ...notes.map(note => [note])],
    [{ column: 1, field: 'notes' }],
  )
  const { body } = await service.call<{ items: { notes: string }[] }>(
    'GET',
    `/contacts?importId=${done.id}`,
  )
  t.same(
    body.items.map(item => item.notes),
    notes,
  )
})

t.test('a NUL, which PostgreSQL stores in no text, is shown as a sign', async t => {
  const path = await writeSmallSheet(join(folder, 'nul.xlsx'), [header, ['a\0b', '5\0', null]])
  const { id } = await service.upload(path)
  const preview = await service.call<Preview>('GET', `/imports/${id}/preview?headerRow=true`)
  t.same(preview.body.rows, [['a\u2400b', '5\u2400', null]])
  await service.mapAndStart(id, { columns })
  await service.waitFor(id, isCompleted)
  const issues = await service.call<RowIssuePage>('GET', `/imports/${id}/issues`)
  t.ok(issues.body.items.some(({ cell, value }) => cell === 'B2' && value === '5\u2400'))
})

t.test('twenty thousand rejected rows of long texts take no more memory than a batch', async t => {
  const long = 'x'.repeat(20_000)
  const rows = Array.from({ length: 20_000 }, (_, at) => [`${at}${long}`, null, null])
  const done = await importRows([header, ...rows])
  t.match(done.rows, { total: 20_000, rejected: 20_000, created: 0 })
  const { adminUrl } = service.database
  const [row] = await queryOnce(adminUrl, 'select epoch from imports where id = $1', [done.id])
  t.equal(row!.epoch, 1, 'in one thread, which did not die')
})

t.test('a page far behind reads no more of the table than the first one', async t => {
  const service = await startTestService(t)
  const { adminUrl } = service.database
  const id = await fillImport(adminUrl, { contacts: 1 })
  await queryOnce(
    adminUrl,
    `insert into row_issues (tenant_id, import_id, row_number, column_number, field, code, outcome, value)
    select 'acme', $1::uuid, place, side, 'phone', 'phone-invalid', 'rejected', '12'
    from generate_series(2, 20001) place, generate_series(1, 2) side`,
    [id],
  )
  const cursor = Buffer.from(JSON.stringify([19_000, 1])).toString('base64url')
  const path = `/imports/${id}/issues?limit=10&cursor=${cursor}`
  const { body } = await service.call<RowIssuePage>('GET', path)
  t.match(body.items.slice(0, 2), [
    { row: 19_000, column: 2 },
    { row: 19_001, column: 1 },
  ])
  // Connections hand in what they have read when they end.
  await service.close()
  await sleep(500)
  const [read] = await queryOnce(
    adminUrl,
    `select seq_tup_read::int + (select sum(idx_tup_read)::int from pg_stat_user_indexes
      where relname = 'row_issues') as rows from pg_stat_user_tables where relname = 'row_issues'`,
  )
  t.ok(Number(read!.rows) < 200, `${read!.rows} entries read`)
})
