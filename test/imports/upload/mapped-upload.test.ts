/** An upload that brings its mapping and starts: one call, of which all is kept or nothing. */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import type { MappingTemplate } from '../../../src/contracts/mapping-template.ts'
import type { Problem } from '../../../src/contracts/problem.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const path = join(folder, 'sklep.xlsx')
await writeSmallSheet(path, [
  ['Nazwisko', 'Kontakt'],
  ['Iks', '501000001'],
  ['Igrek', '501000002'],
])
/** So many names that it is certain that they are no phones. */
const longPath = join(folder, 'dluga.xlsx')
await writeSmallSheet(longPath, [
  ['Nazwisko', 'Kontakt'],
  ...Array.from({ length: 60 }, (_, at) => ['Iks', `5010000${10 + at}`]),
])
const mapping = { headerRow: true, columns: [{ column: 2, field: 'phone' }] }

async function upload(
  parts: Record<string, string>,
  headers: Record<string, string> = {},
  file = path,
) {
  const body = new FormData()
  for (const [name, value] of Object.entries(parts)) body.set(name, value)
  body.set('file', await openAsBlob(file), 'sklep.xlsx')
  return service.call<Import & Pick<Problem, 'code' | 'errors'>>('POST', '/imports', {
    body,
    headers,
  })
}

const events = (id: string) =>
  queryOnce(
    service.database.adminUrl,
    'select event from outbox where import_id = $1 order by seq',
    [id],
  )

t.test('one call imports by a template', async t => {
  const columns = [
    { name: 'kontakt', field: 'phone' },
    { name: 'Nazwisko', field: 'lastName' },
  ]
  const { body: template } = await service.call<MappingTemplate>('POST', '/mapping-templates', {
    body: { name: 'Sklep', columns },
  })
  for (const named of ['Sklep', template.id]) {
    const { status, body } = await upload({ template: named, start: 'true' })
    t.match([status, body.status], [201, 'queued'])
    const { rows } = await service.waitFor(body.id, isCompleted)
    t.match(rows, { total: 2, created: 2 })
    t.match(await events(body.id), [
      { event: 'uploaded' },
      { event: 'mapped' },
      { event: 'queued' },
    ])
    const contacts = await queryOnce(
      service.database.adminUrl,
      'select last_name as name, phone from contacts where import_id = $1 order by row_number',
      [body.id],
    )
    t.match(contacts, [{ name: 'Iks', phone: '+48501000001' }, { name: 'Igrek' }])
  }
})

t.test('without a start it is mapped', async t => {
  const { body } = await upload({ mapping: JSON.stringify(mapping) })
  t.match(body, { status: 'mapped', mapping, rows: { total: 2 } })
  t.match(await service.call('POST', `/imports/${body.id}/start`), { status: 202 })
  await service.waitFor(body.id, isCompleted)
})

t.test('a mapping that does not fit refuses the upload, and nothing is kept', async t => {
  const counted = () =>
    queryOnce(
      service.database.adminUrl,
      `select (select count(*)::int from imports) as imports,
        (select count(*)::int from file_chunks) as chunks, (select count(*)::int from outbox) as events`,
    )
  const before = await counted()
  const refused: [object, string, string][] = [
    [{ template: 'Nikt' }, 'template-unknown', '/mapping/template'],
    [{ headerRow: true }, 'request-invalid', '/mapping/columns'],
    [{ headerRow: true, columns: [] }, 'mapping-empty', '/mapping/columns'],
    [
      { ...mapping, columns: [{ column: 3, field: 'phone' }] },
      'mapping-unknown-column',
      '/mapping/columns/0',
    ],
  ]
  for (const [sent, code, pointer] of refused) {
    const { body } = await upload({ mapping: JSON.stringify(sent), start: 'true' })
    t.match(body, { code, errors: [{ pointer }] })
  }
  t.match((await upload({ mapping: JSON.stringify({ ...mapping, headerRow: 3 }) })).body, {
    code: 'mapping-no-rows',
  })
  const names = { headerRow: true, columns: [{ column: 1, field: 'phone' }] }
  const implausible = { mapping: JSON.stringify(names), start: 'true' }
  t.match((await upload(implausible, {}, longPath)).body, { code: 'mapping-implausible' })
  t.match((await upload({ template: 'Nikt' })).body, {
    code: 'template-unknown',
    errors: [{ pointer: '/template' }],
  })
  t.strictSame(await counted(), before)
})

t.test('the same call once more under its key makes and starts nothing new', async t => {
  const parts = { mapping: JSON.stringify(mapping), start: 'true' }
  const key = { 'idempotency-key': 'once' }
  const answers = await Promise.all([upload(parts, key), upload(parts, key)])
  const ids = new Set(answers.map(({ body }) => body.id))
  t.equal(ids.size, 1)
  const [id] = ids
  await service.waitFor(id!, isCompleted)
  t.equal((await upload(parts, key)).body.status, 'completed')
  t.equal((await events(id!)).filter(({ event }) => event === 'queued').length, 1)
})
