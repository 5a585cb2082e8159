/** What a lost worker left at PostgreSQL is ended by the next claim of its import, and nothing else is. */

import { randomUUIDv7 } from 'node:crypto'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import t, { type Test } from 'tap'
import { endEarlierSessions, runSessionName } from '../../../src/storage/imports/run-session.ts'
import { sqlOn } from '../../../src/storage/postgres/sql.ts'
import { createTestDatabase } from '../../support/database.ts'

const { url } = await createTestDatabase(t)
const [importId, otherId] = [randomUUIDv7(), randomUUIDv7()]

async function connect(t: Test, id: string, epoch: number): Promise<pg.Client> {
  const name = runSessionName({ run: 'import', importId: id, tenantId: 'acme', epoch })
  const client = new pg.Client({ connectionString: url, application_name: name })
  // A connection that is ended at the other side tells by this event too.
  client.on('error', () => {})
  await client.connect()
  t.teardown(() => client.end().catch(() => {}))
  return client
}

t.test('a COPY whose rest never comes ends with the next claim', async t => {
  const lost = await connect(t, importId, 9)
  await lost.query('begin')
  await lost.query('create temporary table staging (row_number int)')
  const copy = lost.query(copyFrom('copy staging from stdin'))
  const failed = new Promise(resolve => copy.once('error', resolve))
  copy.write('1\n')
  const [next, twin, later, other] = await Promise.all([
    connect(t, importId, 10),
    connect(t, importId, 10),
    connect(t, importId, 2_147_483_647),
    connect(t, otherId, 1),
  ])
  await endEarlierSessions(sqlOn(next!), { run: 'import', importId, tenantId: 'acme', epoch: 10 })
  t.match(await failed, { code: '57P01' }, 'terminated by an administrator')
  for (const client of [next!, twin!, later!, other!]) {
    t.match(await client.query('select 1 as one'), { rows: [{ one: 1 }] })
  }
})

t.test('names of other kinds end nobody and break nothing', async t => {
  const next = await connect(t, importId, 3)
  for (const name of ['contact-import', `contact-import ${importId} x`, `${importId} 1`]) {
    await next.query(`select set_config('application_name', $1, false)`, [name])
    await endEarlierSessions(sqlOn(next), { run: 'import', importId, tenantId: 'acme', epoch: 99 })
  }
  t.match(await next.query('select 1 as one'), { rows: [{ one: 1 }] })
})
