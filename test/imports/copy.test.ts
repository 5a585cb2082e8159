/** An import that is over is copied: the same file, its mapping as the suggestion, and nothing of the one tied to the other. */
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import type { MappingSuggestion } from '../../src/contracts/mapping.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const { adminUrl } = service.database
const path = join(makeScratchFolder(t), 'Klienci.xlsx')
await writeSmallSheet(path, [
  ['Lista klientów'],
  ['Imię', 'Nazwisko', 'Telefon', 'Uwagi'],
  ['Jan', 'Żak', '501 000 001', 'xxx'],
  ['Ewa', 'Łoś', '501 000 002', 'stała'],
])
const mapping = {
  headerRow: 2,
  region: 'CZ',
  // The names are in each other's place: what the copy is for.
  columns: [
    { column: 1, field: 'lastName' },
    { column: 2, field: 'firstName' },
    { column: 4, field: 'notes' },
  ],
  emptyValues: ['xxx'],
  footers: 'import',
}

async function importOnce(): Promise<string> {
  const { id } = await service.upload(path, { name: 'Wiosna' })
  await service.call('PUT', `/imports/${id}/mapping`, { body: mapping })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  return id
}

const bytesOf = (id: string) =>
  queryOnce(
    adminUrl,
    'select number, md5(bytes) from file_chunks where import_id = $1 order by 1',
    [id],
  )

t.test('a copy is a new import of the same file, mapped as it is proposed', async t => {
  const id = await importOnce()
  const { status, body, headers } = await service.call<Import>('POST', `/imports/${id}/copy`)
  t.equal(status, 201)
  t.equal(headers.get('location'), `/v1/imports/${body.id}`)
  t.match(body, { name: 'Wiosna', status: 'uploaded', mapping: null })
  t.match(body.rows, { processed: 0, created: 0 })
  t.strictSame(await bytesOf(body.id), await bytesOf(id))

  // Another list of the same names that was started since then changes nothing.
  const other = await service.upload(path)
  const columns = [{ column: 3, field: 'phone' }]
  await service.call('PUT', `/imports/${other.id}/mapping`, { body: { headerRow: 2, columns } })
  await service.call('POST', `/imports/${other.id}/start`)

  const { body: suggestion } = await service.call<MappingSuggestion>(
    'GET',
    `/imports/${body.id}/mapping/suggestion`,
  )
  t.match(suggestion, { headerRow: 2, region: 'CZ', emptyValues: ['xxx'], footers: 'import' })
  t.strictSame(
    suggestion.columns.map(({ field }) => field),
    ['lastName', 'firstName', null, 'notes'],
  )
  await service.call('DELETE', `/imports/${id}`)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404);
  const answer = await service.call('PUT', `/imports/${body.id}/mapping`, { body: suggestion })
  t.match(answer, { status: 200, body: { headerRow: 2, emptyValues: ['xxx'] } })
  await service.call('POST', `/imports/${body.id}/start`)
  const { rows } = await service.waitFor(body.id, isCompleted)
  t.match(rows, { total: 2, created: 2 })
})

t.test('only what is over is copied, and only by its tenant', async t => {
  const { id } = await service.upload(path)
  t.match(await service.call('POST', `/imports/${id}/copy`), {
    status: 409,
    body: { code: 'import-state-conflict' },
  })
  const over = await importOnce()
  const foreign = await service.call('POST', `/imports/${over}/copy`, { tenant: 'globex' })
  t.equal(foreign.status, 404)
})

t.test('an import that is deleted meanwhile leaves no copy of a part', async t => {
  const id = await importOnce()
  const [before] = await queryOnce(adminUrl, 'select count(*)::int as imports from imports')
  await queryOnce(
    adminUrl,
    `create function wait() returns trigger language plpgsql as
    $$begin perform pg_sleep(1); return new; end$$`,
  )
  await queryOnce(
    adminUrl,
    'create trigger slow before insert on file_chunks for each row execute function wait()',
  )
  const copying = service.call('POST', `/imports/${id}/copy`)
  const waiting = `select from pg_stat_activity where wait_event = 'PgSleep'`
  while ((await queryOnce(adminUrl, waiting)).length === 0);
  t.equal((await service.call('DELETE', `/imports/${id}`)).status, 202)
  const { status } = await copying
  t.ok(status === 409 || status === 404, `refused with ${status}`)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404);
  const [after] = await queryOnce(adminUrl, 'select count(*)::int as imports from imports')
  t.equal(after!.imports, Number(before!.imports) - 1)
})
