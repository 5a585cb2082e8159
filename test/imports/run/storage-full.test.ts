/** Disks run full: what is in stays whole, the import says why, and goes on once there is room. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { startPostgres } from '../../../src/embedded/postgres.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import { urlOfDatabase } from '../../support/database-url.ts'
import { createFleet } from '../../support/fleet.ts'
import { findFaults, installAudit } from '../../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../../support/messy-sheet.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService, type TestApi } from '../../support/service.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'

t.test('the scratch folder is full', async t => {
  const disk = mountSmallDisk(t, 8)
  if (!disk) {
    t.plan(0, 'tmpfs cannot be mounted here')
    return
  }
  const service = await startTestService(t, { SCRATCH_DIR: disk.folder })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 3_000)
  const { id } = await service.upload(path)
  disk.fill(8 * 1024)
  const form = new FormData()
  form.set('file', new Blob([Buffer.alloc(100_000)]), 'k.xlsx')
  const refused = await service.call<{ code: string }>('POST', '/imports', { body: form })
  t.match(refused, { status: 507, body: { code: 'storage-full' } })
  await service.mapAndStart(id, { columns: messyColumns })
  const failed = await waitForEnd(service, id)
  t.match(failed, { status: 'failed', failure: { code: 'storage-full' }, rows: { created: 0 } })
  // The thread removes its copy of the file once it has told how the run ended.
  while (filesLeft(disk.folder).length > 0) await sleep(50)
  disk.free()
  await service.call('POST', `/imports/${id}/start`)
  t.equal((await waitForEnd(service, id)).status, 'completed')
  t.strictSame(await findFaults(service.database.adminUrl), [])
})

function filesLeft(folder: string): string[] {
  const scratch = readdirSync(folder).filter(name => name !== 'filler')
  return scratch.flatMap(name => readdirSync(join(folder, name)))
}

t.test('the disk of PostgreSQL is full', async t => {
  const disk = mountSmallDisk(t, 220)
  if (!disk) {
    t.plan(0, 'tmpfs cannot be mounted here')
    return
  }
  const dataDir = join(disk.folder, 'postgres')
  mkdirSync(dataDir)
  const settings = { shared_buffers: '32MB', max_wal_size: '64MB', min_wal_size: '32MB' }
  const server = { postgres: await startPostgres({ dataDir, settings }) }
  t.teardown(() => server.postgres.stop())
  const { url, adminUrl: serverUrl, port } = server.postgres
  const adminUrl = urlOfDatabase(serverUrl, 'contact_import')
  await migrate(url)
  await installAudit(adminUrl)
  const fleet = createFleet(t, {
    databaseUrl: url,
    scratchDir: makeScratchFolder(t),
    env: { LEASE_MS: '5000' },
  })
  const service = await fleet.start()
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 20_000)
  const { id } = await service.upload(path)
  disk.fill(1024 * 1024)
  await service.mapAndStart(id, { columns: messyColumns })
  await sleep(4_000)
  disk.free()
  // Without room for its log PostgreSQL ends itself; whoever runs it starts it again.
  if (isGone(server.postgres.pid))
    server.postgres = await startPostgres({ dataDir, settings, port })
  const state = await waitForEnd(service, id)
  t.comment(`${state.status} ${state.failure?.code ?? ''} after ${state.rows.processed} rows`)
  if (state.status === 'failed') {
    t.equal(state.failure?.code, 'storage-full')
    t.strictSame(await findFaults(adminUrl), [], 'nothing is half in')
    await service.call('POST', `/imports/${id}/start`)
  }
  t.equal((await waitForEnd(service, id)).status, 'completed')
  t.strictSame(await findFaults(adminUrl), [])
  await service.kill('SIGTERM')
})

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

/** Answers may fail while PostgreSQL is away. */
async function waitForEnd(api: TestApi, id: string): Promise<Import> {
  for (;;) {
    const { status, body } = await api.call<Import>('GET', `/imports/${id}`)
    if (status === 200 && (body.status === 'failed' || isCompleted(body))) return body
    await sleep(100)
  }
}
