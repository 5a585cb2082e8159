import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import type { ImportEvent } from '../../src/contracts/events.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { requestRepublication } from '../../src/storage/outbox/unpublished-events.ts'
import {
  deleteStream,
  idsByImport,
  outboxIds,
  readStream,
  startConsumer,
} from '../support/event-consumer.ts'
import { untilPublished } from '../support/event-relay.ts'
import { type EventScene, setEventScene } from '../support/event-scene.ts'

const tenantId = 'acme'

/** Imports whose events go on being written until told to stop. */
async function keepWriting(
  scene: Pick<EventScene, 'writer' | 'createImports'>,
): Promise<() => Promise<void>> {
  const { writer } = scene
  const ids = await scene.createImports(20)
  let goesOn = true
  const writing = (async () => {
    while (goesOn) {
      for (const id of ids) await writer.write(tenantId, id)
      await sleep(5)
    }
  })()
  return () => {
    goesOn = false
    return writing
  }
}

t.test('a broker killed outright, again and again, in the middle of imports', async t => {
  const scene = await setEventScene(t)
  const { nats } = scene
  const relay = await scene.startRelay({ duplicateWindowSeconds: 1 })
  const stopWriting = await keepWriting(scene)
  for (let time = 0; time < 3; time++) {
    await sleep(700)
    await nats.killOutright()
    await sleep(1_500)
    await nats.start()
  }
  await stopWriting()
  await scene.expectWhole()
  t.match(relay.state(), { connected: true, streamReady: true, parked: 0 })
})

t.test('a broker that is away from the start and comes later', async t => {
  const scene = await setEventScene(t)
  const { nats, writer } = scene
  await nats.stop()
  const relay = await scene.startRelay()
  for (let index = 0; index < 3; index++) {
    await writer.writeMany(tenantId, await writer.createImport(tenantId), 100)
  }
  await sleep(3_000)
  t.match(relay.state(), { connected: false, published: 0 })
  t.equal(relay.log.filter(line => line.level === 40).length, 1, 'one warning for one outage')
  await nats.start()
  await scene.expectWhole()
})

t.test('a stream deleted under way is made again, and filled again from the outbox', async t => {
  const { nats, adminUrl, urls, ...scene } = await setEventScene(t)
  const relay = await scene.startRelay()
  const stopWriting = await keepWriting(scene)
  await sleep(1_000)
  await deleteStream(nats.url)
  await sleep(1_000)
  await stopWriting()
  await untilPublished(adminUrl)
  const published = idsByImport(await readStream(nats.url))
  for (const [id, ids] of Object.entries(await outboxIds(adminUrl))) {
    const found = published[id] ?? []
    if (found.length === 0 || !isDeepStrictEqual(found, ids.slice(-found.length))) {
      t.same(found, ids, 'the last events of each import are there, without a gap')
    }
  }
  t.match(relay.state(), { streamReady: true })

  const orm = await openOrm(urls.databaseUrl)
  await requestRepublication(orm, { since: new Date(0) })
  await orm.close()
  await untilPublished(adminUrl)
  const repaired = (await readStream(nats.url)).map(({ id }) => id)
  const all = Object.values(await outboxIds(adminUrl)).flat()
  t.strictSame(repaired.toSorted(), all.toSorted(), 'nothing is missing any more')
})

t.test('a stream deleted while nothing goes out is made again by the first event', async t => {
  const { nats, adminUrl, writer, ...scene } = await setEventScene(t)
  const relay = await scene.startRelay()
  while (!relay.state().streamReady) await sleep(20)
  await deleteStream(nats.url)
  // Of an import that the relay does not know, it asks the stream first.
  await writer.write(tenantId, await writer.createImport(tenantId))
  await untilPublished(adminUrl, 20_000)
  await scene.expectWhole()
})

t.test('a durable consumer restarted under way sees every event once, in order', async t => {
  const { nats, adminUrl, ...scene } = await setEventScene(t)
  await scene.startRelay()
  const stopWriting = await keepWriting(scene)
  const seen: ImportEvent[] = []
  const consumeTo = async (events: number) => {
    const consumer = startConsumer(nats.url, 'crm', seen)
    await consumer.until(events)
    await consumer.stop()
  }
  await sleep(500)
  for (let restart = 1; restart <= 5; restart++) await consumeTo(restart * 40)
  await stopWriting()
  await untilPublished(adminUrl)
  const outbox = await outboxIds(adminUrl)
  await consumeTo(Object.values(outbox).flat().length)
  t.same(idsByImport(seen), outbox)
})
