/** A database that the first release filled is brought up to date without losing a row, and its work goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MikroORM } from '@mikro-orm/postgresql'
import t from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { readingVersion } from '../../../src/imports/run/reading-version.ts'
import { cellAddress } from '../../../src/mapping/default-column-name.ts'
import { migrate } from '../../../src/storage/postgres/migrate.ts'
import { ormOptions } from '../../../src/storage/postgres/orm.ts'
import { createEmptyDatabase, createTestDatabase } from '../../support/database.ts'
import { describeSchema, readContents } from '../../support/database-contents.ts'
import { fillWithFirstSchema } from '../../support/filled-database.ts'
import { findFaults } from '../../support/ledger-checker.ts'
import { queryOnce } from '../../support/query.ts'
import { startTestService } from '../../support/service.ts'

t.test('the first migration is what the first release had', async t => {
  const [filled, made] = [await createEmptyDatabase(t), await createEmptyDatabase(t)]
  await fillWithFirstSchema(filled.url)
  const orm = await MikroORM.init(ormOptions(made.url))
  await orm.migrator.up({ to: '0001-imports-and-contacts' })
  await orm.close()
  t.strictSame(await describeSchema(made.adminUrl), await describeSchema(filled.adminUrl))
})

t.test('an upgraded database has the schema of a new one', async t => {
  const [upgraded, made] = [await createEmptyDatabase(t), await createTestDatabase(t)]
  await fillWithFirstSchema(upgraded.url)
  await migrate(upgraded.url)
  t.strictSame(await describeSchema(upgraded.adminUrl), await describeSchema(made.adminUrl))
})

t.test('cells that were refused before are findings, with their addresses', async t => {
  const { url, adminUrl } = await createEmptyDatabase(t)
  await fillWithFirstSchema(url)
  const columns = [1, 26, 27, 52, 53, 702, 703, 1_378, 1_379, 16_384]
  await queryOnce(
    adminUrl,
    `insert into row_issues (tenant_id, import_id, row_number, column_number, field, code, value)
    select 'wide', '00000000-0000-7000-8000-000000000000', row, col, 'phone', 'phone-invalid', row::text
    from unnest($1::int[]) col, generate_series(2, 31) row`,
    [columns],
  )
  await migrate(url)
  const found = await queryOnce(
    adminUrl,
    `select column_number as "column", count::int, outcome, cells from findings
    where tenant_id = 'wide' order by column_number`,
  )
  t.strictSame(
    found,
    columns.map(column => ({
      column,
      count: 30,
      outcome: 'rejected',
      cells: Array.from({ length: 20 }, (_, at) => ({
        row: at + 2,
        cell: cellAddress(at + 2, column),
        value: String(at + 2),
        result: null,
      })),
    })),
  )
})

t.test('no row is lost or changed, and unfinished imports are finished', async t => {
  const database = await createEmptyDatabase(t)
  await fillWithFirstSchema(database.url)
  const before = await readContents(database.adminUrl)
  for (const [table, { rows }] of before) t.ok(rows.length > 0, `${table} was filled`)
  await migrate(database.url)
  const after = await readContents(database.adminUrl, before)
  for (const [table, { rows }] of before) t.strictSame(after.get(table)!.rows, rows, table)

  const service = await startTestService(
    t,
    // The events are as old as the fixture, and must still be there to be compared.
    { EVENT_RETENTION_HOURS: '87600', BATCH_ROWS_MAX: '50' },
    database,
  )
  const find = (condition: string) =>
    queryOnce(database.adminUrl, `select id, tenant_id as tenant from imports where ${condition}`)
  const restarted = [
    ...(await find(`status in ('cancelled', 'failed') and next_row > first_row`)),
    ...(await find(`status = 'mapped'`)),
  ]
  t.equal(restarted.length, 3)
  const begun = await find(
    `status in ('running', 'queued', 'cancelled', 'failed') and next_row > first_row`,
  )
  t.ok(begun.length >= 3)
  for (const { id, tenant } of restarted) {
    const { status } = await service.call('POST', `/imports/${id}/start`, {
      tenant: String(tenant),
    })
    t.equal(status, 202)
  }
  const unfinished = await find(`status in ('queued', 'running')`)
  t.equal(unfinished.length, 8)
  for (const { id, tenant } of unfinished) {
    const isOver = ({ status }: Import) => ['completed', 'failed'].includes(status)
    const { status, rows } = await service.waitFor(String(id), isOver, { tenant: String(tenant) })
    t.equal(status, 'completed')
    t.equal(rows.remaining, 0)
  }
  while ((await find(`status = 'deleting'`)).length > 0) await sleep(20)
  t.strictSame(await findFaults(database.adminUrl), [])
  const readings = await queryOnce(
    database.adminUrl,
    `select readings from imports where id = any($1) order by id`,
    [begun.map(({ id }) => id)],
  )
  for (const { readings: read } of readings) {
    t.match(read, [{ version: 2, fromRow: 2 }, { version: readingVersion }])
  }
  const kept = await queryOnce(
    database.adminUrl,
    `select name from imports where status = 'completed' order by id`,
  )
  t.equal(kept.length, 12)
  await service.close()
})
