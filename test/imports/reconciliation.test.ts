/** Counting imports again, against real servers: what is missing or surplus behind the service's back is named. */
import { join } from 'node:path'
import t from 'tap'
import type { Reconciliation } from '../../src/contracts/row-outcomes.ts'
import { namedRowsMax } from '../../src/limits.ts'
import { fillImport } from '../support/filled-import.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { reconcile } from '../support/outcome-reader.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'

const rows = 6_000
const service = await startTestService(t, { BATCH_ROWS_MAX: '1000' })
const { adminUrl } = service.database
const path = await writeMessySheet(join(makeScratchFolder(t), 'kontakty.xlsx'), rows)

const run = (sql: string, ...values: unknown[]) => queryOnce(adminUrl, sql, values)

async function bring(): Promise<string> {
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, isCompleted)
  return id
}

const id = await bring()
const whole = await reconcile(service, id)

t.test('an import whose rows are all there', async t => {
  const { ledger, counted, ...rest } = whole
  t.strictSame(rest, {
    verdict: 'ok',
    status: 'completed',
    missing: 0,
    surplus: 0,
    missingRows: [],
    surplusRows: [],
  })
  const { created, skipped, rejected, blanked } = ledger
  t.ok(created > 5_000 && skipped > 50 && blanked > 50)
  t.strictSame(counted, {
    total: rows,
    processed: rows,
    created,
    updated: 0,
    skipped,
    rejected,
    unknown: 0,
    blanked,
  })
})

/** What is done behind the service's back, what it is told as, and what undoes it. */
const harms: {
  name: string
  harm: string
  told: Partial<Reconciliation>
  undo: string
}[] = [
  {
    name: 'a contact is gone',
    harm: 'delete from contacts where row_number in (17, 5998)',
    told: { missing: 2, missingRows: [17, 5998], surplus: 0 },
    undo: `insert into contacts (tenant_id, import_id, row_number, last_name)
      select tenant_id, id, row, 'Nowak' from imports, unnest(array[17, 5998]) row`,
  },
  {
    name: 'a contact stands in a row that was skipped',
    harm: `insert into contacts (tenant_id, import_id, row_number, last_name)
      select tenant_id, id, 101, 'Nowak' from imports`,
    told: { surplus: 1, surplusRows: [101], missing: 0 },
    undo: 'delete from contacts where row_number = 101',
  },
  {
    name: 'a contact is there twice',
    harm: `drop index contacts_of_imports;
      insert into contacts (tenant_id, import_id, row_number, last_name)
      select tenant_id, import_id, row_number, last_name from contacts where row_number = 33`,
    told: { surplus: 1, surplusRows: [33], missing: 0 },
    undo: `delete from contacts c using contacts o where o.row_number = 33 and c.row_number = 33 and c.id > o.id;
      create unique index contacts_of_imports on contacts (tenant_id, import_id, row_number)`,
  },
  {
    name: 'contacts stand in rows that the sheet does not have',
    harm: `insert into contacts (tenant_id, import_id, row_number, last_name)
      select tenant_id, id, row, 'Nowak' from imports, unnest(array[1, ${rows + 2}, 900000]) row`,
    told: { surplus: 3, surplusRows: [1, rows + 2, 900_000], missing: 0 },
    undo: `delete from contacts where row_number not between 2 and ${rows + 1}`,
  },
  {
    name: 'another row is a contact than the one that was imported',
    harm: 'update contacts set row_number = 101 where row_number = 100',
    told: { missing: 1, surplus: 1, missingRows: [100], surplusRows: [101] },
    undo: 'update contacts set row_number = 100 where row_number = 101',
  },
  {
    name: 'a refused cell is listed no more',
    harm: `create table kept as select * from row_issues where row_number = 97;
      delete from row_issues where row_number = 97`,
    told: { missing: 0, surplus: 0 },
    undo: 'insert into row_issues select * from kept; drop table kept',
  },
  {
    name: 'a row that came in is listed as rejected',
    harm: `update row_issues set outcome = 'rejected' where row_number = 97`,
    told: { surplus: 1, surplusRows: [97] },
    undo: `update row_issues set outcome = 'blanked' where row_number = 97`,
  },
  {
    name: 'the ledger counts otherwise',
    harm: 'update imports set rows_created = rows_created - 1, rows_rejected = rows_rejected + 1',
    told: { missing: 0, surplus: 0 },
    undo: 'update imports set rows_created = rows_created + 1, rows_rejected = rows_rejected - 1',
  },
  {
    name: 'the file holds another number of rows than were imported',
    harm: `update imports set sheets = jsonb_set(sheets, '{0,rows}', '${rows + 2}')`,
    told: { missing: 0, surplus: 0 },
    undo: `update imports set sheets = jsonb_set(sheets, '{0,rows}', '${rows + 1}')`,
  },
]

