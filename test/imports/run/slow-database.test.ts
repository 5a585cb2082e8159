/** PostgreSQL that is really slow, for a trigger sleeps on every contact: batches give way, down to one row. */
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { findFaults, installAudit } from '../../support/ledger-checker.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, isFailed, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const leaseMs = 2_000
const columns = [{ column: 1, field: 'lastName' }]
const folder = makeScratchFolder(t)
const service = await startTestService(t, { LEASE_MS: String(leaseMs) })
const { adminUrl } = service.database
await installAudit(adminUrl)

t.afterEach(() => setSleep(0))

t.test('an import goes on where a thousand rows take four leases', async t => {
  await setSleep(8)
  const { id } = await start(700)
  const done = await service.waitFor(id, isCompleted)
  t.match(done.rows, { total: 700, created: 700, remaining: 0 })
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports where id = $1', [id])
  t.match(row, { crashes: 0 }, 'nobody is blamed')
  t.ok(Number(row!.epoch) <= 2, `one run found out, the next one did it all (${row!.epoch} runs)`)
  // Three batches are in hand before anything is known of the first.
  const largest = Math.max(...(await batches(id)).slice(3))
  t.ok(largest <= leaseMs / 4 / 8, `no batch comes near the lease (${largest} rows)`)
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('batches grow again once PostgreSQL is quick', async t => {
  await setSleep(3)
  const { id } = await start(30_000)
  await service.waitFor(id, ({ rows }) => rows.created > 100)
  await setSleep(0)
  const begun = performance.now()
  await service.waitFor(id, isCompleted)
  t.ok(performance.now() - begun < 20_000, 'the rest takes no longer than it must')
  const largest = Math.max(...(await batches(id)))
  t.ok(largest >= 1_000, `batches of ${largest} rows`)
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('an import that cannot commit one row in its lease fails, and goes on later', async t => {
  await setSleep(leaseMs * 1.5)
  const { id } = await start(2_000)
  const failed = await service.waitFor(id, isFailed)
  t.match(failed.failure, { code: 'database-too-slow' })
  t.match(failed.rows, { created: 0, remaining: 2_000 })
  await setSleep(0)
  await service.call('POST', `/imports/${id}/start`)
  const done = await service.waitFor(id, isCompleted)
  t.match(done.rows, { created: 2_000 })
  t.strictSame(await findFaults(adminUrl), [])
})

async function start(rows: number): Promise<Import> {
  const names = Array.from({ length: rows }, (_, at) => [`Kowalska ${at}`])
  const path = await writeSmallSheet(join(folder, `${rows}.xlsx`), [['Nazwisko'], ...names])
  const { id } = await service.upload(path)
  return service.mapAndStart(id, { columns })
}

/** From now on every contact takes PostgreSQL so long. */
async function setSleep(ms: number): Promise<void> {
  await queryOnce(
    adminUrl,
    `create or replace function slow_down() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${ms} / 1000.0); return new; end $$`,
  )
  await queryOnce(
    adminUrl,
    `create or replace trigger slow before insert on contacts
    for each row when (${ms > 0}) execute function slow_down()`,
  )
}

/** Rows of the batches of an import, one after the other. */
async function batches(id: string): Promise<number[]> {
  const rows = await queryOnce(
    adminUrl,
    `select next_row - lag(next_row, 1, 2) over (order by next_row) as rows from (
      select distinct next_row from audit.changes
      where import_id = $1 and status = 'running' and next_row > 2) batches`,
    [id],
  )
  return rows.map(batch => Number(batch.rows))
}
