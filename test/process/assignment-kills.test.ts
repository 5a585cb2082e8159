/** Workers that assign a large import are killed again and again; nobody is left out, and nobody is in twice. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Assignment, Campaign } from '../../src/contracts/campaign.ts'
import { createTestDatabase } from '../support/database.ts'
import { fillImport } from '../support/filled-import.ts'
import { createFleet } from '../support/fleet.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted } from '../support/test-api.ts'

const contacts = 60_000

t.test('an assignment survives kills at each of its points, also on its way back', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir: makeScratchFolder(t) })
  const front = await fleet.start({ ROLE: 'api' })
  const importId = await fillImport(adminUrl, { contacts })
  const { body: campaign } = await front.call<Campaign>('POST', '/campaigns', {
    body: { name: 'wiosna' },
  })
  const assignments = `/campaigns/${campaign.id}/assignments`
  const kill = async (point: string) => {
    const doomed = fleet.launch({ ROLE: 'worker', CRASH_AT: `${point}@${importId}` })
    t.equal(await doomed.ended, 'SIGKILL', point)
  }
  const { body } = await front.call<Assignment>('POST', assignments, { body: { importId } })
  const path = `${assignments}/${body.id}`
  const read = async () => (await front.call<Assignment>('GET', path)).body

  await kill('after-job-fence-before-commit#2')
  t.match(await read(), { status: 'running', assigned: 10_000 }, 'the second step is rolled back')
  await kill('after-job-step#2')
  t.match(await read(), { status: 'running', assigned: 30_000 })
  const worker = await fleet.start({ ROLE: 'worker' })
  while ((await read()).status !== 'completed') await sleep(50)
  t.match(await read(), { assigned: contacts, alreadyThere: 0 })
  t.strictSame(await findFaults(adminUrl), [])
  await worker.kill('SIGTERM')

  await front.call('DELETE', path)
  await kill('after-job-fence-before-commit#3')
  t.match(await read(), { status: 'removing', assigned: 40_000 })
  await fleet.start({ ROLE: 'worker' })
  while ((await front.call('GET', path)).status !== 404) await sleep(50)
  t.strictSame(await queryOnce(adminUrl, 'select 1 from campaign_contacts limit 1'), [])
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('an assignment follows an import whose workers are killed', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir: makeScratchFolder(t) })
  const front = await fleet.start({ ROLE: 'api' })
  const sheet = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 8_000)
  const { id: importId } = await front.upload(sheet)
  await front.mapAndStart(importId, { columns: messyColumns })
  const { body: campaign } = await front.call<Campaign>('POST', '/campaigns', {
    body: { name: 'lato' },
  })
  const assignments = `/campaigns/${campaign.id}/assignments`
  const { body } = await front.call<Assignment>('POST', assignments, { body: { importId } })
  const slowly = { ROLE: 'worker', BATCH_ROWS_MAX: '50' }
  for (let kills = 0; kills < 3; kills += 1) {
    const { rows } = await front.waitFor(importId, () => true)
    const worker = await fleet.start(slowly)
    await front.waitFor(importId, now => now.rows.processed > rows.processed)
    await sleep(200)
    await worker.kill('SIGKILL')
  }
  await fleet.start({ ROLE: 'worker' })
  const { rows } = await front.waitFor(importId, isCompleted)
  const read = async () => (await front.call<Assignment>('GET', `${assignments}/${body.id}`)).body
  while ((await read()).status !== 'completed') await sleep(50)
  t.equal((await read()).assigned, rows.created)
  t.strictSame(await findFaults(adminUrl), [])
})
