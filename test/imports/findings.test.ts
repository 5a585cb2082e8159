/** The findings of an import over HTTP: exact counts, the first cells of the sheet, in both languages. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { FindingItem, FindingList } from '../../src/contracts/findings.ts'
import type { RowIssuePage } from '../../src/contracts/import.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { type CallOptions, isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

/** Batches of 7 rows, so that findings come together from many. */
const service = await startTestService(t, { BATCH_ROWS_MAX: '7' })
const { adminUrl } = service.database
const folder = makeScratchFolder(t)

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'phone2' },
  { column: 4, field: 'email' },
]

/** Five rows in turn: clean, a number twice, a bad e-mail, nothing that can be used, nobody who can be reached. */
const rows = Array.from({ length: 250 }, (_, at) => {
  const phone = `501 234 ${String(100 + at)}`
  return [
    [`Kowalska ${at}`, phone, null, `anna${at}@example.com`],
    [`Nowak ${at}`, phone, `+48 ${phone}`, null],
    [`Zając ${at}`, phone, null, 'not an address'],
    [`Lis ${at}`, '12', null, 'no address either'],
    [`Wilk ${at}`, null, null, null],
  ][at % 5]!
})

const path = await writeSmallSheet(join(folder, 'kontakty.xlsx'), [
  ['Nazwisko', 'Telefon', 'Telefon 2', 'E-mail'],
  ...rows,
])
const { id } = await service.upload(path)
await service.mapAndStart(id, { columns })
const done = await service.waitFor(id, isCompleted)

t.test('every cell that was not taken as it stands is counted exactly', async t => {
  t.match(done.rows, { created: 200, rejected: 50 })
  t.strictSame(done.findings, { repaired: 50, noted: 50, blanked: 50 })
  const items = await findingsOf(id)
  t.strictSame(
    items.map(({ column, field, code, outcome, count }) => [column, field, code, outcome, count]),
    [
      [null, null, 'contact-unreachable', 'noted', 50],
      [2, 'phone', 'phone-invalid', 'rejected', 50],
      [3, 'phone2', 'value-repeated', 'repaired', 50],
      [4, 'email', 'email-invalid', 'blanked', 50],
      [4, 'email', 'email-invalid', 'rejected', 50],
    ],
  )
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('the first twenty cells of the sheet are examples', async t => {
  const items = await findingsOf(id)
  const repaired = items.find(({ outcome }) => outcome === 'repaired')!
  t.strictSame(
    repaired.cells.map(({ row }) => row),
    Array.from({ length: 20 }, (_, at) => 3 + 5 * at),
  )
  t.strictSame(repaired.cells[0], {
    row: 3,
    cell: 'C3',
    value: '+48 501 234 101',
    result: null,
  })
  const blanked = items.find(({ outcome }) => outcome === 'blanked')!
  t.match(blanked.cells[0], { row: 4, cell: 'D4', value: 'not an address', result: null })
})

t.test('they are told in the language of the caller', async t => {
  const english = await findingsOf(id)
  t.match(english[0]!.message, 'The contact has neither a phone number nor an e-mail address.')
  t.match(english[1]!.message, /^B5: "12" is not a phone number/)
  t.match(english[2]!.message, /^Phone 2: the same value stands there more than once/)
  const polish = await findingsOf(id, { headers: { 'accept-language': 'pl' } })
  t.match(polish[0]!.message, 'Kontakt nie ma ani telefonu, ani adresu e-mail.')
  t.match(polish[1]!.message, /^B5: „12” nie jest numerem telefonu/)
  t.match(polish[2]!.message, /^Telefon 2: ta sama wartość występuje kilka razy/)
})

t.test('refused cells are listed one by one, blanked and rejected ones apart', async t => {
  const issues: RowIssuePage['items'] = []
  for (let cursor = ''; ; ) {
    const { body } = await service.call<RowIssuePage>(
      'GET',
      `/imports/${id}/issues?limit=70${cursor}`,
    )
    issues.push(...body.items)
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  t.equal(issues.length, 150)
  t.match(issues.slice(0, 3), [
    { cell: 'D4', code: 'email-invalid', outcome: 'blanked' },
    { cell: 'B5', code: 'phone-invalid', outcome: 'rejected' },
    { cell: 'D5', code: 'email-invalid', outcome: 'rejected' },
  ])
})

t.test('another tenant sees none, and a clean import has none', async t => {
  const foreign = await service.call('GET', `/imports/${id}/findings`, { tenant: 'other' })
  t.equal(foreign.status, 404)
  const clean = await writeSmallSheet(join(folder, 'clean.xlsx'), [['Telefon'], ['501234567']])
  const { id: cleanId } = await service.upload(clean)
  await service.mapAndStart(cleanId, { columns: [{ column: 1, field: 'phone' }] })
  await service.waitFor(cleanId, isCompleted)
  t.strictSame(await findingsOf(cleanId), [])
})

t.test('a deletion takes them along', async t => {
  await service.call('DELETE', `/imports/${id}`)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404) await sleep(25)
  const left = await queryOnce(adminUrl, 'select from findings where import_id = $1', [id])
  t.equal(left.length, 0)
  t.strictSame(await findFaults(adminUrl), [])
})

async function findingsOf(importId: string, options?: CallOptions): Promise<FindingItem[]> {
  const { body } = await service.call<FindingList>('GET', `/imports/${importId}/findings`, options)
  return body.items
}
