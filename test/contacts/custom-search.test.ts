/** Contacts are found by the values of custom fields, beside other filters, a page at a time. */
import { join } from 'node:path'
import t from 'tap'
import type { ContactPage } from '../../src/contracts/contact.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const choices = [{ value: 'gold', labels: { en: 'Gold', pl: 'Złoty' } }, 'silver']
for (const body of [
  { key: 'segment', type: 'choice', labels: { en: 'Segment', pl: 'Grupa' }, choices },
  { key: 'points', type: 'number', labels: { en: 'Points', pl: 'Punkty' } },
  { key: 'vip', type: 'boolean', labels: { en: 'VIP', pl: 'Ważny' } },
  { key: 'adviser', type: 'phone', labels: { en: 'Adviser', pl: 'Doradca' } },
  { key: 'hobby', type: 'text', labels: { en: 'Hobby', pl: 'Hobby' } },
  { key: 'sixth', type: 'text', labels: { en: 'Sixth', pl: 'Szóste' } },
]) {
  await service.call('POST', '/contact-fields', { body })
}

async function importRows(name: string, rows: readonly SheetValue[][]): Promise<string> {
  const header = ['Nazwisko', 'Grupa', 'Punkty', 'VIP', 'Doradca', 'Hobby']
  const path = await writeSmallSheet(join(folder, `${name}.xlsx`), [header, ...rows])
  const { id } = await service.upload(path)
  await service.mapAndStart(id)
  await service.waitFor(id, isCompleted)
  return id
}

const first = await importRows('a', [
  ['Kowal', 'gold', 10, 'tak', '601000001', 'Szachy'],
  ['Kowalski', 'silver', 10, 'nie', null, 'szachy i bridż'],
  ['Nowak', 'gold', 0.5, 'tak', null, null],
])
const second = await importRows('b', [['Kowalik', 'Złoty', '10,0', null, null, 'SZACHY']])

async function find(query: string, options = {}): Promise<(string | null)[]> {
  const { status, body } = await service.call<ContactPage>('GET', `/contacts?${query}`, options)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.items.map(({ lastName }) => lastName)
}

t.test('by equality, read as a cell would be', async t => {
  for (const [query, names] of [
    ['field.segment=gold', ['Kowal', 'Nowak', 'Kowalik']],
    ['field.segment=Z%C5%82oty', ['Kowal', 'Nowak', 'Kowalik']],
    ['field.segment=platinum', []],
    ['field.points=10', ['Kowal', 'Kowalski', 'Kowalik']],
    ['field.points=0,50', ['Nowak']],
    ['field.vip=true', ['Kowal', 'Nowak']],
    ['field.vip=nie', ['Kowalski']],
    ['field.adviser=601%20000%20001', ['Kowal']],
    ['field.hobby=szachy', ['Kowal', 'Kowalik']],
    ['field.hobby=szach', []],
    ['field.segment=gold&field.points=10', ['Kowal', 'Kowalik']],
    ['field.vip=true&field.segment=silver', []],
    [`field.segment=gold&importId=${second}`, ['Kowalik']],
    [`field.segment=gold&importId=${first}&importId=${second}`, ['Kowal', 'Nowak', 'Kowalik']],
    ['field.segment=gold&q=kowal', ['Kowal', 'Kowalik']],
    [`field.segment=gold&q=kowal&importId=${first}`, ['Kowal']],
  ] as const) {
    t.strictSame(await find(query), names, query)
  }
  t.strictSame(await find('field.segment=gold', { role: 'agent' }), ['Kowal', 'Nowak', 'Kowalik'])
})

t.test('page by page', async t => {
  const names: (string | null)[] = []
  let cursor = ''
  do {
    const path = `/contacts?field.points=10&limit=1${cursor && `&cursor=${cursor}`}`
    const { body } = await service.call<ContactPage>('GET', path)
    names.push(...body.items.map(({ lastName }) => lastName))
    cursor = body.nextCursor ?? ''
  } while (cursor !== '')
  t.strictSame(names, ['Kowal', 'Kowalski', 'Kowalik'])
})

t.test('what cannot be asked is refused', async t => {
  for (const [query, pointer] of [
    ['field.nobody=1', '/query/field.nobody'],
    ['field.segment=', '/query/field.segment'],
    ['field.segment=a&field.segment=b', '/query/field.segment'],
    ['fields.segment=a', '/query/fields.segment'],
    [`field.hobby=${'x'.repeat(301)}`, '/query/field.hobby'],
    [
      'field.segment=gold&field.points=1&field.vip=1&field.adviser=1&field.hobby=1&field.sixth=1',
      '/query',
    ],
  ] as const) {
    const { status, body } = await service.call<Problem>('GET', `/contacts?${query}`)
    t.match({ status, code: body.code }, { status: 400, code: 'request-invalid' }, query)
    t.match(body.errors, [{ pointer }], query)
  }
  const foreign = await service.call('GET', '/contacts?field.segment=gold', { tenant: 'globex' })
  t.equal(foreign.status, 400, 'the fields of others are unknown')
})

t.test('contacts of a deleted import are found no more', async t => {
  await service.call('DELETE', `/imports/${second}`)
  t.strictSame(await find('field.segment=gold'), ['Kowal', 'Nowak'])
  t.strictSame(await find(`field.segment=gold&importId=${second}`), [])
  const usage = await service.call('GET', '/contact-fields/segment/usage')
  t.strictSame(usage.body, { key: 'segment', contacts: 3 })
})
