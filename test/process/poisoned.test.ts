/** An import that takes its worker down three times, or makes it hang, is given up; those beside it go on. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import { setEngineScene } from '../support/engine-scene.ts'
import { messyColumns } from '../support/messy-sheet.ts'
import { isCompleted, isFailed } from '../support/test-api.ts'

const deeds = {
  process: 'it kills its process each time',
  thread: 'it kills its thread each time',
  none: 'its thread hangs each time',
} as const

/** One that hangs is ended soon: it keeps a core busy meanwhile. */
const scene = await setEngineScene(t, { rows: 1_000, env: { IMPORT_STALL_MS: '5000' } })
const { fleet, front } = scene

for (const victim of ['process', 'thread', 'none'] as const) {
  t.test(deeds[victim], async t => {
    const { id } = await front.upload(scene.path)
    const order = {
      ROLE: 'worker',
      CRASH_VICTIM: victim,
      CRASH_AT: `after-copy-before-insert@${id}`,
    }
    let deaths = 0
    let isOver = false
    let worker = fleet.launch(order)
    const keepOneAlive = async () => {
      while (!isOver) {
        if ((await worker.ended) === 'SIGKILL' && !isOver) deaths += 1
        if (!isOver) worker = fleet.launch(order)
      }
    }
    const keeping = keepOneAlive()
    await front.mapAndStart(id, { columns: messyColumns })
    const other = await scene.begin()
    const poisoned = await front.waitFor(id, hasEnded)
    t.equal(poisoned.status, 'failed')
    t.equal(poisoned.failure?.code, 'import-poisoned')
    t.equal(poisoned.rows.created, 0, 'nothing of its first batch is in')
    t.strictSame(await scene.faultsAtEnd(other), [])
    t.equal(deaths, victim === 'process' ? 3 : 0)
    if (victim !== 'process') {
      const files = readdirSync(scene.scratchDir).flatMap(folder =>
        readdirSync(join(scene.scratchDir, folder)),
      )
      t.strictSame(files, [], 'a thread that died left no file behind')
    }
    isOver = true
    worker.child.kill('SIGKILL')
    await keeping
    const heir = await fleet.start({ ROLE: 'worker' })
    await front.call('POST', `/imports/${id}/start`)
    t.equal(
      (await front.waitFor(id, hasEnded)).status,
      'completed',
      'a worker that survives it goes on',
    )
    await heir.kill()
  })
}

/** A failure is an end here, where other tests take it for a fault. */
function hasEnded(state: Import): boolean {
  return isFailed(state) || isCompleted(state)
}
