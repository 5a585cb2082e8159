/** Templates keep a mapping by the names of its columns, and map every later list that has columns of these names. */
import { join } from 'node:path'
import t from 'tap'
import type { ContactFieldList, ContactPage } from '../../src/contracts/contact.ts'
import type { MappingAnswer } from '../../src/contracts/mapping.ts'
import type { MappingTemplate, MappingTemplatePage } from '../../src/contracts/mapping-template.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import { templateBytesMax, templatesPerTenant } from '../../src/limits.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const columns = [
  { name: 'Nazwisko', field: 'lastName' },
  { name: 'Kontakt', field: 'phone' },
]

let files = 0
async function upload(rows: readonly SheetValue[][], tenant = 'acme') {
  const path = join(folder, `${++files}.xlsx`)
  await writeSmallSheet(path, rows)
  return (await service.upload(path, { tenant })).id
}

const create = (body: object, tenant = 'acme') =>
  service.call<MappingTemplate>('POST', '/mapping-templates', { body, tenant })

const put = (id: string, body: object, tenant = 'acme') =>
  service.call<MappingAnswer & Problem>('PUT', `/imports/${id}/mapping`, { body, tenant })

t.test('a template maps a later list with other places of columns, and its rows land', async t => {
  const { body: template } = await create({
    name: ' Sklep ',
    columns,
    region: 'PL',
    emptyValues: ['xxx'],
  })
  t.match(template, { name: 'Sklep', columns, createdBy: 'anna', changedAt: null })
  const id = await upload([
    ['Raport dzienny'],
    [],
    ['Lp.', 'KONTAKT', 'Miasto', 'Nazwisko'],
    [1, '501 000 001', 'Łódź', 'Żak'],
    [2, '501 000 002', 'Łódź', 'xxx'],
  ])
  const mapped = await put(id, { template: template.id })
  t.match(mapped, { status: 200 }, JSON.stringify(mapped.body))
  t.strictSame(mapped.body.columns, [
    { column: 4, field: 'lastName' },
    { column: 2, field: 'phone' },
  ])
  t.match(mapped.body, { headerRow: 3, region: 'PL', emptyValues: ['xxx'] })
  t.notOk('template' in mapped.body, 'what is kept is the mapping itself')
  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  const { rows } = await service.waitFor(id, isCompleted)
  t.match(rows, { total: 2, created: 2, rejected: 0 })
  const contacts = await service.call<ContactPage>('GET', `/contacts?importId=${id}`)
  t.strictSame(
    contacts.body.items.map(({ lastName, phone }) => [lastName, phone]).toSorted(),
    [
      [null, '+48501000002'],
      ['Żak', '+48501000001'],
    ].toSorted(),
  )
})

t.test('the body goes before the template; the template may be called by its name', async t => {
  const { body: template } = await create({
    name: 'Targi',
    columns,
    headerRow: true,
    invalidValues: 'reject',
    footers: 'import',
  })
  const id = await upload([
    ['Nazwisko', 'Kontakt', 'Komórka'],
    ['Iks', '501000001', '601000001'],
  ])
  const byName = await put(id, { template: 'Targi', footers: 'skip' })
  t.match(byName.body, { headerRow: true, invalidValues: 'reject', footers: 'skip' })
  const own = [{ column: 3, field: 'phone' }]
  t.strictSame((await put(id, { template: template.id, columns: own })).body.columns, own)
  t.match(await put(id, { template: template.id, headerRow: 2 }), {
    status: 422,
    body: { code: 'template-column-missing' },
  })
})

t.test('columns that the sheet lacks are told, all of them, and nothing is mapped', async t => {
  const { body: template } = await create({ name: 'Braki', columns })
  const id = await upload([
    ['Imię', 'Telefon'],
    ['Jan', '501000001'],
  ])
  const { status, body } = await put(id, { template: template.id })
  t.match({ status, code: body.code }, { status: 422, code: 'template-column-missing' })
  t.match(body.errors, [
    { detail: /"Nazwisko" in row 1 of the sheet Arkusz1/ },
    { detail: /"Kontakt"/ },
  ])
  t.match(await service.call('GET', `/imports/${id}`), { body: { status: 'uploaded' } })
  for (const name of ['Nikt', '9'.repeat(18), '1'.repeat(30)]) {
    const unknown = await put(id, { template: name })
    t.match(unknown, { status: 422, body: { code: 'template-unknown' } }, name)
  }
  const nothing = await put(id, {})
  t.match(nothing.body, {
    code: 'request-invalid',
    errors: [{ pointer: '/headerRow' }, { pointer: '/columns' }],
  })
})

