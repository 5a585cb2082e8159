/** Requests of one tenant that hold all their connections: other tenants, imports and readiness do not feel it. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { connectionMs, connectionsPerTenant } from '../../src/limits.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { isCompleted, startTestService } from '../support/service.ts'

const requests = 32

t.test('no request takes a connection of the engine, or of another tenant', async t => {
  const service = await startTestService(t, { LEASE_MS: '1500', BATCH_ROWS_MAX: '50' })
  const { adminUrl } = service.database
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 4_000)
  const other = { tenant: 'globex' }
  const { id } = await service.upload(path, other)

  const blocker = new Client({ connectionString: adminUrl })
  await blocker.connect()
  t.teardown(() => blocker.end())
  await blocker.query('begin')
  await blocker.query('lock table cases in access exclusive mode')
  const begun = performance.now()
  const heavy = Array.from({ length: requests }, async () => {
    const answer = await service.call<{ code?: string }>('GET', '/cases')
    return { ...answer, ms: performance.now() - begun }
  })
  const waiting = `select pid from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock'`
  const countWaiting = async () => (await queryOnce(adminUrl, waiting)).length
  while ((await countWaiting()) < connectionsPerTenant) await sleep(20)

  await service.mapAndStart(id, { ...other, columns: messyColumns })
  await service.waitFor(id, isCompleted, other)
  t.equal((await fetch(`${service.url}/readyz`)).status, 200)
  t.match(await service.call('GET', '/imports', other), { status: 200 })
  const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports')
  t.strictSame(row, { epoch: 1, crashes: 0 }, 'no lease was lost')
  t.equal(await countWaiting(), connectionsPerTenant, 'and they still hold them')

  while (performance.now() - begun < connectionMs) await sleep(50)
  await sleep(500)
  await blocker.query('rollback')
  const answers = await Promise.all(heavy)
  const turnedAway = answers.filter(({ status }) => status === 503)
  t.equal(turnedAway.length, requests - connectionsPerTenant)
  t.equal(answers.filter(({ status }) => status === 200).length, connectionsPerTenant)
  for (const { body, headers, ms } of turnedAway) {
    t.equal(body.code, 'service-busy')
    t.match(headers.get('retry-after'), /^\d+$/)
    t.ok(ms < connectionMs + 3_000, `answered in time (${Math.round(ms)} ms)`)
  }
})
