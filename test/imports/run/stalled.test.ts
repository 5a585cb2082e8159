/** A thread that hangs in mid-import loses it at once, and one that waits for PostgreSQL does not. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { findFaults, installAudit } from '../../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../../support/messy-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'

const stallMs = 8_000
t.jobs = 2

t.test('an import whose thread hangs after some batches goes on in another thread', async t => {
  const service = await startTestService(t, {
    IMPORT_STALL_MS: String(stallMs),
    LEASE_MS: '2000',
    BATCH_ROWS_MAX: '250',
    CRASH_AT: 'after-batch-commit#2',
    CRASH_VICTIM: 'none',
  })
  const { adminUrl } = service.database
  await installAudit(adminUrl)
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 1_000)
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  const done = await service.waitFor(id, isCompleted)
  t.equal(done.rows.remaining, 0)
  const { epoch, crashes } = await readClaims(adminUrl, id)
  t.ok(epoch >= 2, `it was taken over (${epoch} runs)`)
  t.equal(crashes, 0, 'committed batches clear what a thread that hung was blamed for')
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('a thread may wait for one answer as long as a lease', async t => {
  await importsInOneRun(t, { rows: 1, sleepMs: 10_000, leaseMs: 14_000 })
})

t.test('a thread that only waits for many answers gets on', async t => {
  await importsInOneRun(t, { rows: 16, sleepMs: 2_000, leaseMs: 5_000 })
})

interface Slowness {
  readonly rows: number
  /** what PostgreSQL takes for each row */
  readonly sleepMs: number
  readonly leaseMs: number
}

async function importsInOneRun(t: Test, { rows, sleepMs, leaseMs }: Slowness): Promise<void> {
  const service = await startTestService(t, {
    IMPORT_STALL_MS: String(stallMs),
    LEASE_MS: String(leaseMs),
    BATCH_ROWS_MAX: '1',
  })
  const { adminUrl } = service.database
  await queryOnce(
    adminUrl,
    `create function slow_down() returns trigger language plpgsql as
    $$ begin perform pg_sleep(${sleepMs} / 1000.0); return new; end $$`,
  )
  await queryOnce(
    adminUrl,
    'create trigger slow before insert on contacts for each row execute function slow_down()',
  )
  const names = Array.from({ length: rows }, (_, at) => [`Kowalska ${at}`])
  const path = await writeSmallSheet(join(t.testdir(), 'names.xlsx'), [['Nazwisko'], ...names])
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: [{ column: 1, field: 'lastName' }] })
  await service.waitFor(id, isCompleted)
  t.strictSame(await readClaims(adminUrl, id), { epoch: 1, crashes: 0 })
}

async function readClaims(adminUrl: string, id: string) {
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports where id = $1', [id])
  return row as { epoch: number; crashes: number }
}
