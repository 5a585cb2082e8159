/** Repairs of rows against a real service and PostgreSQL: what moves with them, what stays, and what is refused. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Assignment, Campaign } from '../../../src/contracts/campaign.ts'
import type { ContactPage } from '../../../src/contracts/contact.ts'
import type { FindingList } from '../../../src/contracts/findings.ts'
import type { Import, RowIssuePage } from '../../../src/contracts/import.ts'
import { OriginalMovingError } from '../../../src/storage/imports/repair-rows.ts'
import { findFaults } from '../../support/ledger-checker.ts'
import { reconcile } from '../../support/outcome-reader.ts'
import { queryOnce } from '../../support/query.ts'
import { faultyColumns, repairTexts, writeFaultySheet } from '../../support/repairs.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

const service = await startTestService(t)
const { url, adminUrl } = service.database
const path = await writeFaultySheet(join(makeScratchFolder(t), 'lista.xlsx'))

async function bring(): Promise<string> {
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: faultyColumns })
  const { rows, findings } = await service.waitFor(id, isCompleted)
  t.match(rows, { created: 4, rejected: 2, skipped: 1 }, 'the list has rows of every fate')
  t.equal(findings.blanked, 3)
  return id
}

const readImport = async (id: string) => (await service.call<Import>('GET', `/imports/${id}`)).body
const readIssues = async (id: string) =>
  (await service.call<RowIssuePage>('GET', `/imports/${id}/issues`)).body.items
const readContacts = (id: string) =>
  queryOnce(adminUrl, 'select * from contacts where import_id = $1 order by row_number', [id])

async function isWhole(t: Test, id: string): Promise<void> {
  t.match(await reconcile(service, id), { verdict: 'ok', missing: 0, surplus: 0 })
  t.strictSame(await findFaults(adminUrl), [])
}

t.test('a rejected row becomes a contact of the group under its own number', async t => {
  const id = await bring()
  const before = await readContacts(id)
  const [outcome] = await repairTexts(url, { importId: id }, [
    { row: 3, texts: ['Kowal', '601 123 459', null, null, 'nowa notatka'] },
  ])
  t.match(outcome, { row: 3, outcome: 'created', contactId: /^\d+$/ })
  t.match(await readImport(id), {
    status: 'completed',
    rows: { created: 5, rejected: 1, skipped: 1, total: 7 },
    findings: { blanked: 3 },
  })
  const after = await readContacts(id)
  t.match(after[1], { row_number: 3, last_name: 'Kowal', phone: '+48601123459' })
  t.strictSame(
    after.filter(({ row_number }) => row_number !== 3),
    before,
    'nothing else is touched',
  )
  t.notOk((await readIssues(id)).some(({ row }) => row === 3))
  const [event] = await queryOnce(
    adminUrl,
    `select event, actor, payload from outbox where import_id = $1 order by seq desc limit 1`,
    [id],
  )
  t.match(event, { event: 'corrected', actor: 'anna', payload: { rows: { created: 5 } } })
  await isWhole(t, id)
})

t.test(
  'a contact gets the values that refused cells had left empty, and keeps all others',
  async t => {
    const id = await bring()
    const outcomes = await repairTexts(url, { importId: id }, [
      { row: 4, texts: ['Inny', '601 123 460', 'inny@example.com', '1980-01-01', 'inna'] },
      { row: 7, texts: ['Wilk', '999 999', 'wilk@example.com', 'nadal źle', null] },
    ])
    t.match(outcomes, [
      { row: 4, outcome: 'updated', columns: [2] },
      { row: 7, outcome: 'updated', columns: [3], wrong: [4] },
    ])
    const [, lis, wilk] = await readContacts(id)
    t.match(lis, {
      last_name: 'Lis',
      phone: '+48601123460',
      email: 'lis@example.com',
      birth_date: null,
      notes: 'dzwonić po 16',
    })
    t.match(wilk, { email: 'wilk@example.com', phone: '+48601123457', birth_date: null })
    t.match(await readImport(id), { rows: { created: 4, rejected: 2 }, findings: { blanked: 1 } })
    t.match(
      (await readIssues(id)).filter(({ outcome }) => outcome === 'blanked'),
      [{ row: 7, field: 'birthDate' }],
    )
    await isWhole(t, id)
  },
)

t.test('a mended row may come in without another cell, which is listed then', async t => {
  const id = await bring()
  const outcomes = await repairTexts(url, { importId: id }, [
    { row: 6, texts: ['Zając', '601 123 461', 'nadal zły', null, null] },
  ])
  t.match(outcomes, [{ row: 6, outcome: 'created' }])
  t.match(
    (await readIssues(id)).filter(({ row }) => row === 6),
    [{ column: 3, field: 'email', outcome: 'blanked', value: 'nadal zły' }],
  )
  t.match(await readImport(id), { rows: { created: 5, rejected: 1 }, findings: { blanked: 4 } })
  const { body } = await service.call<FindingList>('GET', `/imports/${id}/findings`)
  const emails = body.items.filter(
    ({ field, code }) => field === 'email' && code === 'email-invalid',
  )
  t.match(emails, [{ outcome: 'blanked', count: 2, cells: [{ row: 7 }, { row: 6, cell: 'C6' }] }])
  await isWhole(t, id)
  const [filled] = await repairTexts(url, { importId: id }, [
    { row: 6, texts: ['Zając', null, 'zajac@example.com', null, null] },
  ])
  t.match(filled, { outcome: 'updated' }, 'and can be filled later')
  await isWhole(t, id)
})

t.test('each row that is not repaired says why', async t => {
  const id = await bring()
  const right = ['Ktoś', '601 123 462', 'ktos@example.com', '1980-01-01', null]
  const first = await repairTexts(url, { importId: id }, [
    { row: 3, texts: right },
    { row: 3, texts: right },
    { row: 6, texts: ['Zając', 'brak 6', null, null, null] },
  ])
  t.match(first, [
    { row: 3, outcome: 'created' },
    { row: 3, outcome: 'skipped', code: 'row-repaired-before' },
    { row: 6, outcome: 'rejected', wrong: [2] },
  ])
  await queryOnce(
    adminUrl,
    `update contacts set phone = '+48601000000' where import_id = $1 and row_number = 4`,
    [id],
  )
  const rest = await repairTexts(
    url,
    { importId: id },
    [3, 2, 4, 5, 99].map(row => ({ row, texts: right })),
  )
  t.strictSame(rest, [
    { row: 3, outcome: 'skipped', code: 'row-repaired-before' },
    { row: 2, outcome: 'skipped', code: 'row-whole' },
    { row: 4, outcome: 'skipped', code: 'row-changed' },
    { row: 5, outcome: 'skipped', code: 'row-skipped' },
    { row: 99, outcome: 'skipped', code: 'row-unknown' },
  ])
  const [, , lis] = await readContacts(id)
  t.equal(lis!.phone, '+48601000000', 'what a person entered stays')
  const unchanged = await repairTexts(url, { importId: id }, [
    { row: 7, texts: ['Wilk', '601 123 457', null, null, null] },
  ])
  t.match(unchanged, [{ outcome: 'skipped', code: 'row-unchanged' }])
  await isWhole(t, id)
})

t.test('two repairs of the same rows at once: exactly one wins, whatever their order', async t => {
  const id = await bring()
  const gate = Promise.withResolvers<void>()
  const mine = repairTexts(url, { importId: id, behind: () => gate.promise }, [
    { row: 6, texts: ['A', '601 123 463', null, null, null] },
    { row: 3, texts: ['A', '601 123 464', null, null, null] },
  ])
  await sleep(200)
  const others = repairTexts(url, { importId: id }, [
    { row: 3, texts: ['B', '601 123 465', null, null, null] },
    { row: 4, texts: ['B', '601 123 466', null, null, null] },
    { row: 6, texts: ['B', '601 123 467', null, null, null] },
  ])
  await sleep(200)
  gate.resolve()
  t.match(await mine, [{ outcome: 'created' }, { outcome: 'created' }])
  t.match(await others, [
    { row: 3, code: 'row-repaired-before' },
    { row: 4, outcome: 'updated' },
    { row: 6, code: 'row-repaired-before' },
  ])
  await isWhole(t, id)
})

t.test('an import that moves, or is gone, is not repaired', async t => {
  const id = await bring()
  const repair = [{ row: 3, texts: ['A', '601 123 468', null, null, null] }]
  // Not `queued`: the worker of the service would take it.
  for (const status of ['running', 'deleting', 'mapped']) {
    await queryOnce(adminUrl, `update imports set status = $2 where id = $1`, [id, status])
    await t.rejects(repairTexts(url, { importId: id }, repair), OriginalMovingError, status)
  }
  await queryOnce(adminUrl, `update imports set status = 'completed' where id = $1`, [id])
  t.match(
    await repairTexts(url, { importId: id, tenantId: 'globex' }, repair),
    [{ outcome: 'skipped', code: 'row-unknown' }],
    'another tenant has no such row',
  )
  await t.rejects(
    repairTexts(
      url,
      { importId: id, fence: () => Promise.reject(new Error('the claim is lost')) },
      repair,
    ),
    /the claim is lost/,
  )
  t.match(await readImport(id), { rows: { created: 4, rejected: 2 } }, 'nothing of it is kept')
  await isWhole(t, id)
})

t.test('a repaired row is found in its import, and joins the campaigns of its group', async t => {
  const id = await bring()
  const campaign = (await service.call<Campaign>('POST', '/campaigns', { body: { name: 'lato' } }))
    .body.id
  const assignments = `/campaigns/${campaign}/assignments`
  const { body: asked } = await service.call<Assignment>('POST', assignments, {
    body: { importId: id },
  })
  const reached = async (assigned: number) => {
    for (;;) {
      const { body } = await service.call<Assignment>('GET', `${assignments}/${asked.id}`)
      if (body.status === 'completed' && body.assigned === assigned) return body
      await sleep(20)
    }
  }
  await reached(4)
  await bring()
  const row = { row: 3, texts: ['Kowalewski', '601 123 469', null, null, null] }
  await repairTexts(url, { importId: id }, [row])
  t.match(await reached(5), { assigned: 5, alreadyThere: 0, progress: { percent: 100 } })
  await repairTexts(url, { importId: id }, [
    { ...row, row: 6 },
    { row: 4, texts: ['Lis', '601 123 470', null, null, null] },
  ])
  t.match(await reached(6), { alreadyThere: 0 })
  const members = await service.call<ContactPage>('GET', `/campaigns/${campaign}/contacts`)
  t.equal(members.body.items.length, 6)
  const { body: found } = await service.call<ContactPage>(
    'GET',
    `/contacts?importId=${id}&q=Kowalewski`,
  )
  t.strictSame(
    found.items.map(({ rowNumber }) => rowNumber),
    [3, 6],
  )
  const [range] = await queryOnce(
    adminUrl,
    `select last_contact_id >= (select max(id) from contacts where import_id = $1) as covers
    from imports where id = $1`,
    [id],
  )
  t.strictSame(range, { covers: true }, 'also where a search walks past contacts of others')
  const told = await queryOnce(
    adminUrl,
    `select (payload->'assignment'->>'assigned')::int as assigned from outbox
    where event = 'assigned' order by seq`,
  )
  t.strictSame(told, [{ assigned: 4 }, { assigned: 5 }, { assigned: 6 }])
  t.strictSame(await findFaults(adminUrl), [])
})
