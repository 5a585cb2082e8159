/** An import that takes its worker down three times, or makes it hang, is given up; those beside it go on. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import { setEngineScene } from '../support/engine-scene.ts'
import { messyColumns } from '../support/messy-sheet.ts'
import type { TestApi } from '../support/service.ts'

t.jobs = 2

const deeds = {
  process: 'it kills its process each time',
  thread: 'it kills its thread each time',
  none: 'its thread hangs each time',
} as const

for (const victim of ['process', 'thread', 'none'] as const) {
  t.test(deeds[victim], async t => {
    const env = { CRASH_VICTIM: victim, IMPORT_STALL_MS: '8000' }
    const scene = await setEngineScene(t, { rows: 3_000, env })
    const { fleet, front } = scene
    const { id } = await front.upload(scene.path)
    const order = { ROLE: 'worker', CRASH_AT: `after-copy-before-insert@${id}` }
    let deaths = 0
    let isOver = false
    t.teardown(() => {
      isOver = true
    })
    const keepOneAlive = async () => {
      while (!isOver) {
        const worker = fleet.launch(order)
        if ((await worker.ended) === 'SIGKILL' && !isOver) deaths += 1
      }
    }
    const keeping = keepOneAlive()
    await front.mapAndStart(id, { columns: messyColumns })
    const others = [await scene.begin(), await scene.begin()]
    const poisoned = await waitForEnd(front, id)
    t.equal(poisoned.status, 'failed')
    t.equal(poisoned.failure?.code, 'import-poisoned')
    t.equal(poisoned.rows.created, 0, 'nothing of its first batch is in')
    for (const other of others) t.strictSame(await scene.faultsAtEnd(other), [])
    t.equal(deaths, victim === 'process' ? 3 : 0)
    if (victim !== 'process') {
      const files = readdirSync(scene.scratchDir).flatMap(folder =>
        readdirSync(join(scene.scratchDir, folder)),
      )
      t.strictSame(files, [], 'a thread that died left no file behind')
    }
    isOver = true
    await fleet.killAll()
    await keeping
    await fleet.start({ ROLE: 'worker' })
    const again = await fleet.start({ ROLE: 'api' })
    await again.call('POST', `/imports/${id}/start`)
    t.equal((await waitForEnd(again, id)).status, 'completed', 'a worker that survives it goes on')
  })
}

/** A failure is an end here, where other tests take it for a fault. */
async function waitForEnd(api: TestApi, id: string): Promise<Import> {
  for (;;) {
    const { body } = await api.call<Import>('GET', `/imports/${id}`)
    if (body.status === 'failed' || body.status === 'completed') return body
    await sleep(50)
  }
}
