/** Batches of corrections against real PostgreSQL: without the claim in force nothing is repaired. */
import { randomUUIDv7 } from 'node:crypto'
import { join } from 'node:path'
import { Client } from 'pg'
import t from 'tap'
import { accountFor, repairOf } from '../../../src/imports/run/correction-account.ts'
import { fieldColumns } from '../../../src/imports/run/field-columns.ts'
import { cellAddress } from '../../../src/mapping/default-column-name.ts'
import { CorrectionWriter } from '../../../src/storage/imports/correction-writer.ts'
import { ClaimLostError } from '../../../src/storage/imports/fenced-writer.ts'
import { prepareMapper } from '../../support/built-in-catalogue.ts'
import { queryOnce } from '../../support/query.ts'
import { faultyColumns, writeFaultySheet } from '../../support/repairs.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'

const service = await startTestService(t)
const { url, adminUrl } = service.database
const path = await writeFaultySheet(join(makeScratchFolder(t), 'lista.xlsx'))
const tenantId = 'acme'
const epoch = 3

/** A correction of two rows that runs under the epoch, and what writes its batches. */
async function begin() {
  const { id: originalId } = await service.upload(path)
  await service.mapAndStart(originalId, { columns: faultyColumns })
  await service.waitFor(originalId, isCompleted)
  const importId = randomUUIDv7()
  await queryOnce(
    adminUrl,
    `insert into imports (id, tenant_id, name, kind, corrects, status, file_name, file_bytes, file_sha256,
      sheets, preview, first_row, next_row, rows_total, created_by, epoch, owner, lease_until)
    values ($1, $2, 'n', 'correction', $3, 'running', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2, 2,
      'anna', $4, 'a worker', clock_timestamp() + interval '1 minute')`,
    [importId, tenantId, originalId, epoch],
  )
  const mapper = prepareMapper(faultyColumns)
  const write = async (fromRow: number, completes = false) => {
    const client = new Client({ connectionString: url })
    const shift = { columnsBefore: 1 }
    const phone = mapper.fields.findIndex(({ key }) => key === 'phone')
    const values = mapper.fields.map((_, at) => (at === phone ? '+48601123459' : null))
    const mapped = { kind: 'contact', values, issues: [] } as const
    const read = [{ row: fromRow, original: fromRow === 2 ? 3 : 6, mapped, findings: [] }]
    const writer = new CorrectionWriter({
      client,
      ready: client.connect(),
      claim: { importId, tenantId, epoch },
      leaseMs: 60_000,
      columns: fieldColumns(mapper.fields),
      originalId,
      repair: { actor: 'anna', fills: mapper.fills, cellAddress },
    })
    const nextRow = fromRow + 1
    try {
      await writer.write({
        fromRow,
        nextRow,
        repairs: read.flatMap(row => repairOf(row, shift) ?? []),
        account: outcomes => accountFor(read, outcomes, { fromRow, nextRow, ...shift }),
        rowsPerSecond: null,
        progress: false,
        completes,
      })
    } finally {
      await client.end()
    }
  }
  const change = (set: string) =>
    queryOnce(adminUrl, `update imports set ${set} where id = $1`, [importId])
  const ledgers = () =>
    queryOnce(
      adminUrl,
      'select rows_created as created, rows_rejected as rejected from imports where id = any($1) order by id',
      [[originalId, importId]],
    )
  const settle = () =>
    change(`status = case when status = 'running' then 'cancelled' else status end, owner = null,
      lease_until = null`)
  return { write, change, ledgers, settle }
}

t.test('batches under the claim repair, and the last one ends the correction', async t => {
  const { write, ledgers, settle } = await begin()
  await t.rejects(write(2, true), /rows remaining/)
  await write(2)
  t.strictSame(await ledgers(), [
    { created: 5, rejected: 1 },
    { created: 1, rejected: 0 },
  ])
  await t.rejects(write(2), ClaimLostError, 'a batch that comes again')
  await write(3, true)
  t.strictSame(await ledgers(), [
    { created: 6, rejected: 0 },
    { created: 2, rejected: 0 },
  ])
  await settle()
})

for (const [name, set] of [
  ['another claim', 'epoch = epoch + 1'],
  ['a correction that runs no more', `status = 'cancelled'`],
  ['a batch out of turn', 'next_row = 3, rows_skipped = 1'],
] as const) {
  t.test(`closed by ${name}`, async t => {
    const { write, change, ledgers, settle } = await begin()
    await change(set)
    await t.rejects(write(2), ClaimLostError)
    t.strictSame(await ledgers(), [
      { created: 4, rejected: 2 },
      { created: 0, rejected: 0 },
    ])
    await settle()
  })
}
