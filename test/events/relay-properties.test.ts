import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import t from 'tap'
import type { RelayOnTrial } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { queryOnce } from '../support/query.ts'

const tenants = ['acme', 'other', 'third']
const importsMax = 6
const writersMax = 3
const trialsMs = 40_000

/** What happens, in the order of its beginning; `lasts` is how long until the next thing begins. */
type Step = { lasts: number } & (
  | { does: 'write'; writer: number; target: number; events: number }
  | { does: 'startRelay' }
  | { does: 'stopRelay' }
  | { does: 'loseMarks'; target: number }
  | { does: 'cutConnections' }
)

const lasts = fc.nat(30)
const target = fc.nat(importsMax - 1)
const write = fc.record({
  does: fc.constant('write' as const),
  lasts: fc.nat(5),
  writer: fc.nat(writersMax - 1),
  target,
  events: fc.integer({ min: 1, max: 40 }),
})
const steps = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { weight: 12, arbitrary: write },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('startRelay' as const), lasts }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('stopRelay' as const), lasts }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('loseMarks' as const), lasts, target }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('cutConnections' as const), lasts }) },
  ),
  { minLength: 10, maxLength: 40 },
)

t.test('however writers and relays interleave, the stream equals the outbox', async t => {
  const { databaseName, urls, adminUrl, ...scene } = await setEventScene(t)
  // Writers are no part of the trial: their connections are never cut.
  const writers = await Promise.all(
    Array.from({ length: writersMax }, () => openOutboxWriter(t, urls.databaseUrl)),
  )
  const relays: RelayOnTrial[] = []
  const cut = () =>
    queryOnce(
      adminUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = $1 and application_name like 'contact-import%'`,
      [databaseName],
    )

  const deadline = performance.now() + trialsMs
  await fc.assert(
    fc.asyncProperty(steps, async steps => {
      // On a busy machine fewer are tried; a trial that has begun is judged.
      if (performance.now() > deadline) return
      const imports: { tenant: string; id: string }[] = []
      for (let index = 0; index < importsMax; index++) {
        const tenant = tenants[index % tenants.length]!
        imports.push({ tenant, id: await writers[0]!.createImport(tenant) })
      }
      const queues: Promise<unknown>[] = writers.map(() => Promise.resolve())
      for (const step of steps) {
        if (step.does === 'write') {
          const { tenant, id } = imports[step.target]!
          const { writer, events } = step
          queues[writer] = queues[writer]!.then(() =>
            writers[writer]!.writeMany(tenant, id, events),
          )
        }
        if (step.does === 'startRelay' && relays.length < 3) {
          relays.push(await scene.startRelay({ duplicateWindowSeconds: 1 }))
        }
        if (step.does === 'stopRelay') await relays.shift()?.stop()
        if (step.does === 'cutConnections') await cut()
        if (step.does === 'loseMarks' && relays.length === 0) {
          // Only between two leaders can it happen that an event was stored and not marked.
          await queryOnce(
            adminUrl,
            `update outbox set published_at = null where import_id = $1
              and seq > (select max(seq) - 3 from outbox where import_id = $1 and published_at is not null)`,
            [imports[step.target]!.id],
          )
        }
        await sleep(step.lasts)
      }
      await Promise.all(queues)
      if (relays.length === 0) {
        relays.push(await scene.startRelay({ duplicateWindowSeconds: 1 }))
      }
      await scene.expectWhole()
    }),
    {
      numRuns: 8,
      endOnFailure: true,
    },
  )
})
