/** Validations that end early: cancelled, overtaken by a start, by another mapping or by the deletion of their import. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { FindingList } from '../../src/contracts/findings.ts'
import type { Import, RowIssuePage } from '../../src/contracts/import.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService, type TestApi } from '../support/service.ts'

/** Steps of a few rows, so that a validation lasts long enough to be met in its middle. */
const service = await startTestService(t, { BATCH_ROWS_MAX: '2' })
const { adminUrl } = service.database
const path = await writeMessySheet(join(makeScratchFolder(t), 'kontakty.xlsx'), 2_000)

const isUnderWay = ({ validation }: Import) => validation!.rows.processed > 100
const isValidated = ({ validation }: Import) => validation!.status === 'completed'

async function map(api: TestApi, id: string, columns = messyColumns): Promise<void> {
  const body = { headerRow: true, columns }
  const { status } = await api.call('PUT', `/imports/${id}/mapping`, { body })
  if (status !== 200) throw new Error(`the mapping was answered ${status}`)
}

async function mapped(api: TestApi = service): Promise<string> {
  const { id } = await api.upload(path)
  await map(api, id)
  return id
}

/** An import whose validation runs. */
async function validating(): Promise<string> {
  const id = await mapped()
  await service.call('POST', `/imports/${id}/validate`)
  t.equal((await service.waitFor(id, isUnderWay)).validation!.status, 'running')
  return id
}

const read = async (id: string) => (await service.call<Import>('GET', `/imports/${id}`)).body

async function eventsOf(id: string): Promise<string[]> {
  const found = await queryOnce(
    adminUrl,
    `select event || coalesce(' by ' || actor, '') as event from outbox
    where import_id = $1 and event not like '%progress' order by seq`,
    [id],
  )
  return found.map(({ event }) => String(event))
}

const begun = ['uploaded by anna', 'mapped by anna', 'validation-started']

t.test('cancelled, it writes nothing more, and can be read so far', async t => {
  const id = await validating()
  const { status, body } = await service.call<Import>('POST', `/imports/${id}/validate/cancel`)
  t.equal(status, 202)
  t.match(body, { status: 'mapped', validation: { status: 'cancelled', stale: false } })
  const again = await service.call('POST', `/imports/${id}/validate/cancel`)
  t.match(again, { status: 409, body: { code: 'validation-not-running' } })
  await sleep(300)
  const { validation } = await read(id)
  t.strictSame(validation, body.validation, 'not one row more')
  t.ok(validation!.rows.remaining > 0 && validation!.finishedAt !== null)
  t.strictSame(await eventsOf(id), [...begun, 'validation-cancelled by anna'])
  const issues = await service.call<RowIssuePage>('GET', `/imports/${id}/issues?run=validation`)
  t.ok(issues.body.items.length > 0)
  t.strictSame(await findFaults(adminUrl), [])

  await service.call('POST', `/imports/${id}/validate`)
  t.match((await service.waitFor(id, isValidated)).validation, { rows: { remaining: 0 } })
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('asked for while it is under way, it goes on', async t => {
  const id = await validating()
  await map(service, id)
  const { status, body } = await service.call<Import>('POST', `/imports/${id}/validate`)
  t.equal(status, 202)
  t.ok(body.validation!.status === 'running' && body.validation!.rows.processed > 100)
  const conflict = await service.call('POST', `/imports/${id}/cancel`)
  t.match(conflict, { status: 409, body: { code: 'import-state-conflict' } })
  await service.waitFor(id, isValidated)
  const expected = [...begun, 'mapped by anna', 'validation-completed']
  t.strictSame(await eventsOf(id), expected, 'the same mapping cancels nothing')
})

t.test('a start cancels it, and brings in every row', async t => {
  const id = await validating()
  const { status, body } = await service.call<Import>('POST', `/imports/${id}/start`)
  t.equal(status, 202)
  t.match(body, { status: 'queued', validation: { status: 'cancelled', stale: false } })
  const { rows, validation } = await service.waitFor(id, isCompleted)
  t.equal(rows.remaining, 0)
  t.strictSame(validation, body.validation)
  t.strictSame(await eventsOf(id), [
    ...begun,
    ...['validation-cancelled by anna', 'queued by anna', 'started', 'completed'],
  ])
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('another mapping cancels it, and makes it stale', async t => {
  const id = await validating()
  await map(service, id, messyColumns.slice(0, 5))
  t.match(await read(id), { status: 'mapped', validation: { status: 'cancelled', stale: true } })
  t.strictSame(await eventsOf(id), [...begun, 'validation-cancelled by anna', 'mapped by anna'])
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('a deletion takes it along', async t => {
  const id = await validating()
  const { body } = await service.call<Import>('DELETE', `/imports/${id}`)
  t.match(body, { status: 'deleting', validation: { status: 'cancelled' } })
  while ((await service.call('GET', `/imports/${id}`)).status !== 404) await sleep(20)
  t.strictSame(await eventsOf(id), [
    ...begun,
    ...['validation-cancelled by anna', 'deleting by anna', 'deleted'],
  ])
  for (const table of ['validations', 'validation_issues', 'findings']) {
    const left = await queryOnce(adminUrl, `select from ${table} where import_id = $1`, [id])
    t.equal(left.length, 0, table)
  }
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('queued, it is cancelled at once; what an earlier one found is not shown', async t => {
  const api = await startTestService(t, { ROLE: 'api' })
  const id = await mapped(api)
  const validate = async () => {
    const { body } = await api.call<Import>('POST', `/imports/${id}/validate`)
    t.match(body.validation, {
      status: 'queued',
      progress: { queuePosition: 1, percent: 0 },
      startedAt: null,
    })
  }
  await validate()
  const { body: cancelled } = await api.call<Import>('POST', `/imports/${id}/validate/cancel`)
  t.match(cancelled.validation, { status: 'cancelled', progress: { queuePosition: null } })
  await queryOnce(
    api.database.adminUrl,
    `with refused as (
      insert into validation_issues select tenant_id, import_id, attempt, 7, 4, 'phone', 'phone-invalid', 'rejected', 'x'
      from validations)
    insert into findings select tenant_id, import_id, 'validation', 4, 'phone', 'phone-invalid', 'rejected', 1,
      '[{"row": 7, "cell": "D7", "value": "x", "result": null}]' from validations`,
  )
  const found = async () => {
    const ofRun = `/imports/${id}/issues?run=validation`
    const { body: issues } = await api.call<RowIssuePage>('GET', ofRun)
    const { body } = await api.call<FindingList>('GET', ofRun.replace('issues', 'findings'))
    return [issues.items.length, body.items.length]
  }
  t.strictSame(await found(), [1, 1])
  await validate()
  t.strictSame(await found(), [0, 0])
  await queryOnce(api.database.adminUrl, 'delete from validation_issues')
})
