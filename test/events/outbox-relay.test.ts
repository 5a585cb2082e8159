import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import { streamName } from '../../src/events/event-stream.ts'
import { idsByImport, readStream, withNats } from '../support/event-consumer.ts'
import { startRelayProcess, untilLeading, untilPublished } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'
import { queryOnce } from '../support/query.ts'

const tenantId = 'acme'

t.test('200 imports at once: each event once, in order', async t => {
  const scene = await setEventScene(t)
  const { writer } = scene
  const relay = await scene.startRelay()
  const imports = await scene.createImports(200)
  for (let round = 0; round < 2; round++) {
    for (const id of imports) await writer.write(tenantId, id)
  }
  await scene.expectWhole()
  t.match(relay.state(), { leading: true, published: 400, duplicates: 0, parked: 0 })
})

t.test('an event is a CloudEvent, named by its subject and its id', async t => {
  const { writer, nats, adminUrl, ...scene } = await setEventScene(t)
  await scene.startRelay()
  const importId = await writer.createImport(tenantId)
  await writer.write(tenantId, importId, 'started')
  await untilPublished(adminUrl)
  const message = await withNats(nats.url, async connection =>
    (await jetstreamManager(connection)).streams.getMessage(streamName, { seq: 1 }),
  )
  t.equal(message!.subject, `contact-import.acme.${importId}.started`)
  t.equal(message!.header.get('Nats-Msg-Id'), `${importId}:1`)
  t.match(message!.header.get('Content-Type'), /^application\/cloudevents\+json/)
  t.match(message!.json(), {
    specversion: '1.0',
    id: `${importId}:1`,
    type: 'contact-import.started.v1',
    subject: importId,
    tenant: tenantId,
    data: { id: importId, status: 'running', rows: { total: 1_000 } },
  })
})

t.test('an event that the broker never takes is parked, and holds up nobody', async t => {
  const { nats, writer, adminUrl, ...scene } = await setEventScene(t, 'max_payload: 16KB')
  const relay = await scene.startRelay()
  const [poisoned, healthy] = await scene.createImports(2)
  await writer.write(tenantId, poisoned!)
  await writer.enlarge(tenantId, poisoned!, 20_000)
  await writer.write(tenantId, poisoned!, 'renamed')
  await writer.enlarge(tenantId, poisoned!, 0)
  await writer.write(tenantId, poisoned!)
  await writer.write(tenantId, healthy!)
  await untilPublished(adminUrl)
  const published = idsByImport(await readStream(nats.url))
  t.same(published[poisoned!], [`${poisoned}:1`, `${poisoned}:3`])
  t.same(published[healthy!], [`${healthy}:1`])
  t.match(
    await queryOnce(adminUrl, 'select seq, parked_reason from outbox where parked_at is not null'),
    [{ seq: 2, parked_reason: /bytes, the broker takes/ }],
  )
  t.equal(relay.state().parked, 1)
  t.match(
    relay.log.filter(line => line.importId),
    [{ importId: poisoned, seq: 2, msg: /parked/ }],
  )
})

t.test('of two relays one leads; the other takes over when it stops', async t => {
  const scene = await setEventScene(t)
  const { writer, adminUrl } = scene
  const relays = [await scene.startRelay(), await scene.startRelay()]
  const imports = await scene.createImports(20)
  for (const id of imports) await writer.writeMany(tenantId, id, 10)
  await untilPublished(adminUrl)
  t.same(relays.map(relay => relay.state().leading).sort(), [false, true])
  t.same(relays.map(relay => relay.state().published).sort(), [0, 200])
  for (const id of imports) await writer.writeMany(tenantId, id, 10)
  await relays.find(relay => relay.state().leading)!.stop()
  await scene.expectWhole()
})

t.test('a leader that is killed or hangs is replaced; nothing is lost or doubled', async t => {
  const scene = await setEventScene(t)
  const { writer, urls } = scene
  // What the broker remembers of ids is no help after a second.
  const stream = { duplicateWindowSeconds: 1 }
  const imports = await scene.createImports(20)
  const writeAll = async () => {
    for (const id of imports) await writer.writeMany(tenantId, id, 50)
  }
  const killed = await startRelayProcess(t, urls, stream)
  await untilLeading(killed)
  const hanging = await startRelayProcess(t, urls, stream)

  await writeAll()
  killed.child.kill('SIGKILL')
  await untilLeading(hanging)
  const successor = await scene.startRelay(stream)
  await writeAll()
  hanging.child.kill('SIGSTOP')
  const stoppedAt = performance.now()
  while (!successor.state().leading) await sleep(20)
  t.ok(performance.now() - stoppedAt < 12_000, 'another leads within seconds')
  hanging.child.kill('SIGCONT')
  await writeAll()
  await scene.expectWhole()
})

t.test('events that were published and not marked are not doubled by the next leader', async t => {
  const scene = await setEventScene(t)
  const { writer, adminUrl } = scene
  const stream = { duplicateWindowSeconds: 1 }
  const imports = await scene.createImports(5)
  for (const id of imports) await writer.writeMany(tenantId, id, 10)
  const first = await scene.startRelay(stream)
  await untilPublished(adminUrl)
  await first.stop()
  // As a leader leaves them that is killed between the acknowledgements and its commit.
  await queryOnce(adminUrl, 'update outbox set published_at = null where seq > 6')
  for (const id of imports) await writer.write(tenantId, id, 'completed')
  await sleep(1_500)
  const next = await scene.startRelay(stream)
  await scene.expectWhole()
  t.match(next.state(), { published: 5, duplicates: 20 })
})
