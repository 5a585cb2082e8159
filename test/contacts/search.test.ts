import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Assignment, Campaign, CampaignPage } from '../../src/contracts/campaign.ts'
import type { ContactPage } from '../../src/contracts/contact.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const columns = ['firstName', 'lastName', 'companyName', 'email', 'phone'].map((field, index) => ({
  column: index + 1,
  field,
}))

async function importRows(name: string, rows: (string | null)[][]): Promise<string> {
  const path = await writeSmallSheet(join(folder, `${name}.xlsx`), [
    columns.map(c => c.field),
    ...rows,
  ])
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns })
  await service.waitFor(id, isCompleted)
  return id
}

const first = await importRows('first', [
  ['Anna', 'Żółkowska', 'Kowal i Syn', 'anna@kowal.example', '501234567'],
  ['Jan', 'Kowalski', null, 'JAN@Example.com', '601234567'],
  ['Ewa', 'KOWALCZYK', 'Acme', null, '+44 20 7946 0958'],
])
const second = await importRows('second', [
  ['Ola', 'Nowak', 'kowalstwo', 'ola_1@example.com', null],
])

async function find(query: Record<string, string | string[]>): Promise<(string | null)[]> {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const each of [value].flat()) search.append(key, each)
  }
  const names: (string | null)[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    if (cursor) search.set('cursor', cursor)
    const { status, body } = await service.call<ContactPage>('GET', `/contacts?${search}`)
    t.equal(status, 200)
    names.push(...body.items.map(({ firstName }) => firstName))
    cursor = body.nextCursor
  }
  return names
}

t.test('q is the beginning of a last name, company, e-mail or phone, in any case', async t => {
  t.same(await find({ q: 'kowal' }), ['Ewa', 'Jan', 'Anna', 'Ola'])
  t.same(await find({ q: 'ŻÓŁ' }), ['Anna'])
  t.same(await find({ q: 'jan@ex' }), ['Jan'])
  t.same(await find({ q: '501 23' }), ['Anna'])
  t.same(await find({ q: '+4420' }), ['Ewa'])
  t.same(await find({ q: '0044 20' }), ['Ewa'])
  t.same(await find({ q: 'owal' }), [])
  for (const strange of ['%', '_', "'", '\\', '\u{10FFFF}', '🙂']) await find({ q: strange })
})

t.test('pages of one item give each contact once, in the same order', async t => {
  t.same(await find({ q: 'kowal', limit: '1' }), await find({ q: 'kowal' }))
  t.same(await find({ limit: '1' }), ['Anna', 'Jan', 'Ewa', 'Ola'])
  t.same(await find({ importId: [second, first], limit: '2' }), ['Anna', 'Jan', 'Ewa', 'Ola'])
})

t.test('filters by import', async t => {
  t.same(await find({ importId: second }), ['Ola'])
  t.same(await find({ importId: first, q: 'kowal' }), ['Ewa', 'Jan', 'Anna'])
  const broken = await service.call('GET', '/contacts?cursor=bm9wZQ')
  t.match(broken, { status: 400, body: { code: 'request-invalid' } })
})

t.test('a whole import is assigned to a campaign in one call, once', async t => {
  const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
    body: { name: 'lato' },
  })
  const assign = (importId: string) =>
    service.call<Assignment>('POST', `/campaigns/${campaign.id}/assignments`, {
      body: { importId },
    })
  for (const importId of [first, first, second]) t.equal((await assign(importId)).status, 202)
  const read = async () => (await service.call<CampaignPage>('GET', '/campaigns')).body.items
  while ((await read())[0]!.contacts < 4) await sleep(20)
  t.match(await read(), [{ name: 'lato', contacts: 4 }])
  const taken = await service.call('POST', '/campaigns', { body: { name: 'lato' } })
  t.match(taken, { status: 409, body: { code: 'campaign-name-taken' } })

  await service.call('DELETE', `/imports/${first}`)
  const members = await service.call<ContactPage>('GET', `/campaigns/${campaign.id}/contacts`)
  t.same(
    members.body.items.map(({ firstName }) => firstName),
    ['Ola'],
  )
  t.match(await read(), [{ contacts: 1 }])
})

t.test('the next page begins behind the longest value there can be', async t => {
  const longest = '\u{20000}'.repeat(300)
  await importRows('longest', [
    ['Li', null, longest, null, null],
    ['Wu', null, longest, null, null],
  ])
  t.same(await find({ q: '\u{20000}', limit: '1' }), ['Li', 'Wu'])
})
