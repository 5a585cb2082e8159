import t from 'tap'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queryOnce } from '../../support/query.ts'

t.test('connections that die in a transaction do not use up the pool', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url, { poolMax: 2 })
  const die = () =>
    inTenant(orm, 'acme', async em => {
      const [own] = await sqlOf(em)<{ pid: number }>('select pg_backend_pid() as pid')
      await queryOnce(adminUrl, 'select pg_terminate_backend($1)', [own!.pid])
      await sqlOf(em)('select 1')
    })
  for (let time = 0; time < 3; time++) {
    const outcomes = await Promise.allSettled([die(), die()])
    t.strictSame(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    const answer = await inTenant(orm, 'acme', em => sqlOf(em)('select 1 as one'))
    t.strictSame(answer, [{ one: 1 }])
  }
  await t.rejects(sqlOf(orm.em.fork())('select pg_terminate_backend(pg_backend_pid())'))
  await orm.close()
})
