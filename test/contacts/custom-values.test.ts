/** Values of custom fields from a sheet to the contact: read by their types, told where they cannot be read. */
import { join } from 'node:path'
import t from 'tap'
import type { Contact, ContactPage } from '../../src/contracts/contact.ts'
import type { FindingList } from '../../src/contracts/findings.ts'
import type { RowIssuePage } from '../../src/contracts/import.ts'
import type { MappingAnswer, MappingSuggestion } from '../../src/contracts/mapping.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const { adminUrl } = service.database

const choices = [
  { value: 'gold', labels: { en: 'Gold', pl: 'Złoty' } },
  { value: 'silver', labels: { en: 'Silver', pl: 'Srebrny' } },
]
const fields = [
  { key: 'segment', type: 'choice', labels: { en: 'Segment', pl: 'Grupa' }, choices },
  { key: 'points', type: 'number', labels: { en: 'Points', pl: 'Punkty' } },
  { key: 'vip', type: 'boolean', labels: { en: 'VIP', pl: 'Ważny' } },
  { key: 'since', type: 'date', labels: { en: 'Client since', pl: 'Klient od' } },
  { key: 'adviser', type: 'phone', labels: { en: "Adviser's phone", pl: 'Telefon doradcy' } },
  { key: 'billing', type: 'email', labels: { en: 'Billing e-mail', pl: 'Mail do faktur' } },
  { key: 'hobby', type: 'text', labels: { en: 'Hobby', pl: 'Zainteresowania' } },
]
for (const body of fields) await service.call('POST', '/contact-fields', { body })

let files = 0
async function upload(rows: readonly SheetValue[][]) {
  const path = await writeSmallSheet(join(folder, `${++files}.xlsx`), rows)
  return (await service.upload(path)).id
}

async function contactsOf(id: string): Promise<Contact[]> {
  return (await service.call<ContactPage>('GET', `/contacts?importId=${id}`)).body.items
}

const names = ['Nazwisko', 'Telefon', 'Grupa', 'Punkty', 'VIP', 'Klient od', 'Telefon doradcy']
const header = [...names, 'Mail do faktur', 'Zainteresowania']

t.test('labels suggest the fields, and values of every type land', async t => {
  const id = await upload([
    header,
    [
      ...['Żak', '501000001', 'ZŁOTY', 1234.5, 'tak', '31.01.2020', '601000001'],
      ...['Faktury@Example.com', 'szachy'],
    ],
    ['Iks', '501000002', 'silver', '1 234,50', 'nie', '2020-02-01', null, null, null],
    ['Ygrek', '501000003', 'srebrny', '0', null, null, null, null, null],
    ['Zet', '501000004', null, null, null, null, null, null, null],
  ])
  const { body: suggestion } = await service.call<MappingSuggestion>(
    'GET',
    `/imports/${id}/mapping/suggestion`,
  )
  t.strictSame(
    suggestion.columns.map(({ field }) => field),
    ['lastName', 'phone', ...fields.map(({ key }) => `field.${key}`)],
  )
  t.equal(suggestion.columns[2]!.reason, 'header-exact')
  await service.mapAndStart(id)
  const { rows } = await service.waitFor(id, isCompleted)
  t.match(rows, { created: 4, rejected: 0 })
  const contacts = await contactsOf(id)
  t.strictSame(
    contacts.map(({ custom }) => custom),
    [
      {
        segment: 'gold',
        points: 1234.5,
        vip: true,
        since: '2020-01-31',
        adviser: '+48601000001',
        billing: 'Faktury@example.com',
        hobby: 'szachy',
      },
      { segment: 'silver', points: 1234.5, vip: false, since: '2020-02-01' },
      { segment: 'silver', points: 0 },
      {},
    ],
  )
  const [first] = contacts
  t.match(first, { phone: '+48501000001', phone2: null, email: null }, 'no family takes them')
  const one = await service.call<Contact>('GET', `/contacts/${first!.id}`)
  t.strictSame(one.body.custom, first!.custom)
})

t.test('a field may be named by its key alone, and the mapping tells its whole name', async t => {
  const id = await upload([
    ['Nazwisko', 'Klasa'],
    ['Żak', 'gold'],
  ])
  const put = (columns: object[], more = {}) =>
    service.call<MappingAnswer & Problem>('PUT', `/imports/${id}/mapping`, {
      body: { headerRow: true, columns, ...more },
    })
  const last = { column: 1, field: 'lastName' }
  const mapped = await put([last, { column: 2, field: 'segment' }], { required: ['segment'] })
  t.match(mapped.body, {
    columns: [last, { column: 2, field: 'field.segment' }],
    required: ['field.segment'],
  })
  t.ok(mapped.body.unmappedFields.includes('field.points'))
  const unknown = await put([last, { column: 2, field: 'field.nobody' }])
  t.match(unknown.body, { code: 'mapping-unknown-field', errors: [{ pointer: '/columns/1' }] })
  const twice = await put([
    { column: 1, field: 'field.segment' },
    { column: 2, field: 'segment' },
  ])
  t.match(twice.body, { code: 'mapping-field-twice' })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  t.strictSame((await contactsOf(id))[0]!.custom, { segment: 'gold' })
})

