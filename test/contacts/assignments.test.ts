/** Whole imports join campaigns in the background, follow their import to its end, and leave again. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type {
  Assignment,
  AssignmentPage,
  Campaign,
  CampaignPage,
} from '../../src/contracts/campaign.ts'
import type { ContactPage } from '../../src/contracts/contact.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import { fillImport } from '../support/filled-import.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { isCompleted, startTestService, type TestService } from '../support/service.ts'

/** Batches so small that an import is met while it runs. */
const slowly = { BATCH_ROWS_MAX: '50' }

t.test('an assignment puts a whole import into a campaign, once', async t => {
  const { service, campaign, adminUrl } = await setScene(t)
  const importId = await fillImport(adminUrl, { contacts: 25_000 })
  const answer = await service.call<Assignment>('POST', `${campaign}/assignments`, {
    body: { importId },
  })
  t.match(answer, {
    status: 202,
    body: { importId, status: 'queued', assigned: 0, alreadyThere: 0, progress: { percent: 0 } },
  })
  t.equal(answer.headers.get('location'), `/v1${campaign}/assignments/${answer.body.id}`)
  const done = await waitForStatus(
    service,
    `${campaign}/assignments/${answer.body.id}`,
    'completed',
  )
  t.match(done, { assigned: 25_000, alreadyThere: 0, progress: { percent: 100 }, finishedAt: /Z$/ })

  const again = await service.call<Assignment>('POST', `${campaign}/assignments`, {
    body: { importId },
  })
  t.match(again, { status: 202, body: done })
  const list = await service.call<AssignmentPage>('GET', `${campaign}/assignments`)
  t.strictSame(list.body, { items: [done], nextCursor: null })
  const members = await service.call<ContactPage>('GET', `${campaign}/contacts?limit=2`)
  t.equal(members.body.items.length, 2)
  const { body } = await service.call<CampaignPage>('GET', '/campaigns')
  t.equal(body.items[0]!.contacts, 25_000)
  const events = await queryOnce(
    adminUrl,
    `select payload->'assignment' as told from outbox
    where event = 'assigned'`,
  )
  t.strictSame(events, [{ told: done }], 'one event tells of it')
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('what cannot be assigned is refused with its reason', async t => {
  const { service, campaign } = await setScene(t)
  const path = join(t.testdir(), 'klienci.xlsx')
  await writeContactSheet(path, { rows: 20, strings: 'inline' })
  const { id: importId } = await service.upload(path)
  const assign = (tenant = 'acme') =>
    service.call('POST', `${campaign}/assignments`, { tenant, body: { importId } })
  t.match(await assign(), { status: 409, body: { code: 'import-not-started' } })
  t.match(await assign('globex'), { status: 404 })
  await service.mapAndStart(importId)
  await service.waitFor(importId, isCompleted)
  const { body } = await service.call<Assignment>('POST', `${campaign}/assignments`, {
    body: { importId },
  })
  for (const method of ['GET', 'DELETE']) {
    const path = `${campaign}/assignments/${body.id}`
    t.match(await service.call(method, path, { tenant: 'globex' }), { status: 404 }, method)
    t.match(await service.call(method, `/campaigns/999/assignments/${body.id}`), { status: 404 })
  }
  t.match(await service.call('GET', '/campaigns/999/assignments'), { status: 404 })
})

t.test(
  'an import that runs is not stopped by its assignment, and is followed to its end',
  async t => {
    const { service, campaign, adminUrl } = await setScene(t, slowly)
    const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 6_000)
    const { id: importId } = await service.upload(path)
    await service.mapAndStart(importId, { columns: messyColumns })
    await service.waitFor(importId, ({ rows }) => rows.processed > 0)
    const { body } = await service.call<Assignment>('POST', `${campaign}/assignments`, {
      body: { importId },
    })
    const { rows } = await service.waitFor(importId, isCompleted)
    const done = await waitForStatus(service, `${campaign}/assignments/${body.id}`, 'completed')
    t.equal(done.assigned, rows.created)
    const [row] = await queryOnce(adminUrl, 'select epoch, crashes from imports')
    t.strictSame(row, { epoch: 1, crashes: 0 }, 'one run, from its start to its end')
    t.strictSame(await findFaults(adminUrl), [])
  },
)

t.test('an assignment waits for an import that was stopped, and goes on with it', async t => {
  const { service, campaign, adminUrl } = await setScene(t, slowly)
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 4_000)
  const { id: importId } = await service.upload(path)
  await service.mapAndStart(importId, { columns: messyColumns })
  const { body } = await service.call<Assignment>('POST', `${campaign}/assignments`, {
    body: { importId },
  })
  await service.waitFor(importId, ({ rows }) => rows.processed > 0)
  await service.call('POST', `/imports/${importId}/cancel`)
  const waiting = await waitForStatus(service, `${campaign}/assignments/${body.id}`, 'waiting')
  const { rows: part } = await service.waitFor(importId, ({ status }) => status === 'cancelled')
  t.ok(part.remaining > 0)
  t.equal(waiting.assigned, part.created)
  await service.call('POST', `/imports/${importId}/start`)
  const { rows } = await service.waitFor(importId, isCompleted)
  const done = await waitForStatus(service, `${campaign}/assignments/${body.id}`, 'completed')
  t.equal(done.assigned, rows.created)
  const events = await queryOnce(
    adminUrl,
    `select payload->>'status' as import, payload->'assignment'->>'status' as assignment
    from outbox where event = 'assigned' order by seq`,
  )
  t.strictSame(events, [
    { import: 'cancelled', assignment: 'waiting' },
    { import: 'completed', assignment: 'completed' },
  ])
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('a removal takes out what the assignment put in, and nothing else', async t => {
  const { service, campaign, adminUrl } = await setScene(t)
  const importId = await fillImport(adminUrl, { contacts: 25_000 })
  await queryOnce(
    adminUrl,
    `insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
    select tenant_id, $2, id, import_id from contacts where import_id = $1 and row_number % 1000 = 0`,
    [importId, campaign.split('/').at(-1)],
  )
  const assign = () =>
    service.call<Assignment>('POST', `${campaign}/assignments`, { body: { importId } })
  const { body: first } = await assign()
  const done = await waitForStatus(service, `${campaign}/assignments/${first.id}`, 'completed')
  t.match(done, { assigned: 24_975, alreadyThere: 25 })
  const removing = await service.call('DELETE', `${campaign}/assignments/${first.id}`)
  t.match(removing, { status: 202, body: { status: 'removing' } })
  await waitUntilGone(service, `${campaign}/assignments/${first.id}`)
  t.equal(await countPlaces(adminUrl), 25)
  t.strictSame(await findFaults(adminUrl), [])

  const { body: second } = await assign()
  t.not(second.id, first.id)
  await service.call('DELETE', `${campaign}/assignments/${second.id}`)
  await waitUntilGone(service, `${campaign}/assignments/${second.id}`)
  t.equal(await countPlaces(adminUrl), 25, 'also when it was met while contacts still joined')
  t.strictSame(await findFaults(adminUrl), [])
})

t.test(
  'an import that is deleted takes its assignments along, whatever they are doing',
  async t => {
    const { service, campaign, adminUrl } = await setScene(t)
    const [leaving, staying] = [
      await fillImport(adminUrl, { contacts: 30_000 }),
      await fillImport(adminUrl, { contacts: 1_000 }),
    ]
    for (const importId of [leaving, staying]) {
      await service.call('POST', `${campaign}/assignments`, { body: { importId } })
    }
    while ((await countPlaces(adminUrl)) < 5_000) await sleep(5)
    await service.call('DELETE', `/imports/${leaving}`)
    const list = await service.call<AssignmentPage>('GET', `${campaign}/assignments`)
    t.strictSame(
      list.body.items.map(({ importId }) => importId),
      [staying],
    )
    while ((await service.call('GET', `/imports/${leaving}`)).status !== 404) await sleep(50)
    t.equal(await countPlaces(adminUrl), 1_000)
    const left = await queryOnce(adminUrl, 'select import_id from jobs')
    t.strictSame(left, [{ import_id: staying }])
    t.strictSame(await findFaults(adminUrl), [])
  },
)

t.test('an assignment that is being removed is not begun anew', async t => {
  // Nobody works: it stays as it is asked to be.
  const { service, campaign, adminUrl } = await setScene(t, { ROLE: 'api' })
  const importId = await fillImport(adminUrl, { contacts: 10 })
  const assign = () =>
    service.call<Assignment>('POST', `${campaign}/assignments`, { body: { importId } })
  const { id } = (await assign()).body
  for (let times = 0; times < 2; times += 1) {
    const removing = await service.call('DELETE', `${campaign}/assignments/${id}`)
    t.match(removing, { status: 202, body: { id, status: 'removing' } })
    t.match(await assign(), { status: 409, body: { code: 'assignment-being-removed' } })
  }
})

t.test('an assignment that failed goes on with the same call', async t => {
  const { service, campaign, adminUrl } = await setScene(t, { ROLE: 'api' })
  const importId = await fillImport(adminUrl, { contacts: 10 })
  const assign = () =>
    service.call<Assignment>('POST', `${campaign}/assignments`, { body: { importId } })
  const { id } = (await assign()).body
  await queryOnce(adminUrl, `update jobs set status = 'failed'`)
  t.match((await service.call('GET', `${campaign}/assignments/${id}`)).body, { status: 'failed' })
  t.match(await assign(), { status: 202, body: { id, status: 'queued' } })
})

t.test('counters are exact while places come and go on all ways at once', async t => {
  const { service, adminUrl } = await setScene(t, { JOBS_RUNNING_PER_PROCESS: '4' })
  const campaigns = await Promise.all(['b', 'c', 'd'].map(name => makeCampaign(service, name)))
  const imports: string[] = []
  for (let made = 0; made < 4; made += 1)
    imports.push(await fillImport(adminUrl, { contacts: 12_000 }))
  const assigned = await Promise.all(
    campaigns.flatMap(campaign =>
      imports.map(async importId => {
        const { body } = await service.call<Assignment>('POST', `${campaign}/assignments`, {
          body: { importId },
        })
        return `${campaign}/assignments/${body.id}`
      }),
    ),
  )
  while ((await countPlaces(adminUrl)) < 20_000) await sleep(5)
  await service.call('DELETE', assigned[0]!)
  await service.call('DELETE', assigned[7]!)
  await service.call('DELETE', `/imports/${imports[1]}`)
  for (let row = 3; row < 12_000; row += 1_500) {
    await queryOnce(adminUrl, 'delete from contacts where import_id = $1 and row_number = $2', [
      imports[2],
      row,
    ])
  }
  await queryOnce(
    adminUrl,
    `update imports set rows_created = rows_created - 8,
    rows_skipped = 8 where id = $1`,
    [imports[2]],
  )
  await waitUntilGone(service, assigned[0]!)
  await waitUntilGone(service, assigned[7]!)
  while ((await service.call('GET', `/imports/${imports[1]}`)).status !== 404) await sleep(50)
  const busy = `select from jobs where status <> 'completed'`
  while ((await queryOnce(adminUrl, busy)).length > 0) await sleep(50)
  t.strictSame(await findFaults(adminUrl), [])
  const { body } = await service.call<CampaignPage>('GET', '/campaigns')
  t.same(
    body.items.map(({ contacts }) => contacts).sort(),
    [0, 12_000 * 2 - 8, 12_000 * 2 - 8, 12_000 * 3 - 8].sort(),
  )
})

async function setScene(t: Test, env: Record<string, string> = {}) {
  const service = await startTestService(t, env)
  return {
    service,
    campaign: await makeCampaign(service, 'a'),
    adminUrl: service.database.adminUrl,
  }
}

async function makeCampaign(service: TestService, name: string): Promise<string> {
  const { body } = await service.call<Campaign>('POST', '/campaigns', { body: { name } })
  return `/campaigns/${body.id}`
}

async function waitForStatus(
  service: TestService,
  path: string,
  status: Assignment['status'],
): Promise<Assignment> {
  for (;;) {
    const { body } = await service.call<Assignment>('GET', path)
    if (body.status === status) return body
    await sleep(20)
  }
}

async function waitUntilGone(service: TestService, path: string): Promise<void> {
  while ((await service.call('GET', path)).status !== 404) await sleep(20)
}

async function countPlaces(adminUrl: string): Promise<number> {
  const [row] = await queryOnce(adminUrl, 'select count(*)::int as places from campaign_contacts')
  return row!.places as number
}
