/** Validations over HTTP: what they foretell is what a start brings in, and they write no contact. */
import { join } from 'node:path'
import t from 'tap'
import type { FindingList } from '../../src/contracts/findings.ts'
import type { Import, RowIssuePage } from '../../src/contracts/import.ts'
import type { MappedColumn } from '../../src/contracts/mapping.ts'
import { findFaults } from '../support/ledger-checker.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const service = await startTestService(t, { BATCH_ROWS_MAX: '7' })
const { adminUrl } = service.database
const folder = makeScratchFolder(t)

const columns: MappedColumn[] = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'phone2' },
  { column: 4, field: 'email' },
]

/** Six rows in turn: clean, a number twice, a bad e-mail, nothing that can be used, nobody who can be reached, nothing. */
const rows = Array.from({ length: 300 }, (_, at) => {
  const phone = `501 234 ${String(100 + at)}`
  return [
    [`Kowalska ${at}`, phone, null, `anna${at}@example.com`],
    [`Nowak ${at}`, phone, `+48 ${phone}`, null],
    [`Zając ${at}`, phone, null, 'not an address'],
    [`Lis ${at}`, '12', null, 'no address either'],
    [`Wilk ${at}`, null, null, null],
    [null, null, null, null],
  ][at % 6]!
})

const path = await writeSmallSheet(join(folder, 'kontakty.xlsx'), [
  ['Nazwisko', 'Telefon', 'Telefon 2', 'E-mail'],
  ...rows,
  ['Suma', null, null, null],
])

const isValidated = ({ validation }: Import) => validation?.status === 'completed'

async function mapped(chosen: MappedColumn[] = columns, tenant = 'acme'): Promise<string> {
  const { id } = await service.upload(path, { tenant })
  await map(id, chosen, tenant)
  return id
}

async function map(id: string, chosen: MappedColumn[], tenant = 'acme'): Promise<void> {
  const body = { headerRow: true, columns: chosen }
  const { status } = await service.call('PUT', `/imports/${id}/mapping`, { body, tenant })
  if (status !== 200) throw new Error(`the mapping was answered ${status}`)
}

const read = async (id: string) => (await service.call<Import>('GET', `/imports/${id}`)).body

/** What the service tells of the cells of a run. */
async function cellsOf(id: string, run: string) {
  const ofRun = `run=${run}`
  const findings = await service.call<FindingList>('GET', `/imports/${id}/findings?${ofRun}`)
  const issues: RowIssuePage['items'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: RowIssuePage = (
      await service.call<RowIssuePage>(
        'GET',
        `/imports/${id}/issues?limit=40&${ofRun}${cursor && `&cursor=${cursor}`}`,
      )
    ).body
    issues.push(...page.items)
    cursor = page.nextCursor
  }
  return { findings: findings.body.items, issues }
}

async function eventsOf(id: string) {
  const found = await queryOnce(
    adminUrl,
    `select event, actor, payload from outbox where import_id = $1 order by seq`,
    [id],
  )
  return found as { event: string; actor: string | null; payload: Import }[]
}

t.test('what it foretells is what a later start brings in', async t => {
  const id = await mapped()
  t.equal((await read(id)).validation, null, 'it was never validated')
  const asked = await service.call<Import>('POST', `/imports/${id}/validate`)
  t.equal(asked.status, 202)
  t.match(asked.body, { status: 'mapped', validation: { stale: false, finishedAt: null } })
  t.match(asked.body.validation?.status, /queued|running/)
  const { validation, ...before } = await service.waitFor(id, isValidated)
  t.match(before, {
    status: 'mapped',
    rows: { processed: 0, created: 0, remaining: 301 },
    findings: { repaired: 0, noted: 0, blanked: 0 },
    startedAt: null,
    failure: null,
  })
  t.strictSame(before.readings, [], 'the first row of the real run is where it was')
  t.match(validation, {
    rows: { total: 301, processed: 301, created: 200, updated: 0, skipped: 51, rejected: 50 },
    findings: { repaired: 50, blanked: 50 },
    progress: { percent: 100, rowsPerSecond: null, etaSeconds: null, queuePosition: null },
    failure: null,
    stale: false,
  })
  t.ok(validation!.startedAt! <= validation!.finishedAt!)
  const [written] = await queryOnce(
    adminUrl,
    `select (select count(*)::int from contacts where import_id = $1) as contacts,
      (select count(*)::int from row_issues where import_id = $1) as issues,
      (select count(*)::int from import_batches where import_id = $1) as batches,
      (select count(*)::int from findings where import_id = $1 and run = 'import') as findings`,
    [id],
  )
  t.strictSame(written, { contacts: 0, issues: 0, batches: 0, findings: 0 })
  const foretold = await cellsOf(id, 'validation')
  t.equal(foretold.issues.length, 150)
  t.strictSame(await cellsOf(id, 'import'), { findings: [], issues: [] })

  t.equal((await service.call('POST', `/imports/${id}/start`)).status, 202)
  const done = await service.waitFor(id, isCompleted)
  t.strictSame(done.rows, validation!.rows)
  t.strictSame(done.findings, validation!.findings)
  t.strictSame(await cellsOf(id, 'import'), foretold)
  t.strictSame(done.validation, validation, 'it can still be read beside the import')
  t.strictSame(await findFaults(adminUrl), [])
})

