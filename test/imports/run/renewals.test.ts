/** A run that commits nothing for longer than its lease keeps its import, because its process renews the lease. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { writeContactSheet } from '../../../src/sample/contact-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

const leaseMs = 5_000

/** PostgreSQL ends a statement of a run after one lease: each lock is shorter, both together are longer. */
const lockedMs = leaseMs * 0.8

t.test('a run without a batch for longer than its lease is not taken over', async t => {
  const service = await startTestService(t, { LEASE_MS: String(leaseMs) })
  const { adminUrl } = service.database
  const path = join(t.testdir(), 'contacts.xlsx')
  await writeContactSheet(path, { rows: 50, strings: 'inline' })
  const { id } = await service.upload(path)
  const lock = async (table: string) => {
    const client = new Client({ connectionString: adminUrl })
    await client.connect()
    await client.query('begin')
    await client.query(`lock table ${table} in access exclusive mode`)
    return () => client.end()
  }
  const openFile = await lock('file_chunks')
  const openContacts = await lock('contacts')
  await service.mapAndStart(id)
  await service.waitFor(id, ({ status }) => status === 'running')
  await sleep(lockedMs)
  await openFile()
  await sleep(lockedMs)
  const [held] = await queryOnce(
    adminUrl,
    `select status, epoch, rows_created as created, lease_until > clock_timestamp() as leased
    from imports`,
  )
  t.strictSame(held, { status: 'running', epoch: 1, created: 0, leased: true })
  await openContacts()
  await service.waitFor(id, isCompleted)
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes, rows_created from imports')
  t.strictSame(row, { epoch: 1, crashes: 0, rows_created: 50 }, 'one claim did it all')
})
