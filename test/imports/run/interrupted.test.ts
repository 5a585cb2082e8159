/** Cancel, delete and a changed source in mid-import: what is said is what is in the table. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { readingVersion } from '../../../src/imports/run/reading-version.ts'
import { findDifferences, findFaults, installAudit } from '../../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../../support/messy-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

/** Batches of 25 rows, so that an import can be met in its middle. */
const manyBatches = { BATCH_ROWS_MAX: '25' }

t.test('a cancelled import counts exactly what is in, and goes on from there', async t => {
  const service = await startTestService(t, manyBatches)
  const { adminUrl } = service.database
  await installAudit(adminUrl)
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
  const begin = async () => {
    const { id } = await service.upload(path)
    await service.mapAndStart(id, { columns: messyColumns })
    return id
  }
  const reference = await begin()
  await service.waitFor(reference, isCompleted)
  let cancelledInMiddle = 0
  for (let run = 1; run <= 3; run += 1) {
    const id = await begin()
    await service.waitFor(id, ({ rows }) => rows.processed > 0)
    await sleep(Math.random() * 100)
    const { status, body } = await service.call<Import>('POST', `/imports/${id}/cancel`)
    if (status === 202) {
      cancelledInMiddle += 1
      t.equal(body.status, 'cancelled')
      t.equal(await countContacts(adminUrl, id), body.rows.created)
      await sleep(100)
      t.equal(await countContacts(adminUrl, id), body.rows.created, 'nothing comes in afterwards')
      await service.call('POST', `/imports/${id}/start`)
    }
    await service.waitFor(id, isCompleted)
    t.strictSame(await findDifferences(adminUrl, id, reference), [])
  }
  t.ok(cancelledInMiddle > 0)
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('an import deleted in its middle leaves nothing', async t => {
  const service = await startTestService(t, manyBatches)
  const { adminUrl } = service.database
  await installAudit(adminUrl)
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  t.equal((await service.call('DELETE', `/imports/${id}`)).status, 202)
  while ((await service.call('GET', `/imports/${id}`)).status !== 404) await sleep(25)
  t.equal(await countContacts(adminUrl, id), 0)
  await sleep(200)
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('an import whose stored file was changed fails and writes nothing more', async t => {
  const service = await startTestService(t)
  const { adminUrl } = service.database
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 200)
  const { id } = await service.upload(path)
  await queryOnce(
    adminUrl,
    'update file_chunks set bytes = set_byte(bytes, 40, 255 - get_byte(bytes, 40)) where import_id = $1',
    [id],
  )
  await service.mapAndStart(id, { columns: messyColumns })
  for (;;) {
    const { body } = await service.call<Import>('GET', `/imports/${id}`)
    if (body.status === 'running' || body.status === 'queued') continue
    t.equal(body.failure?.code, 'import-source-changed')
    t.equal(await countContacts(adminUrl, id), 0)
    break
  }
})

t.test('an import goes on under another reading, and says from which row on', async t => {
  const service = await startTestService(t, manyBatches)
  const { adminUrl } = service.database
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
  const begin = async () => {
    const { id } = await service.upload(path)
    await service.mapAndStart(id, { columns: messyColumns })
    return id
  }
  const reference = await begin()
  const whole = await service.waitFor(reference, isCompleted)
  t.match(whole.readings, [{ version: readingVersion, fromRow: 2 }])
  t.equal(whole.readings.length, 1)
  const id = await begin()
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  const { body: cancelled } = await service.call<Import>('POST', `/imports/${id}/cancel`)
  t.equal(cancelled.status, 'cancelled')
  const before = { version: readingVersion - 1, fromRow: 2 }
  await queryOnce(adminUrl, 'update imports set readings = $2 where id = $1', [
    id,
    JSON.stringify([before]),
  ])
  await service.call('POST', `/imports/${id}/start`)
  const done = await service.waitFor(id, isCompleted)
  const fromRow = 2 + cancelled.rows.processed
  t.strictSame(done.readings, [before, { version: readingVersion, fromRow }])
  t.strictSame(await findDifferences(adminUrl, id, reference), [])
})

t.test('an import whose mapping was changed behind its back fails', async t => {
  const service = await startTestService(t, manyBatches)
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, ({ rows }) => rows.processed > 0)
  const { body } = await service.call<Import>('POST', `/imports/${id}/cancel`)
  t.equal(body.status, 'cancelled')
  await queryOnce(
    service.database.adminUrl,
    `update imports set mapping = jsonb_set(mapping, '{region}', '"DE"') where id = $1`,
    [id],
  )
  await service.call('POST', `/imports/${id}/start`)
  await t.rejects(service.waitFor(id, isCompleted), /import-source-changed/)
})

async function countContacts(adminUrl: string, importId: string): Promise<number> {
  const [row] = await queryOnce(
    adminUrl,
    'select count(*)::int as contacts from contacts where import_id = $1',
    [importId],
  )
  return Number(row!.contacts)
}
