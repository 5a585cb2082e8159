/** A thread that hangs is found by its count of progress, and ended; one that gets on is left alone. */
import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { Progress, watchForStall } from '../../../src/imports/threads/progress.ts'
import { ThreadPool } from '../../../src/imports/threads/thread-pool.ts'
import type { Order } from './thread-of-tests.ts'

const limitMs = 300

/** Its first thread has started, which may take longer than the limit. */
async function openPool(t: Test): Promise<ThreadPool<Order, number>> {
  const pool = new ThreadPool<Order, number>(new URL('thread-of-tests.ts', import.meta.url), 96)
  t.teardown(() => pool.close())
  await pool.run('end well')
  return pool
}

/** Of a thread that is at work. */
function begun(): Progress {
  const progress = new Progress()
  progress.note()
  return progress
}

t.test('a thread that spins is ended', async t => {
  const pool = await openPool(t)
  using watch = watchForStall(begun(), limitMs)
  await t.rejects(pool.run('hang', { signal: watch.signal }), {
    name: 'ThreadDiedError',
    cause: { name: 'ThreadStalledError' },
  })
})

t.test('a thread that is stuck in a call of the system is given up', async t => {
  const pool = await openPool(t)
  const pipe = join(t.testdir(), 'pipe')
  execFileSync('mkfifo', [pipe])
  // Only a writer lets the thread go.
  const free = () => closeSync(openSync(pipe, 'r+'))
  t.teardown(free)
  using watch = watchForStall(begun(), limitMs)
  const run = pool.run(`read ${pipe}`, { signal: watch.signal }).then(
    () => 'an answer',
    error => (error as Error).name,
  )
  t.equal(await Promise.race([run, sleep(15_000, 'nothing')]), 'ThreadDiedError')
})

t.test('a count that moves in memory that another thread sees aborts nothing', async t => {
  const progress = begun()
  const seenElsewhere = new Progress(progress.memory)
  using watch = watchForStall(progress, limitMs)
  for (let step = 0; step < 20; step += 1) {
    await sleep(limitMs / 6)
    seenElsewhere.note()
  }
  t.notOk(watch.signal.aborted)
  await sleep(limitMs * 2)
  t.ok(watch.signal.aborted, 'and once it stands still')
})

t.test('a process that was stopped itself blames no thread', async t => {
  const progress = begun()
  using watch = watchForStall(progress, limitMs)
  await sleep(limitMs / 2)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limitMs * 3)
  await sleep(limitMs / 4)
  t.notOk(watch.signal.aborted)
})

t.test('a thread that starts is given longer, and not for ever', async t => {
  const begun = performance.now()
  using watch = watchForStall(new Progress(), limitMs)
  while (!watch.signal.aborted) await sleep(10)
  t.ok(performance.now() - begun > 3 * limitMs)
})

t.test('a watch that is over aborts nothing', async t => {
  const watch = watchForStall(begun(), limitMs)
  watch[Symbol.dispose]()
  await sleep(limitMs * 2)
  t.notOk(watch.signal.aborted)
})
