/** Corrections by upload against a real service: recognised, mapped as their original, run, and counted once. */
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import type { Assignment, Campaign } from '../../src/contracts/campaign.ts'
import type { ContactPage } from '../../src/contracts/contact.ts'
import type { FindingList } from '../../src/contracts/findings.ts'
import type { Import, ImportPage, RowIssuePage } from '../../src/contracts/import.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { type CorrectedSheet, writeCorrectedSheet } from '../support/corrected-sheet.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { readOutcomes, reconcile } from '../support/outcome-reader.ts'
import { queryOnce } from '../support/query.ts'
import {
  correctedLongRows,
  faultyColumns,
  writeFaultySheet,
  writeLongFaultySheet,
} from '../support/repairs.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, secret, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t)
const { adminUrl } = service.database
const folder = makeScratchFolder(t)
const path = await writeFaultySheet(join(folder, 'lista.xlsx'))

async function bring(): Promise<string> {
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: faultyColumns })
  await service.waitFor(id, isCompleted)
  return id
}

interface Sending {
  readonly sheet: CorrectedSheet
  readonly parts?: Record<string, string>
  readonly tenant?: string
}

let sheets = 0

async function send({ sheet, parts = {}, tenant = 'acme' }: Sending) {
  const file = writeCorrectedSheet(join(folder, `poprawki-${(sheets += 1)}.xlsx`), sheet)
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.set(name, value)
  form.set('file', await openAsBlob(file), 'poprawki.xlsx')
  return service.call<Import & { code: string }>('POST', '/imports', { body: form, tenant })
}

async function correct(
  id: string,
  rows: CorrectedSheet['rows'],
  names?: readonly string[],
): Promise<Import> {
  const { status, body } = await send({ sheet: { corrects: id, rows, ...(names && { names }) } })
  if (status !== 201) throw new Error(JSON.stringify(body))
  const { status: started } = await service.call('POST', `/imports/${body.id}/start`)
  if (started !== 202) throw new Error(`start: ${started}`)
  return service.waitFor(body.id, isCompleted)
}

const readImport = async (id: string) => (await service.call<Import>('GET', `/imports/${id}`)).body
const findingsOf = async (id: string) =>
  (await service.call<FindingList>('GET', `/imports/${id}/findings`)).body.items
const issuesOf = async (id: string) =>
  (await service.call<RowIssuePage>('GET', `/imports/${id}/issues`)).body.items

async function isWhole(t: Test, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    t.match(await reconcile(service, id), { verdict: 'ok', missing: 0, surplus: 0 }, id)
  }
  t.strictSame(await findFaults(adminUrl), [])
}

const right = ['Kowal', '601 123 459', null, null, null]

