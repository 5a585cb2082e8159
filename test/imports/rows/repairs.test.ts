/** Rows repaired one by one over HTTP: read as an import reads them, once, and nothing else touched. */
import { join } from 'node:path'
import t from 'tap'
import type { Contact } from '../../../src/contracts/contact.ts'
import type { Import } from '../../../src/contracts/import.ts'
import type { ImportedRow } from '../../../src/contracts/imported-row.ts'
import { findFaults } from '../../support/ledger-checker.ts'
import { readOutcomes, reconcile } from '../../support/outcome-reader.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const service = await startTestService(t)
const { url } = service
const folder = makeScratchFolder(t)

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'email' },
  { column: 4, field: 'birthDate' },
]

/** Rows 3 and 6 are rejected, row 4 is empty, row 5 came in without its phone; dates have the month first. */
async function importAll(): Promise<string> {
  const path = await writeSmallSheet(join(folder, 'kontakty.xlsx'), [
    ['Nazwisko', 'Telefon', 'E-mail', 'Data urodzenia'],
    ['Nowak', 501234567, 'a@example.com', '12/31/1990'],
    ['Zając', '11', null, '03/04/1990'],
    [],
    ['Lis', '12', 'b@example.com', '01/02/1991'],
    ['Wilk', '34', null, null],
  ])
  const { id } = await service.upload(path)
  const mapping = { headerRow: true, columns, force: true }
  await service.call('PUT', `/imports/${id}/mapping`, { body: mapping })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  return id
}

type Fault = {
  code: string
  reason?: string
  errors?: { pointer: string; code: string; detail: string }[]
}

const repair = (id: string, row: number, values: object, options: object = {}) =>
  service.call<ImportedRow & Fault>('PATCH', `/imports/${id}/rows/${row}`, {
    body: { values },
    ...options,
  })

const rowsOf = async (id: string) => (await service.call<Import>('GET', `/imports/${id}`)).body.rows

async function contactOf(id: string, row: number): Promise<Contact> {
  const { body } = await service.call<ImportedRow>('GET', `/imports/${id}/rows/${row}`)
  return (await service.call<Contact>('GET', `/contacts/${body.contactId}`)).body
}

t.test('a rejected row becomes a contact of its group, with its own number', async t => {
  const id = await importAll()
  const { status, body } = await repair(id, 3, { phone: '501 234 568' })
  t.equal(status, 200)
  t.match(body, { row: 3, outcome: 'created', contactId: /^\d+$/, issues: [] })
  t.equal(body.cells[1]!.value, '11', 'the file stays as it is')
  t.match(await contactOf(id, 3), {
    importId: id,
    rowNumber: 3,
    lastName: 'Zając',
    phone: '+48501234568',
    birthDate: '1990-03-04',
  })
  t.match(await rowsOf(id), { total: 5, created: 3, skipped: 1, rejected: 1 })
  t.match(await reconcile(service, id), { verdict: 'ok' })
  t.equal((await readOutcomes(url, id))[1]!.outcome, 'created')
  t.strictSame(await findFaults(service.database.adminUrl), [])
  t.match(await repair(id, 3, { phone: '501 234 569' }), {
    status: 409,
    body: { code: 'row-not-repairable' },
  })
})

t.test('a row that came in gets the value that was refused, and nothing else', async t => {
  const id = await importAll()
  t.match(await repair(id, 5, { email: 'c@example.com' }), {
    status: 409,
    body: { code: 'row-not-repairable', errors: [{ pointer: '/values/email' }] },
  })
  t.match(await repair(id, 5, { phone: '501 234 570' }), {
    status: 200,
    body: { outcome: 'created', issues: [] },
  })
  t.match(await contactOf(id, 5), { phone: '+48501234570', email: 'b@example.com' })
  const { body } = await service.call<Import>('GET', `/imports/${id}`)
  t.match(body, { rows: { created: 2, rejected: 2 }, findings: { blanked: 0 } })
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

t.test('values are refused as an import refuses them', async t => {
  const id = await importAll()
  const pl = { headers: { 'accept-language': 'pl' } }
  const wrong = await repair(id, 3, { phone: '12 3', email: 'd@example.com' }, pl)
  t.match(wrong, {
    status: 422,
    body: {
      code: 'row-invalid',
      errors: [{ pointer: '/values/phone', code: 'phone-invalid', detail: /^B3: „12 3” nie jest/ }],
    },
  })
  t.match(await repair(id, 3, { lastName: 'Zajączek' }), {
    status: 422,
    body: { code: 'row-invalid', errors: [{ pointer: '/values/phone', code: 'phone-invalid' }] },
  })
  t.match(await repair(id, 3, { city: 'Łódź', phone: '501234568' }), {
    status: 422,
    body: { code: 'row-field-unmapped', errors: [{ pointer: '/values/city' }] },
  })
  t.match(
    await repair(id, 3, { phone: null }),
    { status: 200, body: { outcome: 'created' } },
    'without it',
  )
  for (const values of [{}, { phone: 5 }, { phone: 'x'.repeat(40_000) }]) {
    t.match(await repair(id, 3, values), { status: 400, body: { code: 'request-invalid' } })
  }
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

t.test('with a key the same call is made once, whoever comes first', async t => {
  const id = await importAll()
  const headers = { 'idempotency-key': 'k1' }
  const values = { phone: '501234571', email: 'e@example.com' }
  const answers = await Promise.all([1, 2, 3].map(() => repair(id, 6, values, { headers })))
  for (const { status, body } of answers) t.match([status, body.outcome], [200, 'created'])
  t.match(await repair(id, 6, { email: 'e@example.com', phone: '501234571' }, { headers }), {
    status: 200,
  })
  t.match(await repair(id, 6, { phone: '501234572' }, { headers }), {
    status: 422,
    body: { code: 'idempotency-key-reused' },
  })
  t.match(await rowsOf(id), { created: 3, rejected: 1 })
  const twice = await Promise.all([1, 2].map(() => repair(id, 3, { phone: '501234573' })))
  t.strictSame(twice.map(({ status }) => status).sort(), [200, 409])
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

t.test('only rows of an import that stands still, and for those who may import', async t => {
  const id = await importAll()
  const values = { phone: '501234574' }
  t.match(await repair(id, 7, values), { status: 404, body: { code: 'row-unknown' } })
  t.match(await repair(id, 4, values), { status: 409, body: { reason: 'row-skipped' } })
  t.match(await repair(id, 3, values, { tenant: 'globex' }), {
    status: 404,
    body: { code: 'not-found' },
  })
  t.match(await repair(id, 3, values, { role: 'agent' }), { status: 403 })
  await service.call('DELETE', `/imports/${id}/rows/6`)
  t.match(await repair(id, 6, values), { status: 409, body: { reason: 'row-skipped' } })
  await queryOnce(
    service.database.adminUrl,
    `update imports set status = 'running', owner = 'x', lease_until = now() + interval '1 hour' where id = $1`,
    [id],
  )
  t.match(await repair(id, 3, values), { status: 409, body: { code: 'import-state-conflict' } })
  await queryOnce(
    service.database.adminUrl,
    `update imports set status = 'completed', owner = null, lease_until = null where id = $1`,
    [id],
  )
})
