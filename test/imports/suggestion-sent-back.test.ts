/** A suggestion is a complete mapping: what a page gets it may send back as it is, and start. */
import { join } from 'node:path'
import t from 'tap'
import type { ContactPage } from '../../src/contracts/contact.ts'
import type { MappingAnswer, MappingSuggestion } from '../../src/contracts/mapping.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)

async function upload(rows: string[][]) {
  const path = join(folder, 'lista.xlsx')
  await writeSmallSheet(path, rows)
  return service.upload(path)
}

t.test('the suggestion is set as it is, and the import starts', async t => {
  const { id } = await upload([
    ['Imię', 'Nazwisko', 'Telefon', 'Segment'],
    ['Anna', 'Nowak', '501 234 567', 'A'],
    ['Jan', 'Kowalski', '502 345 678', 'B'],
  ])
  const path = `/imports/${id}/mapping`
  const suggestion = await service.call<MappingSuggestion>('GET', `${path}/suggestion`)
  t.match(suggestion.body.columns[3], { name: 'Segment', field: null, reason: 'none' })
  t.match(suggestion.body.columns[3]!.message, /^Neither the name/)
  const polish = await service.call<MappingSuggestion>('GET', `${path}/suggestion`, {
    headers: { 'accept-language': 'pl' },
  })
  t.match(polish.body.columns[3]!.message, /^Ani nazwa kolumny/)
  const { status, body } = await service.call<MappingAnswer>('PUT', path, { body: suggestion.body })
  t.equal(status, 200, JSON.stringify(body))
  const { sheet, headerRow, region, columns } = suggestion.body
  t.match(body, { sheet, headerRow, region })
  t.same(
    body.columns,
    columns.slice(0, 3).map(({ column, field }) => ({ column, field })),
    'nothing but columns and fields is kept',
  )
  t.notOk('regionShare' in body)
  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  const { rows } = await service.waitFor(id, isCompleted)
  t.match(rows, { total: 2, created: 2, rejected: 0 })
  const contacts = await service.call<ContactPage>('GET', `/contacts?importId=${id}`)
  t.same(contacts.body.items.map(({ lastName, phone }) => [lastName, phone]).sort(), [
    ['Kowalski', '+48502345678'],
    ['Nowak', '+48501234567'],
  ])
})

t.test('a suggestion without a single field is an empty mapping', async t => {
  const { id } = await upload([
    ['Segment', 'Ocena'],
    ['A', '7'],
    ['B', '8'],
  ])
  const path = `/imports/${id}/mapping`
  const { body } = await service.call<MappingSuggestion>('GET', `${path}/suggestion`)
  t.strictSame(
    body.columns.map(({ field }) => field),
    [null, null],
  )
  const answer = await service.call<Problem>('PUT', path, { body })
  t.match(answer, { status: 422, body: { code: 'mapping-empty' } })
})

t.test(
  'faults are told at their places in what was sent; what no suggestion holds is refused',
  async t => {
    const { id } = await upload([
      ['Imię', 'Telefon'],
      ['Anna', '501 234 567'],
    ])
    const path = `/imports/${id}/mapping`
    const twice = await service.call<Problem>('PUT', path, {
      body: {
        headerRow: true,
        columns: [
          { column: 1, field: null, name: 'Imię', confidence: 0, reason: 'of old', message: '' },
          { column: 2, field: 'phone' },
          { column: 2, field: 'phone2' },
        ],
      },
    })
    t.match(twice, { status: 422, body: { errors: [{ pointer: '/columns/2' }] } })
    const unknown = await service.call<Problem>('PUT', path, {
      body: { headerRow: true, columns: [{ column: 2, field: 'phone', colour: 'red' }] },
    })
    t.match(unknown, { status: 400, body: { errors: [{ pointer: '/columns/0/colour' }] } })
    for (const field of ['', 7, 'x'.repeat(65)]) {
      const columns = [{ column: 2, field }]
      const refused = await service.call<Problem>('PUT', path, {
        body: { headerRow: true, columns },
      })
      t.match(refused, { status: 400, body: { errors: [{ pointer: '/columns/0/field' }] } })
    }
  },
)
