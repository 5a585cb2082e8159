/** Single rows of an import, against real servers: read as they stand in the file, and rejected ones that nobody wants. */
import { join } from 'node:path'
import t from 'tap'
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
]

/** Row 2 is whole, rows 3 and 6 are rejected, row 4 is empty, row 5 comes in without its phone. */
async function begin(): Promise<string> {
  const path = await writeSmallSheet(join(folder, 'kontakty.xlsx'), [
    ['Nazwisko', 'Telefon', 'E-mail', 'Inne'],
    ['Nowak', 501234567, 'a@example.com', new Date('2026-01-31')],
    ['Zając', '11', null, '=1+1'],
    [],
    ['Lis', '12', 'b@example.com', true],
    ['Wilk', '34', null, 'x'.repeat(5_000)],
  ])
  const { id } = await service.upload(path)
  return id
}

async function importAll(): Promise<string> {
  const id = await begin()
  const mapping = { headerRow: true, columns, force: true }
  await service.call('PUT', `/imports/${id}/mapping`, { body: mapping })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  return id
}

const read = (id: string, row: number | string, options = {}) =>
  service.call<ImportedRow & { code: string; detail: string }>(
    'GET',
    `/imports/${id}/rows/${row}`,
    options,
  )

const discard = (id: string, row: number | string, headers = {}, options = {}) =>
  service.call<{ code: string } | undefined>('DELETE', `/imports/${id}/rows/${row}`, {
    headers,
    ...options,
  })

const id = await importAll()

t.test('a row as it stands in the file, and what became of it', async t => {
  const { status, body } = await read(id, 3, { headers: { 'accept-language': 'pl' } })
  t.equal(status, 200)
  t.match(body, {
    row: 3,
    outcome: 'rejected',
    issues: [{ row: 3, column: 2, cell: 'B3', code: 'phone-invalid', message: /nie jest numerem/ }],
    discarded: null,
  })
  t.notOk('contactId' in body)
  t.strictSame(body.cells, [
    { cell: 'A3', column: 1, name: 'Nazwisko', type: 'string', value: 'Zając', field: 'lastName' },
    { cell: 'B3', column: 2, name: 'Telefon', type: 'string', value: '11', field: 'phone' },
    { cell: 'C3', column: 3, name: 'E-mail', type: null, value: null, field: 'email' },
    { cell: 'D3', column: 4, name: 'Inne', type: 'string', value: '=1+1', field: null },
  ])
  const whole = (await read(id, 2)).body
  t.match(whole, { outcome: 'created', contactId: /^\d+$/, issues: [] })
  t.strictSame(
    whole.cells.map(({ type, value }) => [type, value]),
    [
      ['string', 'Nowak'],
      ['number', '501234567'],
      ['string', 'a@example.com'],
      ['date', '2026-01-31'],
    ],
  )
  t.match((await read(id, 4)).body, { outcome: 'skipped', issues: [] })
  t.match((await read(id, 5)).body, { outcome: 'created', issues: [{ outcome: 'blanked' }] })
  t.match((await read(id, 6)).body.cells[3], { isCut: true, value: /^x{4096}$/ })
})

t.test('rows that are none, and imports that are not there', async t => {
  for (const row of [1, 7, 1_048_577]) {
    t.match(await read(id, row), {
      status: 404,
      body: { code: 'row-unknown', detail: 'The import has the rows 2 to 6 of its sheet.' },
    })
    t.match(await discard(id, row), { status: 404, body: { code: 'row-unknown' } })
  }
  for (const row of ['0', 'x', '-1', '12345678']) {
    t.match(await read(id, row), { status: 404, body: { code: 'not-found' } }, row)
  }
  const unknown = '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02'
  for (const call of [
    read,
    (of: string, row: number, options: object) => discard(of, row, {}, options),
  ]) {
    t.match(await call(unknown, 3, {}), { status: 404, body: { code: 'not-found' } })
    t.match(await call(id, 3, { tenant: 'globex' }), { status: 404, body: { code: 'not-found' } })
    t.match(await call(id, 3, { role: 'agent' }), { status: 403, body: { code: 'role-forbidden' } })
  }
  const unmapped = await begin()
  t.match(await read(unmapped, 3), { status: 409, body: { code: 'mapping-missing' } })
  t.match(await discard(unmapped, 2), { status: 409, body: { code: 'import-state-conflict' } })
})

t.test('a rejected row that nobody wants is skipped, and all counts with it', async t => {
  const id = await importAll()
  t.equal((await discard(id, 3)).status, 204)
  const { body } = await service.call<Import>('GET', `/imports/${id}`)
  t.match(body, { status: 'completed', result: 'some' })
  t.match(body.rows, { total: 5, created: 2, skipped: 2, rejected: 1, remaining: 0 })
  t.match((await read(id, 3)).body, {
    outcome: 'skipped',
    issues: [],
    discarded: { by: 'anna', at: /^\d{4}-.*Z$/ },
  })
  t.strictSame(
    (await readOutcomes(url, id)).map(({ outcome }) => outcome),
    ['created', 'skipped', 'skipped', 'created', 'rejected'],
  )
  t.match(await reconcile(service, id), { verdict: 'ok', counted: { skipped: 2, rejected: 1 } })
  const events = await queryOnce(
    service.database.adminUrl,
    `select event, actor, payload -> 'rows' ->> 'rejected' as rejected from outbox
    where import_id = $1 order by seq desc limit 1`,
    [id],
  )
  t.strictSame(events, [{ event: 'corrected', actor: 'anna', rejected: '1' }])
  const { body: findings } = await service.call<{ items: { outcome: string; count: number }[] }>(
    'GET',
    `/imports/${id}/findings`,
  )
  t.match(
    findings.items.filter(({ outcome }) => outcome === 'rejected'),
    [{ count: 1 }],
  )
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

t.test('saying it again changes nothing, with a key or without', async t => {
  const id = await importAll()
  const key = { 'idempotency-key': 'k1' }
  const answers = await Promise.all([discard(id, 3), discard(id, 3), discard(id, 3, key)])
  t.strictSame(
    answers.map(({ status }) => status),
    [204, 204, 204],
  )
  t.equal((await discard(id, 3, key)).status, 204)
  t.match(await discard(id, 6, key), { status: 422, body: { code: 'idempotency-key-reused' } })
  t.equal((await discard(id, 6)).status, 204)
  t.match(await discard(id, 6, { 'idempotency-key': 'ż' }).catch(() => null), null)
  const { body } = await service.call<Import>('GET', `/imports/${id}`)
  t.match(body.rows, { created: 2, skipped: 3, rejected: 0 })
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

t.test('only of rows that were rejected, and while the import stands still', async t => {
  const id = await importAll()
  for (const row of [2, 4, 5]) {
    t.match(
      await discard(id, row),
      { status: 409, body: { code: 'row-not-rejected' } },
      `row ${row}`,
    )
  }
  const key = { 'idempotency-key': 'k2' }
  t.equal((await discard(id, 2, key)).status, 409)
  t.equal((await discard(id, 3, key)).status, 204, 'a key of a call that changed nothing is free')
  await queryOnce(
    service.database.adminUrl,
    `update imports set status = 'running', owner = 'x', lease_until = now() + interval '1 hour' where id = $1`,
    [id],
  )
  t.match(await discard(id, 6), { status: 409, body: { code: 'import-state-conflict' } })
  t.equal((await discard(id, 3, key)).status, 204, 'what was done is told in any state')
  await queryOnce(
    service.database.adminUrl,
    `update imports set status = 'completed', owner = null, lease_until = null where id = $1`,
    [id],
  )
})
