/** Column names stand in any of the first rows: what is above them belongs to no count and to no contact. */
import { join } from 'node:path'
import t from 'tap'
import type { ContactPage } from '../../src/contracts/contact.ts'
import type { Import, Preview } from '../../src/contracts/import.ts'
import type { MappingAnswer, MappingSuggestion } from '../../src/contracts/mapping.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { addsUp, isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const head = [['Raport klientów'], [], ['Nazwisko', 'Telefon']]
const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
]
const phone = (at: number) => `50${String(1_000_000 + at)}`

t.test('preview, suggestion, mapping and import name the row', async t => {
  const path = join(folder, 'raport.xlsx')
  await writeSmallSheet(path, [...head, ['Iks', phone(1)], [], ['Igrek', phone(2)]])
  const { id } = await service.upload(path)
  const preview = await service.call<Preview>('GET', `/imports/${id}/preview?headerRow=3&rows=2`)
  t.equal(preview.body.headerRow, 3)
  t.match(preview.body.columns, [{ name: 'Nazwisko' }, { name: 'Telefon' }])
  t.same(preview.body.rows, [
    ['Iks', phone(1)],
    [null, null],
  ])
  const suggestion = await service.call<MappingSuggestion>(
    'GET',
    `/imports/${id}/mapping/suggestion?headerRow=3`,
  )
  t.match(suggestion.body, { headerRow: 3, columns })
  for (const headerRow of ['0', '101', '1.5', 'yes']) {
    const path = `/imports/${id}/preview?headerRow=${headerRow}`
    t.equal((await service.call('GET', path)).status, 400, headerRow)
  }

  const put = (headerRow: boolean | number) =>
    service.call<MappingAnswer>('PUT', `/imports/${id}/mapping`, { body: { headerRow, columns } })
  t.equal((await put(6)).status, 422, 'nothing is below the last row')
  const totals = []
  for (const headerRow of [false, true, 1, 3]) {
    const { body } = await put(headerRow)
    const { rows } = (await service.call<Import>('GET', `/imports/${id}`)).body
    totals.push([body.headerRow, rows.total])
  }
  t.same(totals, [
    [false, 6],
    [true, 5],
    [true, 5],
    [3, 3],
  ])
  await service.call('POST', `/imports/${id}/start`)
  const { rows } = await service.waitFor(id, isCompleted)
  t.match(rows, { total: 3, created: 2, skipped: 1, rejected: 0 })
  const contacts = await service.call<ContactPage>('GET', `/contacts?importId=${id}`)
  const rowNumbers = contacts.body.items.map(({ lastName, rowNumber }) => [rowNumber, lastName])
  t.same(rowNumbers.sort(), [
    [4, 'Iks'],
    [6, 'Igrek'],
  ])
})

t.test('a continued import keeps its rows', async t => {
  const count = 60_000
  const path = join(folder, 'long.xlsx')
  const rows = Array.from({ length: count }, (_, at) => [`Osoba${at}`, phone(at)])
  await writeSmallSheet(path, [...head, ...rows])
  const { id } = await service.upload(path)
  await service.call('PUT', `/imports/${id}/mapping`, { body: { headerRow: 3, columns } })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, state => state.rows.processed > 0)
  const { body: cancelled } = await service.call<Import>('POST', `/imports/${id}/cancel`)
  t.ok(addsUp(cancelled))
  if (cancelled.status === 'cancelled') await service.call('POST', `/imports/${id}/start`)
  const completed = await service.waitFor(id, isCompleted)
  t.match(completed.rows, { total: count, created: count, remaining: 0 })
  const [found] = await queryOnce(
    service.database.adminUrl,
    `select min(row_number) as first, max(row_number) as last, count(*)::int as right
    from contacts where import_id = $1 and last_name = 'Osoba' || (row_number - 4)`,
    [id],
  )
  t.match(found, { first: 4, last: count + 3, right: count })
})
