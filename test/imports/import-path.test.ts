import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Import, ImportPage, Preview } from '../../src/contracts/import.ts'
import type { MappingAnswer } from '../../src/contracts/mapping.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { expectedLines, firstDifference, importedLines } from '../support/sample-contacts.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { addsUp, isCompleted, startTestService } from '../support/service.ts'

const service = await startTestService(t)
const folder = makeScratchFolder(t)
const small = join(folder, 'Klienci ąę.xlsx')
const large = join(folder, 'large.xlsx')
await writeContactSheet(small, { rows: 500, strings: 'inline' })
await writeContactSheet(large, { rows: 60_000, strings: 'shared', seed: 7 })

t.test('a sheet goes from upload to contacts, every value as in the source', async t => {
  const uploaded = await service.upload(large)
  t.match(uploaded, {
    name: 'large',
    status: 'uploaded',
    rows: { total: 60_000, processed: 0, created: 0, remaining: 60_000 },
    mapping: null,
    createdBy: 'anna',
  })
  await service.mapAndStart(uploaded.id)
  const completed = await service.waitFor(uploaded.id, state => {
    t.ok(addsUp(state), 'the ledger adds up at every look')
    if (state.status !== 'completed') t.ok(state.progress.percent < 100)
    return isCompleted(state)
  })
  t.match(completed, { rows: { created: 60_000, remaining: 0 }, progress: { percent: 100 } })
  t.same(
    firstDifference(expectedLines(60_000, 7), await importedLines(service, uploaded.id)),
    undefined,
  )
  t.same(readdirSync(join(service.scratchDir, readdirSync(service.scratchDir)[0]!)), [])
})

t.test('names, previews and mappings before the start', async t => {
  const { id, name } = await service.upload(small)
  t.equal(name, 'Klienci ąę', 'the name defaults to the file name without its extension')
  const preview = await service.call<Preview>('GET', `/imports/${id}/preview?rows=3`)
  t.match(preview.body.columns[0], { column: 1, letter: 'A', name: 'Imię' })
  t.equal(preview.body.rows.length, 3)
  const numbered = await service.call<Preview>('GET', `/imports/${id}/preview?headerRow=false`, {
    headers: { 'accept-language': 'pl' },
  })
  t.equal(numbered.body.columns[1]!.name, 'Kolumna 2')
  t.equal(numbered.body.rows.length, 7, 'seven rows unless told otherwise')
  t.equal(numbered.body.rows[0]![0], 'Imię')

  const put = (body: object) =>
    service.call<MappingAnswer>('PUT', `/imports/${id}/mapping`, { body })
  const refused = [
    [[], 'mapping-empty'],
    [
      [
        { column: 1, field: 'phone' },
        { column: 2, field: 'phone' },
      ],
      'mapping-field-twice',
    ],
    [[{ column: 1, field: 'shoeSize' }], 'mapping-unknown-field'],
    [[{ column: 13, field: 'phone' }], 'mapping-unknown-column'],
  ] as const
  for (const [columns, code] of refused) {
    const { status, body } = await put({ headerRow: true, columns })
    t.match({ status, body }, { status: 422, body: { code } })
  }
  const unstarted = await service.call<object>('POST', `/imports/${id}/start`)
  t.match(unstarted, { status: 409, body: { code: 'mapping-missing' } })
  const first = await put({ headerRow: true, columns: [{ column: 4, field: 'phone' }] })
  t.equal(first.status, 200)
  t.notOk(first.body.unmappedFields.includes('phone'))
  t.ok(first.body.unmappedFields.includes('email'))
  const second = await put({ headerRow: false, columns: [{ column: 1, field: 'lastName' }] })
  t.match(second.body, {
    region: 'PL',
    duplicates: 'create',
    invalidValues: 'blank',
    trunkZero: 'reject',
  })
  const mapped = await service.call<Import>('GET', `/imports/${id}`)
  t.match(mapped.body, { status: 'mapped', rows: { total: 501 } })
})

t.test('three imports run at once and all are visible', async t => {
  const uploads = []
  for (let index = 0; index < 3; index += 1) uploads.push(await service.upload(large))
  for (const { id } of uploads) await service.mapAndStart(id)
  const seen = new Set<string>()
  let together = 0
  while (seen.size < 3 || together < 2) {
    const { body } = await service.call<ImportPage>('GET', '/imports?limit=3')
    const running = body.items.filter(({ status }) => status === 'running')
    together = Math.max(together, running.length)
    for (const item of body.items) {
      if (item.rows.processed > 0 && item.status === 'running') seen.add(item.id)
    }
    if (body.items.every(isCompleted)) break
  }
  t.ok(together >= 2, `${together} were seen running together`)
  for (const { id } of uploads) {
    const { rows } = await service.waitFor(id, isCompleted)
    t.equal(rows.created, 60_000)
  }
})

t.test('cancel keeps what is in, start continues, delete removes all', async t => {
  const { id } = await service.upload(large)
  await service.mapAndStart(id)
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  const { body: cancelled } = await service.call<Import>('POST', `/imports/${id}/cancel`)
  t.equal(cancelled.status, 'cancelled')
  t.ok(addsUp(cancelled))
  const count = async () =>
    Number(
      (
        await queryOnce(
          service.database.adminUrl,
          'select count(*) as n from contacts where import_id = $1',
          [id],
        )
      )[0]!.n,
    )
  t.equal(await count(), cancelled.rows.created, 'the answer counts exactly what is in')
  await service.call('POST', `/imports/${id}/start`)
  const completed = await service.waitFor(id, isCompleted)
  t.match(completed.rows, { created: 60_000, remaining: 0 })
  t.same(firstDifference(expectedLines(60_000, 7), await importedLines(service, id)), undefined)

  const again = await service.call('POST', `/imports/${id}/cancel`)
  t.match(again, { status: 409, body: { code: 'import-state-conflict' } })
  t.equal((await service.call('DELETE', `/imports/${id}`)).status, 202)
  t.match((await service.call(`GET`, `/contacts?importId=${id}`)).body, { items: [] })
  while ((await service.call('GET', `/imports/${id}`)).status !== 404) {}
  t.equal(await count(), 0)
  const [left] = await queryOnce(
    service.database.adminUrl,
    `select (select count(*) from file_chunks where import_id = $1) as chunks,
      (select event from outbox where import_id = $1 order by seq desc limit 1) as event`,
    [id],
  )
  t.same(left, { chunks: '0', event: 'deleted' })
})
