/** The log tells what went wrong, and repeats nobody's data. */
import { once } from 'node:events'
import { connect, type TcpNetConnectOpts } from 'node:net'
import { Worker } from 'node:worker_threads'
import { ValidationError } from '@mikro-orm/core'
import t from 'tap'
import { summarizeError } from '../src/error-summary.ts'
import { AppError } from '../src/errors.ts'
import { loggedMessageCharactersMax } from '../src/limits.ts'
import { openOrm } from '../src/storage/open-orm.ts'
import { XlsxError } from '../src/xlsx/index.ts'
import { createTestDatabase } from './support/database.ts'
import { queryOnce } from './support/query.ts'

function caught(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

t.test('class, message and stack of what nobody foresaw', async t => {
  class BrokenInvariant extends Error {}
  for (const error of [
    new Error('the ledger does not add up'),
    new BrokenInvariant('the ledger does not add up'),
    new RangeError('the ledger does not add up', { cause: new Error('of 7 rows') }),
  ]) {
    const summary = summarizeError(error)
    t.match(summary, {
      type: error.constructor.name,
      message: 'the ledger does not add up',
      frames: /^ {4}at .*error-summary\.test/,
    })
    if (error.cause) t.match(summary.cause, { type: 'Error', message: 'of 7 rows' })
  }
  const long = summarizeError(new Error('x'.repeat(100_000)))
  t.equal(long.message!.length, loggedMessageCharactersMax)
  t.match(summarizeError(new XlsxError('corrupt', 'row 7: a cell of row 8')), {
    type: 'XlsxError',
    code: 'corrupt',
    message: /row 7/,
  })
})

t.test('each address that a host was tried at', async t => {
  const socket = connect({ host: 'localhost', port: 1, autoSelectFamily: true, lookup: both })
  const [error] = await once(socket, 'error')
  const summary = summarizeError(error)
  t.match(summary, { type: 'AggregateError', code: 'ECONNREFUSED' })
  const messages = summary.errors!.map(({ message }) => message)
  t.match(messages, [
    /^connect ECONNREFUSED 127\.0\.0\.2:1/,
    /^connect ECONNREFUSED 127\.0\.0\.1:1/,
  ])
})

const both: NonNullable<TcpNetConnectOpts['lookup']> = (_host, _options, found) => {
  const addresses = ['127.0.0.2', '127.0.0.1'].map(address => ({ address, family: 4 }))
  found(null, addresses)
}

t.test('an error that crossed a thread', async t => {
  const thread = new Worker(
    `class LedgerError extends Error { name = 'LedgerError' }
    throw Object.assign(new LedgerError('it broke'), { code: 'X' })`,
    { eval: true },
  )
  const [error] = await once(thread, 'error')
  t.match(summarizeError(error), { type: 'LedgerError', code: 'X', message: 'it broke' })
})

t.test('texts that quote values stay out', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url)
  t.teardown(() => orm.close())
  const query = (sql: string, values: unknown[] = []) =>
    queryOnce(adminUrl, sql, values).catch(error => error)
  const run = (sql: string) =>
    orm.em
      .fork()
      .execute(sql)
      .catch(error => error)
  const forged = 'lucja\n    at lucja (/lucja:1:1)\nlucja'
  for (const [what, error] of Object.entries({
    'a value of another type': await query('select $1::int', [forged]),
    'a key that is there': await query(
      `with two as (select 'lucja' as name from generate_series(1, 2))
        insert into campaigns (tenant_id, name, created_by) select 'acme', name, 'lucja' from two`,
    ),
    'a statement': await query(`selct 'lucja'`),
    'a raised text': await query(`do $$ begin raise exception 'lucja'; end $$`),
    'the same by the ORM': await run(`select 'lucja'::int`),
    JSON: caught(() => JSON.parse('{"lucja": lucja}')),
    'what a caller named': new AppError('campaign-name-taken', { name: 'lucja' }),
    'an entity': caught(() => {
      throw new ValidationError('lucja')
    }),
  })) {
    const summary = summarizeError(error)
    t.notMatch(JSON.stringify(summary), 'lucja', what)
    t.match(summary, { frames: / at / }, what)
  }
  t.match(summarizeError(await query(`insert into contacts (tenant_id) values ('lucja')`)), {
    type: 'DatabaseError',
    code: '23502',
    table: 'contacts',
    message: undefined,
  })
})

t.test('PostgreSQL may say what is wrong with itself', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const orm = await openOrm(url)
  t.teardown(() => orm.close())
  const wrong = new URL(adminUrl)
  wrong.password = 'wrong'
  t.match(summarizeError(await queryOnce(wrong.href, 'select 1').catch(error => error)), {
    code: '28P01',
    message: /password authentication failed/,
  })
  const late = orm.em.fork().transactional(async em => {
    await em.execute(`set local statement_timeout = 10`)
    await em.execute('select pg_sleep(1)')
  })
  t.match(summarizeError(await late.catch(error => error)), {
    code: '57014',
    message: /canceling statement due to statement timeout/,
  })
})
