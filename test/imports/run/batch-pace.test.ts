/** How fast a run reads, and how often it tells: both by a clock that is passed in, or waited for. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { BatchPace } from '../../../src/imports/run/batch-pace.ts'
import { RowRate } from '../../../src/imports/run/row-rate.ts'
import { progressIntervalMs } from '../../../src/limits.ts'

t.test('the rate is that of the last five seconds', async t => {
  const rate = new RowRate()
  t.equal(rate.note(2, 1_000), null, 'nothing is known of one moment')
  t.equal(rate.note(2, 1_000), null)
  t.equal(rate.note(502, 2_000), 500)
  t.equal(rate.note(1_502, 6_000), 300, 'all of five seconds count')
  // Both samples at 1,000 are too old by now, and the one at 2,000 is the first that counts.
  t.equal(rate.note(7_502, 7_000), 1_400)
  t.equal(rate.note(7_502, 60_000), 0, 'after a long wait two samples are left')
})

t.test('progress is due at once, and again only after the interval', async t => {
  const pace = new BatchPace()
  t.strictSame(pace.next(2), { rowsPerSecond: null, progress: true })
  await sleep(progressIntervalMs / 4)
  const soon = pace.next(102)
  t.equal(soon.progress, false)
  t.ok(soon.rowsPerSecond! > 0 && soon.rowsPerSecond! < 100_000 / (progressIntervalMs / 4 - 2))
  await sleep(progressIntervalMs * 0.8)
  t.equal(pace.next(202).progress, true, 'counted from the last that was due')
  t.equal(pace.next(302).progress, false)
})
