/** The built-in fields from a sheet to the contact, and what the list of fields tells of them. */
import { join } from 'node:path'
import t from 'tap'
import type { ContactFieldItem, ContactPage } from '../../src/contracts/contact.ts'
import type { FindingList } from '../../src/contracts/findings.ts'
import { builtInFields } from '../../src/mapping/built-in-fields.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)

const path = await writeSmallSheet(join(folder, 'fields.xlsx'), [
  [
    ...['Imię i nazwisko', 'Tytuł', 'Telefon', 'E-mail 3', 'Strona www', 'Język', 'Ulica'],
    ...['Nr domu', 'Nr lokalu', 'Województwo', 'REGON', 'Zgoda na telefon', 'Zgoda na e-mail'],
    'Data zgody',
  ],
  [
    ...['Nowak Anna', 'dr', '501234567', 'anna@example.com', 'www.example.com', 'polski', 'Polna'],
    ...['3A', '12', 'mazowieckie', '123456785', 'tak', 'NIE', '2026-01-15'],
  ],
  ['Kowalski Nowak', null, '501234568', null, 'brak', null, null, null, null, null, null, 'może'],
])
const { id } = await service.upload(path)
await service.mapAndStart(id)
await service.waitFor(id, isCompleted)

t.test('every field comes from its column to the contact', async t => {
  const { body } = await service.call<ContactPage>('GET', `/contacts?importId=${id}`)
  const [anna, other] = body.items
  t.match(anna, {
    fullName: 'Nowak Anna',
    firstName: 'Anna',
    lastName: 'Nowak',
    title: 'dr',
    email3: 'anna@example.com',
    website: 'www.example.com',
    language: 'polski',
    houseNumber: '3A',
    apartmentNumber: '12',
    region: 'mazowieckie',
    businessId: '123456785',
    consentPhone: true,
    consentEmail: false,
    consentAt: '2026-01-15',
  })
  t.match(other, {
    fullName: 'Kowalski Nowak',
    firstName: null,
    lastName: null,
    website: null,
    consentPhone: null,
    consentEmail: null,
  })
})

t.test('what was read into more than its cell is told', async t => {
  const { body } = await service.call<FindingList>('GET', `/imports/${id}/findings`)
  const told = body.items.map(({ field, code, outcome }) => [field, code, outcome])
  t.strictSame(told, [
    ['fullName', 'name-split', 'noted'],
    ['website', 'empty-word', 'repaired'],
    ['consentPhone', 'yes-no-invalid', 'blanked'],
  ])
})

t.test('a full name is found by its beginning', async t => {
  for (const q of ['kowalski n', 'Nowak a']) {
    const { body } = await service.call<ContactPage>('GET', `/contacts?q=${encodeURIComponent(q)}`)
    t.equal(body.items.length, 1, q)
  }
  const { body } = await service.call<ContactPage>('GET', '/contacts?q=nowak')
  t.equal(body.items.length, 1, 'once, though it is found by two fields')
})

t.test('first and last name have columns of their own: the full name fills neither', async t => {
  const other = await service.upload(
    await writeSmallSheet(join(folder, 'own.xlsx'), [
      ['Imię i nazwisko', 'Imię', 'Telefon'],
      ['Anna Nowak', null, '501234567'],
    ]),
  )
  await service.mapAndStart(other.id)
  await service.waitFor(other.id, isCompleted)
  const { body } = await service.call<ContactPage>('GET', `/contacts?importId=${other.id}`)
  t.match(body.items, [{ fullName: 'Anna Nowak', firstName: null, lastName: null }])
  t.match((await service.call('GET', `/imports/${other.id}/findings`)).body, { items: [] })
})

t.test('the list of fields tells kind, group, length and an example', async t => {
  const { body } = await service.call<{ items: ContactFieldItem[] }>('GET', '/contact-fields')
  t.strictSame(
    body.items.map(({ key }) => key),
    builtInFields.map(({ key }) => key),
  )
  t.match(
    body.items.find(({ key }) => key === 'consentPhone'),
    { kind: 'boolean', group: 'consent', lengthMax: 5, example: 'true', builtIn: true },
  )
  for (const { key, group, example } of body.items) {
    t.not(group, 'own', key)
    t.not(example, '', key)
  }
})