t.test('what cannot be read is told: an unknown choice once for each value', async t => {
  const unknown = Array.from({ length: 30 }, (_, at) => ['Nikt', `50100${1000 + at}`, 'platyna', 1])
  const id = await upload([
    ['Nazwisko', 'Telefon', 'Grupa', 'Punkty'],
    ...unknown,
    ['Żak', '501000001', 'brąz', '1.234'],
    ['Iks', '501000002', '-', 'dużo'],
  ])
  await service.mapAndStart(id)
  const told = await service.call<MappingAnswer>('GET', `/imports/${id}/mapping`)
  t.match(
    told.body.warnings.filter(({ code }) => code === 'values-refused'),
    [{ column: 3, field: 'field.segment', share: 1, message: /Segment/ }],
  )
  const { rows } = await service.waitFor(id, isCompleted)
  t.match(rows, { created: 32, rejected: 0 })
  const { body } = await service.call<FindingList>('GET', `/imports/${id}/findings`)
  const choice = body.items.find(({ code }) => code === 'choice-unknown')
  t.match(choice, { field: 'field.segment', count: 31, outcome: 'blanked', message: /platyna/ })
  t.strictSame(
    choice!.cells.map(({ value }) => value),
    ['platyna', 'brąz'],
  )
  t.match(
    body.items.find(({ code }) => code === 'number-invalid'),
    { count: 2, cells: [{ value: '1.234' }, { value: 'dużo' }] },
  )
  const issues = await service.call<RowIssuePage>('GET', `/imports/${id}/issues`, {
    headers: { 'accept-language': 'pl' },
  })
  t.match(issues.body.items[0], { field: 'field.segment', message: /„platyna”.*\(Grupa\)/ })
})

t.test('a required field needs a column, and rows need a value', async t => {
  const labels = { en: 'Branch', pl: 'Oddział' }
  const body = { key: 'branch', type: 'text', labels, required: true }
  await service.call('POST', '/contact-fields', { body })
  const id = await upload([
    ['Nazwisko', 'Oddział'],
    ['Żak', 'Łódź'],
    ['Iks', null],
  ])
  const columns = [{ column: 1, field: 'lastName' }]
  const refused = await service.call<Problem>('PUT', `/imports/${id}/mapping`, {
    body: { headerRow: true, columns },
  })
  t.match(refused.body, { code: 'mapping-required-unmapped', errors: [{ pointer: '/columns' }] })
  await service.mapAndStart(id)
  t.match((await service.waitFor(id, isCompleted)).rows, { created: 1, rejected: 1 })
  await service.call('DELETE', '/contact-fields/branch')
  const issues = await service.call<RowIssuePage>('GET', `/imports/${id}/issues`)
  t.match(issues.body.items, [{ field: 'field.branch', message: /\(branch\)/ }], 'it is gone')
})

t.test('a template and the memory know custom fields', async t => {
  const template = await service.call('POST', '/mapping-templates', {
    body: { name: 'Własne', columns: [{ name: 'Klasa klienta', field: 'segment' }] },
  })
  t.match(template.body, { columns: [{ field: 'field.segment' }] })
  const rows = [
    ['Klasa klienta', 'Nazwisko'],
    ['silver', 'Żak'],
  ]
  const id = await upload(rows)
  const mapped = await service.call('PUT', `/imports/${id}/mapping`, {
    body: { template: 'Własne' },
  })
  t.match(mapped, { status: 200, body: { columns: [{ column: 1, field: 'field.segment' }] } })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  const again = await upload(rows)
  const { body } = await service.call<MappingSuggestion>(
    'GET',
    `/imports/${again}/mapping/suggestion`,
  )
  t.match(body.columns, [{ field: 'field.segment', reason: 'used-before' }, { field: null }])
})

t.test('all 200 fields of a tenant fit into one row', async t => {
  const tenant = 'wide'
  await queryOnce(
    adminUrl,
    `insert into contact_fields (tenant_id, key, type, labels, created_by)
    select $1, 'f' || n, 'text', jsonb_build_object('en', 'F' || n, 'pl', 'F' || n), 'anna'
    from generate_series(1, 200) n`,
    [tenant],
  )
  const keys = Array.from({ length: 200 }, (_, at) => `f${at + 1}`)
  const path = await writeSmallSheet(join(folder, 'wide.xlsx'), [keys, keys])
  const { id } = await service.upload(path, { tenant })
  const columns = keys.map((key, at) => ({ column: at + 1, field: `field.${key}` }))
  await service.mapAndStart(id, { tenant, columns })
  await service.waitFor(id, isCompleted, { tenant })
  const { body } = await service.call<ContactPage>('GET', `/contacts?importId=${id}`, { tenant })
  t.strictSame(body.items[0]!.custom, Object.fromEntries(keys.map(key => [key, key])))
})

t.test('a deleted import takes the places of its values along', async t => {
  const id = await upload([
    ['Nazwisko', 'Grupa', 'VIP'],
    ['Żak', 'gold', 'tak'],
  ])
  await service.mapAndStart(id)
  await service.waitFor(id, isCompleted)
  const [contact] = await contactsOf(id)
  const places = () =>
    queryOnce(adminUrl, 'select field_id from contact_values where contact_id = $1', [contact!.id])
  t.equal((await places()).length, 2)
  await service.call('DELETE', `/imports/${id}`)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404);
  t.equal((await places()).length, 0)
})