t.test('a corrected list brings its rows into the group of its original', async t => {
  const id = await bring()
  const { status, body: uploaded } = await send({
    sheet: {
      corrects: id,
      rows: [
        { row: 3, texts: right },
        { row: '6', texts: ['Zając', 'brak 6', 'zajac@example.com', null, null] },
        { row: 4, texts: ['Lis', 'brak 44', 'lis@example.com', null, 'dzwonić po 16'] },
        { row: 7, texts: ['Wilk', '601 123 457', 'wilk@example.com', '99.99.9999', null] },
        { row: 2, texts: ['Nowak', '601 123 450', null, null, null] },
        { row: 5, texts: ['Nikt', '601 123 499', null, null, null] },
        { row: 77, texts: ['Obcy', '601 123 498', null, null, null] },
        { row: 'abc', texts: ['Obcy', '601 123 498', null, null, null] },
        { row: 6, texts: [null, null, null, null, null] },
      ],
    },
  })
  t.equal(status, 201)
  t.match(uploaded, { kind: 'correction', corrects: id, status: 'mapped', rows: { total: 9 } })
  t.match(uploaded.mapping, {
    headerRow: true,
    columns: faultyColumns.map(({ column, field }) => ({ column: column + 1, field })),
  })
  await service.call('POST', `/imports/${uploaded.id}/start`)
  const done = await service.waitFor(uploaded.id, isCompleted)
  t.match(done, {
    rows: { created: 2, updated: 1, rejected: 1, skipped: 5, remaining: 0 },
    findings: { blanked: 2 },
    result: 'some',
  })
  t.match(await readImport(id), {
    kind: 'import',
    corrects: null,
    status: 'completed',
    rows: { created: 6, rejected: 0, skipped: 1 },
    findings: { blanked: 3 },
  })
  const contacts = await queryOnce(
    adminUrl,
    'select row_number, last_name, phone, email from contacts where import_id = $1 order by 1',
    [id],
  )
  t.match(contacts, [
    { row_number: 2 },
    { row_number: 3, last_name: 'Kowal', phone: '+48601123459' },
    { row_number: 4, phone: null },
    { row_number: 6, email: 'zajac@example.com', phone: null },
    { row_number: 7, email: 'wilk@example.com' },
    { row_number: 8 },
  ])
  const outcomes = await readOutcomes(service.url, uploaded.id)
  t.match(outcomes, [
    { row: 2, outcome: 'created', contactId: /^\d+$/, codes: [] },
    { row: 3, outcome: 'created', codes: ['phone-invalid'] },
    { row: 4, outcome: 'rejected', codes: ['phone-invalid'] },
    { row: 5, outcome: 'updated', codes: ['date-invalid'] },
    { row: 6, outcome: 'skipped', codes: ['row-whole'] },
    { row: 7, outcome: 'skipped', codes: ['row-skipped'] },
    { row: 8, outcome: 'skipped', codes: ['row-unknown'] },
    { row: 9, outcome: 'skipped', codes: ['row-unknown'] },
    { row: 10, outcome: 'skipped', codes: ['row-unchanged'] },
  ])
  t.match(await issuesOf(uploaded.id), [
    { row: 3, cell: 'C3', outcome: 'blanked' },
    { row: 4, cell: 'C4', outcome: 'rejected', value: 'brak 44' },
    { row: 5, cell: 'E5', outcome: 'blanked' },
  ])
  t.match(await issuesOf(id), [
    { row: 4, cell: 'B4', value: 'brak 4' },
    { row: 6, cell: 'B6', outcome: 'blanked', value: 'brak 6' },
    { row: 7, cell: 'D7' },
  ])
  await isWhole(t, id, uploaded.id)

  const { body: page } = await service.call<ContactPage>('GET', `/contacts?importId=${uploaded.id}`)
  t.strictSame(page.items, [], 'a correction is no group of its own')
  const { body: list } = await service.call<ImportPage>('GET', '/imports')
  t.match(list.items, [
    { id: uploaded.id, kind: 'correction' },
    { id, kind: 'import' },
  ])
  const events = await queryOnce(
    adminUrl,
    `select event, payload->>'kind' as kind from outbox where import_id = any($1) order by position`,
    [[id, uploaded.id]],
  )
  t.match(events.slice(-2), [
    { event: 'corrected', kind: 'import' },
    { event: 'completed', kind: 'correction' },
  ])
})

