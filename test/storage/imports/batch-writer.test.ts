/** Batches against real PostgreSQL: each part of the fence alone keeps a batch out, and no row comes twice. */
import { randomUUIDv7 } from 'node:crypto'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { BatchWriter } from '../../../src/storage/imports/batch-writer.ts'
import { readClaimedImport } from '../../../src/storage/imports/claimed-import.ts'
import { type Batch, ClaimLostError } from '../../../src/storage/imports/fenced-writer.ts'
import type { Claim } from '../../../src/storage/imports/queue.ts'
import { contactLine } from '../../../src/storage/postgres/copy-text.ts'
import { sqlOn } from '../../../src/storage/postgres/sql.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'

const { url, adminUrl } = await createTestDatabase(t)
const tenantId = 'acme'
const epoch = 3

/** The batch before is in. */
const before = Promise.resolve()

/** An import of four rows that runs under the epoch, and the writer of its claim. */
async function begin(t: Test) {
  const importId = randomUUIDv7()
  await queryOnce(
    adminUrl,
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by, epoch, owner, lease_until)
    values ($1, $2, 'n', 'running', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2, 4, 'anna', $3,
      'a worker', clock_timestamp() + interval '1 minute')`,
    [importId, tenantId, epoch],
  )
  const claim = { importId, tenantId, epoch }
  const columns = [{ column: 'last_name', type: 'text' }] as const
  /** A writer on a session of its own, as one whose batch failed writes no more. */
  const open = () => {
    const client = new Client({ connectionString: url })
    t.teardown(() => client.end())
    return new BatchWriter({ client, ready: client.connect(), claim, leaseMs: 60_000, columns })
  }
  const write = (batch: Batch, previous: Promise<unknown> = before) => open().write(batch, previous)
  const change = (set: string) =>
    queryOnce(adminUrl, `update imports set ${set} where id = $1`, [importId])
  const contacts = async () => {
    const rows = await queryOnce(
      adminUrl,
      'select row_number from contacts where import_id = $1 order by row_number',
      [importId],
    )
    return rows.map(row => row.row_number)
  }
  return { claim, open, write, change, contacts }
}

async function readClaimed(claim: Claim) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await readClaimedImport(sqlOn(client), claim)
  } finally {
    await client.end()
  }
}

/** Rows of contacts from the first up to the last. */
function rowsOf(from: number, to: number, change: Partial<Batch> = {}): Batch {
  const numbers = Array.from({ length: to - from + 1 }, (_, place) => from + place)
  return {
    fromRow: from,
    nextRow: to + 1,
    created: numbers.length,
    skipped: 0,
    rejected: 0,
    skippedRows: [],
    contacts: numbers.map(number => Buffer.from(contactLine(number, ['Nowak']))),
    issues: [],
    issueCount: 0,
    findings: [],
    findingCounts: { repaired: 0, noted: 0, blanked: 0 },
    rowsPerSecond: null,
    progress: false,
    completes: false,
    ...change,
  }
}

t.test('a batch under the claim goes in, and the import ends with its last row', async t => {
  const { claim, write, contacts } = await begin(t)
  await t.rejects(write(rowsOf(2, 3, { completes: true })), /2 rows remaining/)
  t.strictSame(await contacts(), [], 'not one row of a batch that would leave some out')
  await write(rowsOf(2, 3))
  await write(rowsOf(4, 5, { completes: true }))
  t.strictSame(await contacts(), [2, 3, 4, 5])
  t.equal(await readClaimed(claim), undefined, 'it is over')
})

for (const [name, set] of [
  ['another claim', 'epoch = epoch + 1'],
  ['an import that runs no more', `status = 'cancelled'`],
] as const) {
  t.test(`closed by ${name}`, async t => {
    const { claim, open, write, change, contacts } = await begin(t)
    await change(set)
    await t.rejects(write(rowsOf(2, 3)), ClaimLostError)
    await t.rejects(open().fail('internal-error', {}), ClaimLostError)
    await t.rejects(open().noteSlowBatch(2), ClaimLostError)
    t.equal(await readClaimed(claim), undefined)
    t.strictSame(await contacts(), [])
  })
}

t.test('closed by a batch that was left out, or comes again', async t => {
  const { write, contacts } = await begin(t)
  await t.rejects(write(rowsOf(4, 5)), ClaimLostError)
  await write(rowsOf(2, 3))
  const again = { contacts: [], created: 0, skipped: 2 }
  await t.rejects(write(rowsOf(2, 3, again)), ClaimLostError)
  t.strictSame(await contacts(), [2, 3])
})

t.test('a batch before it that failed takes it along', async t => {
  const { write, contacts } = await begin(t)
  const fault = new Error('it was not written')
  const failed = Promise.reject(fault)
  failed.catch(() => {})
  await t.rejects(write(rowsOf(2, 3), failed), fault)
  t.strictSame(await contacts(), [])
})

t.test('counts that are not those of the rows are refused', async t => {
  const { write, contacts } = await begin(t)
  await t.rejects(write(rowsOf(2, 3, { skipped: 1 })), { code: '23514' })
  await t.rejects(write(rowsOf(2, 3, { created: 1, skipped: 1 })), /were counted/)
  await t.rejects(write(rowsOf(2, 6)), { code: '23514' }, 'more than the sheet has')
  t.strictSame(await contacts(), [])
})

t.test('a row that is in comes no second time', async t => {
  const { write, contacts } = await begin(t)
  const [contact] = rowsOf(2, 2).contacts
  const twice = { contacts: [contact!, contact!] }
  await t.rejects(write(rowsOf(2, 3, twice)), { code: '23505' })
  t.strictSame(await contacts(), [])
})

t.test('one batch at a time on a session', async t => {
  const { open, contacts } = await begin(t)
  const writer = open()
  const first = writer.write(rowsOf(2, 3), before)
  await t.rejects(writer.write(rowsOf(4, 5), before), /still being written/)
  await first
  t.strictSame(await contacts(), [2, 3])
})
