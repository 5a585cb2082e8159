/** Steps of validations against real PostgreSQL: each part of their fence alone keeps a step out, and callers never wait for them. */
import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { readClaimedValidation } from '../../../src/storage/imports/claimed-import.ts'
import { type Batch, ClaimLostError } from '../../../src/storage/imports/fenced-writer.ts'
import type { Claim } from '../../../src/storage/imports/queue.ts'
import { ValidationWriter } from '../../../src/storage/imports/validation-writer.ts'
import { removeEarlierIssues } from '../../../src/storage/imports/validations.ts'
import { issueLine } from '../../../src/storage/postgres/copy-text.ts'
import { sqlOn } from '../../../src/storage/postgres/sql.ts'
import { inTenantTransaction } from '../../../src/storage/postgres/tenant-session.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'

const { url, adminUrl } = await createTestDatabase(t)
const tenantId = 'acme'
const epoch = 3

/** The step before is in. */
const before = Promise.resolve()

/** A validation of four rows that runs under the epoch, and the writer of its claim. */
async function begin(t: Test) {
  const importId = randomUUIDv7()
  await queryOnce(
    adminUrl,
    `with import as (
      insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
        preview, mapping, first_row, next_row, rows_total, created_by)
      values ($1, $2, 'n', 'mapped', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', '{"sheet": "A"}', 2, 2, 4, 'anna'))
    insert into validations (tenant_id, import_id, attempt, status, mapping, first_row, next_row, rows_total, epoch,
      owner, lease_until)
    values ($2, $1, 2, 'running', '{"sheet": "A"}', 2, 2, 4, $3, 'a worker', clock_timestamp() + interval '1 minute')`,
    [importId, tenantId, epoch],
  )
  const claim = { importId, tenantId, epoch }
  const open = () => {
    const client = new Client({ connectionString: url })
    t.teardown(() => client.end())
    const ready = client.connect()
    return new ValidationWriter({ client, ready, claim, leaseMs: 60_000, attempt: 2 })
  }
  const write = (batch: Batch, previous: Promise<unknown> = before) => open().write(batch, previous)
  const change = (set: string) =>
    queryOnce(adminUrl, `update validations set ${set} where import_id = $1`, [importId])
  const state = async () => {
    const [row] = await queryOnce(
      adminUrl,
      `select v.status, v.next_row as "nextRow", v.rows_created as created, v.rows_rejected as rejected,
        (select count(*)::int from validation_issues r where r.import_id = v.import_id and attempt = 2) as issues,
        (select count(*)::int from contacts c where c.import_id = v.import_id) as contacts,
        i.next_row as "importRow", array(
          select event from outbox o where o.import_id = v.import_id order by seq) as events
      from validations v join imports i on i.id = v.import_id where v.import_id = $1`,
      [importId],
    )
    return row!
  }
  return { claim, open, write, change, state }
}

async function readClaimed(claim: Claim) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await readClaimedValidation(sqlOn(client), claim)
  } finally {
    await client.end()
  }
}

/** Rows from the first up to the last: the first one is rejected, the others would become contacts. */
function rowsOf(from: number, to: number, change: Partial<Batch> = {}): Batch {
  const rows = to - from + 1
  return {
    fromRow: from,
    nextRow: to + 1,
    created: rows - 1,
    skipped: 0,
    rejected: 1,
    skippedRows: [],
    contacts: [],
    issues: [Buffer.from(issueLine([from, 4, 'phone', 'phone-invalid', 'rejected'], '12'))],
    issueCount: 1,
    findings: [],
    findingCounts: { repaired: 0, noted: 0, blanked: 0 },
    rowsPerSecond: null,
    progress: false,
    completes: false,
    ...change,
  }
}

const nothing = { nextRow: 2, created: 0, rejected: 0, issues: 0, contacts: 0, events: [] }

t.test('steps under the claim go in, and the import stays where it is', async t => {
  const { claim, write, state } = await begin(t)
  t.match(await readClaimed(claim), {
    attempt: 2,
    nextRow: 2,
    rowsTotal: 4,
    mapping: { sheet: 'A' },
  })
  await t.rejects(write(rowsOf(2, 3, { completes: true })), /2 rows remaining/)
  t.match(await state(), nothing)
  await write(rowsOf(2, 3, { progress: true }))
  t.match(await readClaimed(claim), { nextRow: 4, firstRow: 2 })
  await write(rowsOf(4, 5, { completes: true }))
  t.match(await state(), {
    status: 'completed',
    ...{ nextRow: 6, created: 2, rejected: 2, issues: 2, contacts: 0, importRow: 2 },
    events: ['validation-progress', 'validation-completed'],
  })
  t.equal(await readClaimed(claim), undefined, 'it is over')
})