for (const { name, harm, told, undo } of harms) {
  t.test(name, async t => {
    await run(harm)
    t.match(await reconcile(service, id), { verdict: 'failed', ...told })
    await run(undo)
    t.strictSame(await reconcile(service, id), whole, 'undone')
  })
}

t.test('the first of many rows are named, and all are counted', async t => {
  const many = namedRowsMax + 500
  const other = await bring()
  await run('delete from contacts where import_id = $1 and row_number <= $2', other, many)
  const { verdict, missing, missingRows } = await reconcile(service, other)
  t.equal(verdict, 'failed')
  t.ok(missing > namedRowsMax)
  t.equal(missingRows.length, namedRowsMax)
  t.strictSame(missingRows.slice(0, 3), [2, 3, 4])
})

t.test(
  'an import that is not over is never called whole, and a loss is certain at once',
  async t => {
    const { id } = await service.upload(path)
    t.match(await reconcile(service, id), { verdict: 'interim', counted: { total: null } })
    const body = { headerRow: true, columns: messyColumns }
    await service.call('PUT', `/imports/${id}/mapping`, { body })
    t.match(await reconcile(service, id), { verdict: 'interim', counted: { total: rows } })
    // The run stands still behind its second batch.
    await run(`create function hold() returns trigger language plpgsql as
      'begin perform pg_advisory_lock_shared(4711); return new; end';
    create trigger hold before insert on import_batches for each row
      when (new.first_row > 1500) execute function hold()`)
    const { Client } = await import('pg')
    const holder = new Client({ connectionString: adminUrl })
    await holder.connect()
    await holder.query('select pg_advisory_lock(4711)')
    await service.call('POST', `/imports/${id}/start`)
    const { rows: ledger } = await service.waitFor(id, ({ rows }) => rows.processed > 0)
    t.match(await reconcile(service, id), {
      verdict: 'interim',
      status: 'running',
      ledger: { processed: ledger.processed, created: ledger.created },
      counted: { processed: ledger.processed, created: ledger.created },
    })
    await run('delete from contacts where import_id = $1 and row_number = 50', id)
    t.match(await reconcile(service, id), { verdict: 'failed', missingRows: [50] })
    await holder.end()
    await t.rejects(service.waitFor(id, isCompleted), /does not add up/, 'each test counts again')
    t.match(await reconcile(service, id), { verdict: 'failed', missingRows: [50] })
    await run('drop trigger hold on import_batches; drop function hold()')
  },
)

t.test('what an earlier release skipped is not known, and is no fault', async t => {
  const old = await bring()
  await run('delete from import_batches where import_id = $1', old)
  const { ledger, counted, verdict } = await reconcile(service, old)
  t.equal(verdict, 'interim')
  t.match(counted, { skipped: 0, unknown: ledger.skipped })
  await run('delete from contacts where import_id = $1 and row_number = 5', old)
  t.match(await reconcile(service, old), { verdict: 'failed', missing: 0 })

  const full = await fillImport(adminUrl, { contacts: 100 })
  await run(
    `update imports set sheets = '[{"name": "A", "rows": 101}]', mapping = '{"sheet": "A"}' where id = $1`,
    full,
  )
  const proven = await reconcile(service, full)
  t.match(proven, { verdict: 'ok', counted: { created: 100, unknown: 0 } }, 'nothing was skipped')
})
