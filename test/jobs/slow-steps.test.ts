/** A database too slow for a whole step of a job: the steps shrink until they come through. */
import { Client } from 'pg'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { assignContacts } from '../../src/contacts/assign-contacts.ts'
import { createDeletionStep, deletionKind } from '../../src/imports/delete-import.ts'
import { createStepWork } from '../../src/jobs/step-work.ts'
import {
  assignmentKind,
  queueAssignment,
  queueRemoval,
} from '../../src/storage/contacts/assignments.ts'
import { postgresFileStore } from '../../src/storage/files/file-store.ts'
import { queueJob } from '../../src/storage/jobs/step-jobs.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { boundedBy } from '../../src/storage/postgres/bounded-client.ts'
import { sqlOf } from '../../src/storage/postgres/orm-sql.ts'
import type { RunSql } from '../../src/storage/postgres/sql.ts'
import { inTenant } from '../../src/storage/postgres/tenant-session.ts'
import { createTestDatabase } from '../support/database.ts'
import { fillImport } from '../support/filled-import.ts'

const tenantId = 'acme'
const contacts = 1_000
const log = pino({ level: 'silent' })

/** Each row takes 2 ms and more, a statement may take 600 ms: a step of all rows never comes through. */
async function setScene(t: Test) {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url, {
    client: boundedBy({ statementMs: 600, idleInTransactionMs: 10_000 }),
  })
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  t.teardown(async () => {
    await admin.end()
    await orm.close()
  })
  const importId = await fillImport(adminUrl, { contacts })
  await admin.query(
    `create function sleep() returns trigger language plpgsql as
    $$begin perform pg_sleep(0.002); return coalesce(new, old); end$$`,
  )
  for (const table of ['contacts', 'campaign_contacts']) {
    await admin.query(
      `create trigger slow before insert or delete on ${table} for each row execute function sleep()`,
    )
  }
  const work = createStepWork(
    {
      orm,
      log,
      config: {
        leaseMs: 30_000,
        jobsRunningPerProcess: 1,
        jobsRunningMax: 1,
        jobsRunningPerTenant: 1,
      },
    },
    {
      [deletionKind]: createDeletionStep({ files: postgresFileStore, log }),
      [assignmentKind]: assignContacts,
    },
  )
  /** Takes turns, without the rests between them, until no job is left to do. */
  const workOff = async () => {
    for (let turns = 0; turns < 60; turns++) {
      await admin.query(`update jobs set due_at = now() where due_at < 'infinity'`)
      const claim = await work.claim('a worker')
      if (!claim) return
      await work.run(claim, new AbortController().signal)
    }
    t.fail('no end after 60 turns')
  }
  const queue = (make: (sql: RunSql) => Promise<unknown>) =>
    inTenant(orm, tenantId, em => make(sqlOf(em)))
  const count = async (table: string) =>
    (await admin.query(`select count(*)::int as rows from ${table}`)).rows[0].rows
  return { admin, importId, workOff, queue, count }
}

t.test('a deletion', async t => {
  const { admin, importId, workOff, queue, count } = await setScene(t)
  await admin.query(`update imports set status = 'deleting'`)
  await queue(sql => queueJob(sql, { tenantId, kind: deletionKind, importId }))
  await workOff()
  t.equal(await count('contacts'), 0)
  t.equal(await count('imports'), 0)
})

t.test('an assignment, and its removal', async t => {
  const { admin, importId, workOff, queue, count } = await setScene(t)
  const { rows } = await admin.query(
    `insert into campaigns (tenant_id, name, created_by) values ($1, 'c', 'anna') returning id`,
    [tenantId],
  )
  const campaignId = String(rows[0].id)
  let id = ''
  await queue(async sql => {
    id = await queueAssignment(sql, { tenantId, campaignId, importId, createdBy: 'anna' })
  })
  await workOff()
  t.equal(await count('campaign_contacts'), contacts)
  t.match((await admin.query('select status, checkpoint from jobs')).rows, [
    { status: 'completed', checkpoint: { assigned: contacts, alreadyThere: 0 } },
  ])
  await queue(sql => queueRemoval(sql, tenantId, id))
  await workOff()
  t.equal(await count('campaign_contacts'), 0)
})