t.test(
  'a downloaded sheet of faulty rows is recognised, and repairs nothing as it stands',
  async t => {
    const id = await bring()
    const token = await signToken(secret, {
      tenant: 'acme',
      roles: ['manager'],
      subject: 'anna',
      ttlSeconds: 600,
    })
    const sheet = await fetch(`${service.url}/v1/imports/${id}/issues.xlsx`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const form = new FormData()
    form.set('file', await sheet.blob(), 'bledy.xlsx')
    const { body } = await service.call<Import>('POST', '/imports', { body: form })
    t.match(body, { kind: 'correction', corrects: id, status: 'mapped' })
    await service.call('POST', `/imports/${body.id}/start`)
    const done = await service.waitFor(body.id, isCompleted)
    t.match(done, { rows: { total: 4, created: 0, updated: 0, rejected: 4 }, result: 'none' })
    t.match(await readImport(id), { rows: { created: 4, rejected: 2 } })
    await isWhole(t, id, body.id)
  },
)

t.test('the same list twice, and two at once: each row once', async t => {
  const id = await bring()
  const rows = [
    { row: 3, texts: right },
    { row: 4, texts: ['Lis', '601 123 470', null, null, null] },
    { row: 6, texts: right },
  ]
  const both = await Promise.all([correct(id, rows), correct(id, rows)])
  const sum = (count: 'created' | 'updated' | 'skipped') =>
    both.reduce((total, { rows }) => total + rows[count], 0)
  t.strictSame([sum('created'), sum('updated'), sum('skipped')], [2, 1, 3])
  const again = await correct(id, rows)
  t.match(again, { rows: { created: 0, updated: 0, skipped: 3 }, result: 'none' })
  const outcomes = await readOutcomes(service.url, again.id)
  t.ok(outcomes.every(({ codes }) => codes[0] === 'row-repaired-before'))
  t.match(await readImport(id), { rows: { created: 6, rejected: 0 } })
  await isWhole(t, id, again.id, ...both.map(({ id }) => id))
})

t.test('an upload names its original, or is a plain import', async t => {
  const id = await bring()
  const rows = [{ row: 3, texts: right }]
  const named = await send({ sheet: { rows }, parts: { corrects: id, start: 'true' } })
  t.match(named, { status: 201, body: { kind: 'correction', corrects: id, status: 'queued' } })
  await service.waitFor(named.body.id, isCompleted)
  await isWhole(t, id, named.body.id)

  const unknown = '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02'
  t.match(await send({ sheet: { rows }, parts: { corrects: unknown } }), {
    status: 422,
    body: { code: 'correction-original-unknown' },
  })
  t.match(await send({ sheet: { rows }, parts: { corrects: 'ten tam' } }), { status: 400 })
  t.match(await send({ sheet: { rows }, parts: { corrects: id, template: 'x' } }), { status: 400 })
  t.match(
    await send({ sheet: { rows }, parts: { corrects: named.body.id } }),
    { status: 422, body: { code: 'correction-original-unknown' } },
    'a correction is not corrected itself',
  )
  const { body: unstarted } = await service.call<Import>('POST', `/imports/${id}/copy`)
  t.match(
    await send({ sheet: { rows, corrects: unstarted.id } }),
    { status: 201, body: { kind: 'import', warnings: [{ code: 'correction-original-unknown' }] } },
    'nothing of it was imported yet',
  )
  for (const tenant of ['acme', 'globex']) {
    const corrects = tenant === 'acme' ? unknown : id
    const plain = await send({ sheet: { rows, corrects }, tenant })
    t.match(plain, {
      status: 201,
      body: {
        kind: 'import',
        corrects: null,
        status: 'uploaded',
        warnings: [{ code: 'correction-original-unknown', sheet: 'Sheet1', message: /group/ }],
      },
    })
  }
  const mapping = JSON.stringify({ headerRow: true, columns: [{ column: 2, field: 'lastName' }] })
  const mapped = await send({ sheet: { rows, corrects: id }, parts: { mapping } })
  t.match(mapped, { status: 201, body: { kind: 'import', status: 'mapped', warnings: [] } })
  const broken = await send({ sheet: { rows, properties: '<Properties><broken' } })
  t.match(
    broken,
    { status: 201, body: { kind: 'import' } },
    'no file is refused for its properties',
  )
})

t.test('a list that is not that of its original is refused', async t => {
  const id = await bring()
  const unnumbered = ['Kowal', 'Lis'].map(row => ({ row, texts: right }))
  t.match(await send({ sheet: { corrects: id, rows: unnumbered } }), {
    status: 422,
    body: { code: 'correction-rows-missing' },
  })
  t.match(
    await send({
      sheet: {
        corrects: id,
        rows: [{ row: 3, texts: right }],
        names: ['Nazwisko', 'Telefon', 'Uwagi', 'Data urodzenia', 'Notatki'],
      },
    }),
    {
      status: 422,
      body: { code: 'correction-columns-differ', detail: /Column D .*Uwagi.*E-mail/ },
    },
  )
  t.match(await send({ sheet: { corrects: id, rows: [] } }), {
    status: 422,
    body: { code: 'mapping-no-rows' },
  })
})

t.test('what a correction cannot do is refused with its reason', async t => {
  const id = await bring()
  const { body: correction } = await send({
    sheet: { corrects: id, rows: [{ row: 3, texts: right }] },
  })
  t.match(
    await service.call('PUT', `/imports/${correction.id}/mapping`, {
      body: { headerRow: true, columns: faultyColumns },
    }),
    { status: 409, body: { code: 'correction-mapping-fixed' } },
  )
  t.match(await service.call('POST', `/imports/${correction.id}/validate`), {
    status: 409,
    body: { code: 'correction-without-validation' },
  })
  await queryOnce(adminUrl, `update imports set status = 'running' where id = $1`, [id])
  t.match(await service.call('POST', `/imports/${correction.id}/start`), {
    status: 409,
    body: { code: 'correction-original-moving' },
  })
  await queryOnce(adminUrl, `update imports set status = 'cancelled' where id = $1`, [id])
  await service.call('POST', `/imports/${correction.id}/start`)
  await service.waitFor(correction.id, isCompleted)
  t.match(await readImport(id), { rows: { created: 5, rejected: 1 } })
  const { body } = await service.call<Campaign>('POST', '/campaigns', { body: { name: 'lato' } })
  t.match(
    await service.call('POST', `/campaigns/${body.id}/assignments`, {
      body: { importId: correction.id },
    }),
    { status: 409, body: { code: 'correction-without-contacts' } },
  )
  await queryOnce(adminUrl, `update imports set status = 'completed' where id = $1`, [id])
})

t.test('a correction stops where its original moves, and goes on when it stands again', async t => {
  const id = await bring()
  const { body: correction } = await send({
    sheet: { corrects: id, rows: [{ row: 3, texts: right }] },
  })
  const holder = new Client({ connectionString: adminUrl })
  await holder.connect()
  await holder.query('select pg_advisory_lock(4711)')
  await queryOnce(
    adminUrl,
    `create function hold() returns trigger language plpgsql as
      'begin perform pg_advisory_lock_shared(4711); return new; end';
    create trigger hold before insert on contacts for each row
      when (new.import_id = '${id}') execute function hold()`,
  )
  await service.call('POST', `/imports/${correction.id}/start`)
  const waits = `select from pg_locks where locktype = 'advisory' and not granted`
  while ((await queryOnce(adminUrl, waits)).length === 0) await sleep(20)
  await queryOnce(adminUrl, `update imports set status = 'running' where id = $1`, [id])
  await holder.end()
  const { failure, rows } = await service.waitFor(
    correction.id,
    ({ status }) => status === 'failed',
  )
  t.match(failure, { code: 'correction-original-moving' })
  t.match(rows, { processed: 0 })
  t.equal((await queryOnce(adminUrl, 'select from contacts where import_id = $1', [id])).length, 4)
  await queryOnce(adminUrl, `update imports set status = 'completed' where id = $1`, [id])
  await queryOnce(adminUrl, 'drop trigger hold on contacts; drop function hold()')
  await service.call('POST', `/imports/${correction.id}/start`)
  await service.waitFor(correction.id, isCompleted)
  await isWhole(t, id, correction.id)
})

t.test(
  'a correction that is deleted gives its rows back, and takes what it filled in along',
  async t => {
    const { body: field } = await service.call<{ field: string }>('POST', '/contact-fields', {
      body: { key: 'wzrost', type: 'number', labels: { en: 'Height', pl: 'Wzrost' } },
    })
    t.equal(field.field, 'field.wzrost')
    const list = await writeSmallSheet(join(folder, 'wzrost.xlsx'), [
      ['Imię i nazwisko', 'Telefon', 'Wzrost'],
      ['Anna Nowak', '601 123 450', 'wysoka'],
      ['Jan Kowal', 'brak 3', '180'],
      ['Ewa Lis', '601 123 451', 'niska'],
    ])
    const columns = [
      { column: 1, field: 'fullName' },
      { column: 2, field: 'phone' },
      { column: 3, field: field.field },
    ]
    const { id } = await service.upload(list)
    await service.mapAndStart(id, { columns })
    const before = await service.waitFor(id, isCompleted)
    t.match(before, { rows: { created: 2, rejected: 1 }, findings: { blanked: 2 } })
    const [issues, findings] = [await issuesOf(id), await findingsOf(id)]
    const contents = () =>
      queryOnce(
        adminUrl,
        `select row_number, full_name, full_name_key, phone, custom,
        (select count(*)::int from contact_values v where v.contact_id = c.id) as places
      from contacts c where import_id = $1 order by row_number`,
        [id],
      )
    const held = await contents()
    const { body: campaign } = await service.call<Campaign>('POST', '/campaigns', {
      body: { name: 'zima' },
    })
    const assignments = `/campaigns/${campaign.id}/assignments`
    const { body: assignment } = await service.call<Assignment>('POST', assignments, {
      body: { importId: id },
    })
    const assigned = async (count: number) => {
      for (;;) {
        const { body } = await service.call<Assignment>('GET', `${assignments}/${assignment.id}`)
        if (body.status === 'completed' && body.assigned === count) return
        await sleep(20)
      }
    }
    await assigned(2)
    const correction = await correct(
      id,
      [
        { row: 2, texts: ['Anna Nowak', null, '171.5'] },
        { row: 3, texts: ['Jan Kowal', '601 123 452', '180'] },
        { row: 4, texts: ['Ewa Lis', null, '160'] },
      ],
      ['Imię i nazwisko', 'Telefon', 'Wzrost'],
    )
    t.match(correction.rows, { created: 1, updated: 2 })
    await assigned(3)
    const between = await contents()
    t.match(between, [{ places: 1 }, { full_name: 'Jan Kowal', places: 1 }, { places: 1 }])
    const found = await service.call<ContactPage>('GET', '/contacts?field.wzrost=171.5')
    t.equal(found.body.items.length, 1, 'the value is found')
    const [jan] = (await service.call<ContactPage>('GET', `/contacts?importId=${id}&q=Jan`)).body
      .items
    await service.call('POST', `/contacts/${jan!.id}/cases`, { body: { subject: 'Oddzwonić' } })
    await isWhole(t, id, correction.id)

    await service.call('DELETE', `/imports/${correction.id}`)
    while ((await service.call('GET', `/imports/${correction.id}`)).status !== 404) await sleep(20)
    t.strictSame(await contents(), held)
    t.strictSame(await issuesOf(id), issues)
    t.strictSame(await findingsOf(id), findings)
    t.match(await readImport(id), { rows: before.rows, findings: before.findings })
    await assigned(2)
    await isWhole(t, id)

    const again = await correct(
      id,
      [{ row: 3, texts: ['Jan Kowal', '601 123 452', '180'] }],
      ['Imię i nazwisko', 'Telefon', 'Wzrost'],
    )
    t.match(again.rows, { created: 1 }, 'the row can be corrected once more')
    await assigned(3)
    await isWhole(t, id, again.id)
  },
)

t.test('what a person changed since stays when a correction is deleted', async t => {
  const id = await bring()
  const correction = await correct(id, [
    { row: 4, texts: ['Lis', '601 123 480', null, null, null] },
    { row: 7, texts: ['Wilk', null, 'wilk@example.com', '1980-05-06', null] },
  ])
  t.match(correction.rows, { updated: 2 })
  await queryOnce(
    adminUrl,
    `update contacts set email = 'inny@example.com' where import_id = $1 and row_number = 7`,
    [id],
  )
  await service.call('DELETE', `/imports/${correction.id}`)
  while ((await service.call('GET', `/imports/${correction.id}`)).status !== 404) await sleep(20)
  const contacts = await queryOnce(
    adminUrl,
    `select row_number, phone, email, birth_date from contacts
    where import_id = $1 and row_number in (4, 7) order by 1`,
    [id],
  )
  t.match(contacts, [
    { row_number: 4, phone: null },
    { row_number: 7, email: 'inny@example.com', birth_date: null },
  ])
  t.match(await readImport(id), { findings: { blanked: 2 } })
  await isWhole(t, id)
})

t.test('an import takes its corrections along, and those that are mapped or under way', async t => {
  const id = await bring()
  const done = await correct(id, [{ row: 3, texts: right }])
  const { body: mapped } = await send({ sheet: { corrects: id, rows: [{ row: 6, texts: right }] } })
  await service.call('DELETE', `/imports/${id}`)
  for (const each of [id, done.id, mapped.id]) {
    while ((await service.call('GET', `/imports/${each}`)).status !== 404) await sleep(20)
  }
  const last = await queryOnce(
    adminUrl,
    `select distinct on (import_id) event from outbox where import_id = any($1)
    order by import_id, seq desc`,
    [[id, done.id, mapped.id]],
  )
  t.strictSame(
    last.map(({ event }) => event),
    ['deleted', 'deleted', 'deleted'],
  )
  t.strictSame(await findFaults(adminUrl), [])
})

t.test(
  'an import that was cancelled is corrected, and goes on without its repaired rows',
  async t => {
    const slow = await startTestService(t, { BATCH_ROWS_MAX: '10' })
    const list = await writeLongFaultySheet(join(folder, 'dluga.xlsx'), 60)
    const { id } = await slow.upload(list)
    const holder = new Client({ connectionString: slow.database.adminUrl })
    await holder.connect()
    await holder.query('select pg_advisory_lock(4712)')
    await queryOnce(
      slow.database.adminUrl,
      `create function hold() returns trigger language plpgsql as
      'begin perform pg_advisory_lock_shared(4712); return new; end';
    create trigger hold before insert on contacts for each row
      when (new.row_number > 30) execute function hold()`,
    )
    await slow.mapAndStart(id, { columns: faultyColumns })
    await slow.waitFor(id, ({ rows }) => rows.processed >= 20)
    await slow.call('POST', `/imports/${id}/cancel`)
    await holder.end()
    await queryOnce(slow.database.adminUrl, 'drop trigger hold on contacts; drop function hold()')
    const stopped = await slow.waitFor(id, ({ status }) => status === 'cancelled')
    t.ok(stopped.rows.remaining > 0)
    const rows = correctedLongRows(60)
    const path = writeCorrectedSheet(join(folder, 'dluga-poprawki.xlsx'), { corrects: id, rows })
    const run = async () => {
      const { id: correctionId } = await slow.upload(path)
      await slow.call('POST', `/imports/${correctionId}/start`)
      return slow.waitFor(correctionId, isCompleted)
    }
    const early = await run()
    const behind = rows.filter(({ row }) => row >= 2 + stopped.rows.processed).length
    t.match(early.rows, { skipped: behind, rejected: 0 })
    const outcomes = await readOutcomes(slow.url, early.id)
    t.equal(outcomes.filter(({ codes }) => codes[0] === 'row-not-reached').length, behind)
    await slow.call('POST', `/imports/${id}/start`)
    await slow.waitFor(id, isCompleted)
    const late = await run()
    t.match(late.rows, { skipped: rows.length - behind, rejected: 0 })
    const done = await slow.waitFor(id, isCompleted)
    t.match(done, { rows: { created: 60, rejected: 0 }, findings: { blanked: 0 }, result: 'all' })
    for (const each of [id, early.id, late.id]) {
      t.match(await reconcile(slow, each), { verdict: 'ok' })
    }
    t.strictSame(await findFaults(slow.database.adminUrl), [])
  },
)