for (const [name, set] of [
  ['another claim', 'epoch = epoch + 1'],
  ['a validation that runs no more', `status = 'cancelled'`],
] as const) {
  t.test(`closed by ${name}`, async t => {
    const { claim, open, write, change, state } = await begin(t)
    await change(set)
    await t.rejects(write(rowsOf(2, 3)), ClaimLostError)
    await t.rejects(open().fail('internal-error', {}), ClaimLostError)
    await t.rejects(open().noteSlowBatch(2), ClaimLostError)
    t.equal(await readClaimed(claim), undefined)
    t.match(await state(), nothing)
  })
}

t.test('closed by a step that was left out, or comes again', async t => {
  const { write, state } = await begin(t)
  await t.rejects(write(rowsOf(4, 5)), ClaimLostError)
  await write(rowsOf(2, 3))
  const again = { issues: [], issueCount: 0 }
  await t.rejects(write(rowsOf(2, 3, again)), ClaimLostError)
  t.match(await state(), { nextRow: 4, created: 1, rejected: 1, issues: 1 })
})

t.test('counts that are not those of the rows are refused', async t => {
  const { write, state } = await begin(t)
  await t.rejects(write(rowsOf(2, 3, { skipped: 1 })), { code: '23514' })
  await t.rejects(write(rowsOf(2, 6)), { code: '23514' }, 'more than the sheet has')
  await t.rejects(write(rowsOf(2, 3, { issueCount: 2 })), /were counted/)
  t.match(await state(), nothing)
})

t.test('a failure says why, a slow step makes the next one smaller', async t => {
  const { claim, open, state } = await begin(t)
  t.equal(await open().noteSlowBatch(1), 1)
  t.match(await readClaimed(claim), { batchRows: 1 })
  await open().fail('file-corrupt', { reason: 'r' })
  t.match(await state(), { status: 'failed', events: ['validation-failed'] })
})

t.test('refused cells of earlier validations go in steps, and no others', async t => {
  const { claim } = await begin(t)
  const neighbour = await begin(t)
  for (const { importId } of [claim, neighbour.claim]) {
    await queryOnce(
      adminUrl,
      `insert into validation_issues select $1, $2, attempt, row, 4, 'phone', 'phone-invalid', 'rejected', 'x'
      from generate_series(1, 2) attempt, generate_series(2, 13) row`,
      [tenantId, importId],
    )
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  const sql = sqlOn(client)
  const removal = { attempt: 2, rowsMax: 5 }
  const step = () =>
    inTenantTransaction(sql, tenantId, () => removeEarlierIssues(sql, claim, removal))
  t.strictSame([await step(), await step(), await step()], ['more', 'more', 'done'])
  const left = await queryOnce(
    adminUrl,
    `select import_id as id, attempt, count(*)::int from validation_issues
    where import_id = any($1) group by 1, 2 order by 1, 2`,
    [[claim.importId, neighbour.claim.importId]],
  )
  t.strictSame(left, [
    { id: claim.importId, attempt: 2, count: 12 },
    { id: neighbour.claim.importId, attempt: 1, count: 12 },
    { id: neighbour.claim.importId, attempt: 2, count: 12 },
  ])
})

t.test('a caller who holds the import waits for no step', async t => {
  const { claim, write, state } = await begin(t)
  const caller = new Client({ connectionString: adminUrl })
  await caller.connect()
  t.teardown(() => caller.end())
  await caller.query('begin')
  await caller.query('select from imports where id = $1 for update', [claim.importId])
  const step = write(rowsOf(2, 3, { progress: true }))
  const closed = t.rejects(step, ClaimLostError)
  const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  while ((await queryOnce(adminUrl, waits)).length === 0) await sleep(10)
  await caller.query(`set lock_timeout = '2s'`)
  await caller.query(`update validations set status = 'cancelled' where import_id = $1`, [
    claim.importId,
  ])
  await caller.query('commit')
  await closed
  t.match(await state(), { ...nothing, status: 'cancelled' })
})
