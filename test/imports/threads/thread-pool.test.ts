/** Threads that are used again, and those that are not. */
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { ThreadPool } from '../../../src/imports/threads/thread-pool.ts'
import { threadJobsMax } from '../../../src/limits.ts'
import type { Order } from './thread-of-tests.ts'

function openPool(t: Test): ThreadPool<Order, number> {
  const pool = new ThreadPool<Order, number>(new URL('thread-of-tests.ts', import.meta.url), 96)
  t.teardown(() => pool.close())
  return pool
}

t.test('a thread whose job ended well does the next one', async t => {
  const pool = openPool(t)
  const first = await pool.run('end well')
  t.equal(await pool.run('end well'), first)
  t.equal(await pool.run('end well'), first)
})

t.test('jobs at the same time have threads of their own', async t => {
  const pool = openPool(t)
  const threads = await Promise.all([pool.run('end well'), pool.run('end well')])
  t.not(threads[0], threads[1])
  const again = await Promise.all([pool.run('end well'), pool.run('end well')])
  t.strictSame(again.toSorted(), threads.toSorted())
})

t.test('a thread that saw a fault is thrown away', async t => {
  const pool = openPool(t)
  const faulty = await pool.run('meet a fault')
  t.not(await pool.run('end well'), faulty)
})

t.test('so is one that took a core for long', async t => {
  const pool = openPool(t)
  const tired = await pool.run('burn')
  t.not(await pool.run('end well'), tired)
})

t.test('and one that did its share of jobs', async t => {
  const pool = openPool(t)
  const first = await pool.run('end well')
  for (let job = 2; job <= threadJobsMax; job += 1) t.equal(await pool.run('end well'), first)
  t.not(await pool.run('end well'), first)
})

t.test('an error ends the thread and is told; the next job has a new one', async t => {
  const pool = openPool(t)
  const first = await pool.run('end well')
  await t.rejects(pool.run('throw'), {
    name: 'ThreadDiedError',
    cause: { name: 'TypeError', message: 'as ordered' },
  })
  t.not(await pool.run('end well'), first)
})

t.test('a thread that hangs is ended by its signal, also when it did jobs before', async t => {
  const pool = openPool(t)
  await pool.run('end well')
  const reason = new Error('too long')
  const abort = new AbortController()
  const hanging = pool.run('hang', { signal: abort.signal })
  setTimeout(() => abort.abort(reason), 50)
  await t.rejects(hanging, { name: 'ThreadDiedError', cause: reason })
  await t.rejects(pool.run('hang', { signal: abort.signal }), { cause: reason }, 'aborted before')
  await pool.run('end well')
})

t.test('a job is told to stop, and the next job on its thread is not', async t => {
  const pool = openPool(t)
  const stopping = new AbortController()
  const waiting = pool.run('wait for stop', { stopping: stopping.signal })
  stopping.abort()
  const thread = await waiting
  const next = pool.run('wait for stop')
  t.equal(await Promise.race([next, sleep(200, 'still waiting')]), 'still waiting')
  const last = new AbortController()
  last.abort()
  t.not(await pool.run('wait for stop', { stopping: last.signal }), thread, 'told before it began')
  await pool.close()
  await t.rejects(next, { name: 'ThreadDiedError' })
})
