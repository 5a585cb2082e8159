/** Inspections in their threads, more of them than places. */
import { join } from 'node:path'
import t from 'tap'
import type { Caller } from '../../../src/contracts/caller.ts'
import { Inspector } from '../../../src/imports/upload/inspection.ts'
import { inspectionsRunningPerTenant } from '../../../src/limits.ts'
import { writeMessySheet } from '../../support/messy-sheet.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'

const acme = { tenantId: 'acme' } as Caller

t.test('a file that takes too much memory is refused', async t => {
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 5_000)
  const inspector = new Inspector(makeScratchFolder(t), 'PL', 4)
  const { signal } = new AbortController()
  await t.rejects(inspector.inspect(acme, path, signal), {
    code: 'file-beyond-limits',
    data: { reason: 'reading takes too much memory' },
  })
})

t.test('a fault of ours does not blame the file', async t => {
  const inspector = new Inspector(makeScratchFolder(t), 'PL')
  const { signal } = new AbortController()
  const notAPath = 42 as unknown as string
  await t.rejects(inspector.inspect(acme, notAPath, signal), {
    name: 'ThreadDiedError',
    cause: { name: 'TypeError', message: /path/ },
  })
  const gone = join(t.testdir(), 'gone.xlsx')
  await t.rejects(inspector.inspect(acme, gone, signal), {
    name: 'ThreadDiedError',
    cause: { code: 'ENOENT' },
  })
})

t.test('who is told to stop leaves the queue', async t => {
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 5_000)
  const inspector = new Inspector(makeScratchFolder(t), 'PL')
  const { signal } = new AbortController()
  const inspect = (count: number, until = signal) =>
    Array.from({ length: count }, () => inspector.inspect(acme, path, until))
  let running = inspectionsRunningPerTenant
  const first = inspect(running).map(run => run.finally(() => (running -= 1)))
  const gone = new AbortController()
  const waiting = inspect(30, gone.signal)
  const settled = Promise.allSettled(waiting)
  const reason = new Error('the client is gone')
  gone.abort(reason)
  t.ok(
    (await settled).every(each => each.status === 'rejected' && each.reason === reason),
    'each is told why',
  )
  t.equal(running, inspectionsRunningPerTenant, 'before a place was free')
  await t.rejects(inspector.inspect(acme, path, gone.signal), reason, 'one that comes too late')
  const next = inspect(3)
  const inspections = await Promise.all([...first, ...next])
  t.ok(
    inspections.every(({ sheets }) => sheets[0]!.rows === 5_001),
    'the others had their turn',
  )
})