t.test('its events tell of it, and no event of the import does more than carry it', async t => {
  const id = await mapped()
  await service.call('POST', `/imports/${id}/validate`)
  const { validation } = await service.waitFor(id, isValidated)
  const events = await eventsOf(id)
  t.strictSame(
    events.map(({ event }) => event).filter(event => event !== 'validation-progress'),
    ['uploaded', 'mapped', 'validation-started', 'validation-completed'],
  )
  t.ok(events.some(({ event }) => event === 'validation-progress'))
  for (const { event, actor } of events.slice(2)) t.equal(actor, null, event)
  t.strictSame(events.at(-1)!.payload.validation, validation)
  t.equal(events[1]!.payload.validation, null)
})

t.test('one that is stale says so, one that is replaced leaves nothing behind', async t => {
  const id = await mapped()
  await service.call('POST', `/imports/${id}/validate`)
  await service.waitFor(id, isValidated)
  await map(id, columns)
  t.equal((await read(id)).validation?.stale, false, 'the same mapping once more')
  await map(id, columns.slice(0, 2))
  t.match((await read(id)).validation, { status: 'completed', stale: true })
  t.equal((await eventsOf(id)).at(-1)!.payload.validation?.stale, true, 'the event `mapped` too')
  await service.call('POST', `/imports/${id}/validate`)
  const { validation } = await service.waitFor(id, isValidated)
  t.match(validation, {
    stale: false,
    rows: { rejected: 50 },
    findings: { blanked: 0, repaired: 0 },
  })
  const { issues, findings } = await cellsOf(id, 'validation')
  t.equal(issues.length, 50, 'none of the one before')
  t.ok(findings.every(({ field }) => field === null || field === 'phone'))
  const [kept] = await queryOnce(
    adminUrl,
    'select count(*)::int as issues from validation_issues where import_id = $1',
    [id],
  )
  t.strictSame(kept, { issues: 50 })
})

t.test('states in which it is no use', async t => {
  const { id } = await service.upload(path)
  const validate = (of: string, options = {}) =>
    service.call<{ code: string }>('POST', `/imports/${of}/validate`, options)
  t.match(await validate(id), { status: 409, body: { code: 'mapping-missing' } })
  t.match(await service.call('POST', `/imports/${id}/validate/cancel`), {
    status: 409,
    body: { code: 'validation-not-running' },
  })
  await service.mapAndStart(id, { columns })
  await service.waitFor(id, isCompleted)
  t.match(await validate(id), { status: 409, body: { code: 'import-state-conflict' } })
  const foreign = await mapped(columns, 'globex')
  for (const path of ['validate', 'validate/cancel']) {
    t.match(await service.call('POST', `/imports/${foreign}/${path}`), { status: 404 })
    t.match(await service.call('POST', `/imports/${foreign}/${path}`, { role: 'agent' }), {
      status: 403,
    })
  }
  t.match(await service.call('GET', `/imports/${id}/issues?run=trial`), { status: 400 })
  t.match(await service.call('GET', `/imports/${foreign}/issues?run=validation`), { status: 404 })
  t.match(await service.call('GET', `/imports/${foreign}/findings?run=validation`), { status: 404 })
  t.match(await cellsOf(id, 'validation'), { findings: [], issues: [] })
})
