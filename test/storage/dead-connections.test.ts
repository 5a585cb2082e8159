import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openOrm } from '../../src/storage/orm.ts'
import { sqlOf } from '../../src/storage/sql.ts'
import { inTenant } from '../../src/storage/tenant-session.ts'
import { createTestDatabase } from '../support/database.ts'
import { queryOnce } from '../support/query.ts'

t.test(
  'connections that die in a transaction do not use up the pool',
  { timeout: 30_000 },
  async t => {
    const { name, url, adminUrl } = await createTestDatabase(t)
    const orm = await openOrm(url, { poolMax: 2 })
    const cut = () =>
      queryOnce(
        adminUrl,
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [name],
      )
    const ask = () => inTenant(orm, 'acme', em => sqlOf(em)('select 1 as one'))
    for (let time = 0; time < 3; time++) {
      const dying = [1, 2].map(() =>
        inTenant(orm, 'acme', async em => {
          await sqlOf(em)('select 1')
          await cut()
          await sqlOf(em)('select 1')
        }),
      )
      const outcomes = await Promise.allSettled(dying)
      t.strictSame(
        outcomes.map(({ status }) => status),
        ['rejected', 'rejected'],
      )
      t.strictSame(await ask(), [{ one: 1 }])
    }
    await cut()
    await t.rejects(sqlOf(orm.em.fork())('select pg_terminate_backend(pg_backend_pid())'))
    await sleep(100)
    t.strictSame(await ask(), [{ one: 1 }])
    await orm.close()
  },
)
