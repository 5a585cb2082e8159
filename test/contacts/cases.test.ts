/** Cases of contacts that are going: what a caller is told while their import is being removed beside the request. */

import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { queryOnce } from '../support/query.ts'
import { startTestService } from '../support/service.ts'

const service = await startTestService(t, { ROLE: 'api' })
const admin = new Client({ connectionString: service.database.adminUrl })
await admin.connect()
t.teardown(() => admin.end())

/** A contact of an import of its own. */
async function insertContact(): Promise<{ importId: string; contactId: string }> {
  const importId = randomUUIDv7()
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, rows_created, created_by)
    values ($1, 'acme', 'n', 'completed', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 3, 1, 1, 'anna')`,
    [importId],
  )
  const { rows } = await admin.query(
    `insert into contacts (tenant_id, import_id, row_number, last_name)
    values ('acme', $1, 2, 'Nowak') returning id::text as id`,
    [importId],
  )
  return { importId, contactId: rows[0].id }
}

const openCase = (contactId: string) =>
  service.call<{ code: string }>('POST', `/contacts/${contactId}/cases`, {
    body: { subject: 'call back' },
  })

/** Until a statement of the service waits for a lock. Within one transaction PostgreSQL shows activity as it was first. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    const waiting = await queryOnce(
      service.database.adminUrl,
      `select from pg_stat_activity
      where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
    )
    if (waiting.length > 0) return
    await sleep(10)
  }
}

t.test('a contact that is removed while its case is being opened is not found', async t => {
  const { contactId } = await insertContact()
  await admin.query('begin')
  await admin.query('delete from contacts where id = $1', [contactId])
  const answer = openCase(contactId)
  await untilWaiting()
  await admin.query('commit')
  t.match(await answer, { status: 404, body: { code: 'not-found' } })
})

t.test('a contact whose removal is rolled back gets its case', async t => {
  const { contactId } = await insertContact()
  await admin.query('begin')
  await admin.query('delete from contacts where id = $1', [contactId])
  const answer = openCase(contactId)
  await untilWaiting()
  await admin.query('rollback')
  t.match(await answer, { status: 201 })
})

t.test('a contact of an import that is being deleted is not found', async t => {
  const { importId, contactId } = await insertContact()
  await admin.query(`update imports set status = 'deleting' where id = $1`, [importId])
  t.match(await openCase(contactId), { status: 404, body: { code: 'not-found' } })
})