t.test('a template is replaced, renamed and deleted; what it mapped stays', async t => {
  const { body: first } = await create({ name: 'Pierwszy', columns })
  const { body: other } = await create({ name: 'Drugi', columns })
  const path = `/mapping-templates/${first.id}`
  const id = await upload([
    ['Nazwisko', 'Kontakt'],
    ['Iks', '501000001'],
  ])
  await put(id, { template: first.id })
  t.match(await create({ name: 'Drugi', columns }), {
    status: 409,
    body: { code: 'template-name-taken' },
  })
  t.match(await service.call('PUT', path, { body: { name: 'Drugi', columns } }), {
    status: 409,
    body: { code: 'template-name-taken' },
  })
  const renamed = await service.call<MappingTemplate>('PUT', path, {
    body: { name: 'Nowy', columns: columns.slice(1) },
  })
  t.match(renamed.body, { id: first.id, name: 'Nowy', changedBy: 'anna', changedAt: /Z$/ })
  t.strictSame((await service.call<MappingTemplate>('GET', path)).body, renamed.body)
  t.equal((await service.call('DELETE', path)).status, 204)
  for (const method of ['GET', 'DELETE']) t.equal((await service.call(method, path)).status, 404)
  t.equal((await service.call('PUT', path, { body: { name: 'Nowy', columns } })).status, 404)
  const kept = await service.call<MappingAnswer>('GET', `/imports/${id}/mapping`)
  t.equal(kept.body.columns.length, 2)
  const page = await service.call<MappingTemplatePage>('GET', '/mapping-templates?limit=1')
  t.strictSame(
    page.body.items.map(item => item.id),
    [other.id],
  )
  const next = `/mapping-templates?limit=1&cursor=${page.body.nextCursor}`
  t.match((await service.call('GET', next)).body, { items: [{ name: 'Braki' }] })
})

t.test('what no mapping may say, no template may', async t => {
  const refused: [object, string, string][] = [
    [{ columns: [] }, 'mapping-empty', '/columns'],
    [{ columns: [{ name: 'a', field: 'shoe' }] }, 'mapping-unknown-field', '/columns/0'],
    [{ columns: [columns[0], columns[0]] }, 'mapping-field-twice', '/columns/1'],
    [{ columns, required: ['email'] }, 'mapping-required-unmapped', '/required/0'],
    [{ columns, region: 'XX' }, 'mapping-unknown-region', '/region'],
  ]
  for (const [body, code, pointer] of refused) {
    t.match(await create({ name: 'Nie', ...body }), {
      status: 422,
      body: { code, errors: [{ pointer, code }] },
    })
  }
})

t.test('a tenant has so many templates, and no large ones', async t => {
  const { body: fields } = await service.call<ContactFieldList>('GET', '/contact-fields')
  const large = fields.items.map(({ key }) => ({ name: '名'.repeat(1_000), field: key }))
  const answer = await create({ name: 'Duży', columns: large }, 'full')
  t.ok(JSON.stringify(large).length < templateBytesMax, 'bytes count, not characters')
  t.match(answer, { status: 422, body: { code: 'template-too-large' } })
  await queryOnce(
    service.database.adminUrl,
    `insert into mapping_templates (tenant_id, name, content, created_by)
    select 'full', 'Szablon ' || n, '{"columns": []}', 'anna' from generate_series(1, $1::int) n`,
    [templatesPerTenant - 1],
  )
  const tries = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async name => {
      const { status, body } = await create({ name, columns }, 'full')
      return status === 201 ? 'kept' : (body as unknown as Problem).code
    }),
  )
  t.strictSame(tries.toSorted(), ['kept', ...Array(3).fill('templates-too-many')])
  t.equal((await create({ name: 'e', columns }, 'other')).status, 201, 'of others none counts')
})

t.test("another tenant's templates are unknown", async t => {
  const { body: template } = await create({ name: 'Tylko nasz', columns })
  const id = await upload(
    [
      ['Nazwisko', 'Kontakt'],
      ['Iks', '501000001'],
    ],
    'globex',
  )
  for (const named of [template.id, 'Tylko nasz']) {
    t.match(await put(id, { template: named }, 'globex'), {
      status: 422,
      body: { code: 'template-unknown' },
    })
  }
  t.equal((await create({ name: 'Tylko nasz', columns }, 'globex')).status, 201)
})
