import { jetstreamManager } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'
import t from 'tap'
import { type EventName, eventNames, type ImportEvent } from '../../src/contracts/events.ts'
import { examples } from '../../src/contracts/examples.ts'
import { streamName } from '../../src/events/event-stream.ts'
import { readStream, startConsumer, withNats } from '../support/event-consumer.ts'
import { judgeEvent, judgeState, readOutbox } from '../support/event-contract.ts'
import { setEventScene } from '../support/event-scene.ts'
import { queryOnce } from '../support/query.ts'
import { judgeBlock } from '../support/sse-reader.ts'

const good = examples.ImportEvent as ImportEvent

t.test('every kind of event that the service writes is as the contract says', async t => {
  const { writer, nats, ...scene } = await setEventScene(t)
  await scene.startRelay()
  const [id] = await scene.createImports(1)
  for (const name of eventNames) await writer.write('acme', id!, name)
  await scene.expectWhole()
  t.strictSame(
    (await readStream(nats.url)).map(({ type }) => type),
    eventNames.map((name: EventName) => `contact-import.${name}.v1`),
  )
})

t.test('what differs from the contract is caught, wherever it comes from', async t => {
  t.doesNotThrow(() => judgeEvent(good))
  const { rows, ...withoutRows } = good.data
  const bad = {
    'another kind': { ...good, type: 'contact-import.paused.v1' },
    'one attribute too many': { ...good, phone: '+48 600 000 000' },
    'a contact in its data': { ...good, data: { ...good.data, contacts: [] } },
    'no ledger': { ...good, data: withoutRows },
    'a count below nothing': { ...good, data: { ...good.data, rows: { ...rows, remaining: -1 } } },
    'a time that is none': { ...good, time: 'yesterday' },
  }
  for (const [name, event] of Object.entries(bad)) {
    t.throws(() => judgeEvent(event), /asyncapi\.yaml/, name)
  }
  t.throws(() => judgeState({ ...good.data, status: 'paused' }), /asyncapi\.yaml/)
  const blockOf = (id: string, event: object) =>
    `event: ${good.type}\nid: ${id}\ndata: ${JSON.stringify(event)}`
  t.match(judgeBlock(blockOf(good.id, good)), { kind: 'event', event: good })
  t.throws(() => judgeBlock(blockOf(good.id, bad['no ledger'])), /rows/, 'in an event stream')
  t.throws(() => judgeBlock(blockOf(`${good.id}0`, good)), /was announced as/)

  const { writer, nats, adminUrl, ...scene } = await setEventScene(t)
  const [id] = await scene.createImports(1)
  await writer.write('acme', id!)
  const breaking = `update outbox set payload = payload - 'rows' where import_id = $1`
  await queryOnce(adminUrl, breaking, [id])
  await t.rejects(readOutbox(adminUrl), /rows/, 'in the outbox')
  const relay = await scene.startRelay()
  const consumer = startConsumer(nats.url, 'crm')
  await t.rejects(consumer.until(1), /rows/, 'at a consumer')
  await t.rejects(consumer.stop(), /rows/)
  await t.rejects(readStream(nats.url), /rows/, 'in the stream')
  await relay.stop()
  await queryOnce(adminUrl, 'delete from outbox')
})

t.test('a message under another name than its event is caught', async t => {
  const { nats, ...scene } = await setEventScene(t)
  const relay = await scene.startRelay()
  const subject = `contact-import.acme.${good.subject}.progress`
  const publish = (to: string, messageId?: string) =>
    withNats(nats.url, async connection => {
      const manager = await jetstreamManager(connection)
      await manager.streams.purge(streamName)
      const head = headers()
      if (messageId !== undefined) head.set('Nats-Msg-Id', messageId)
      await manager.jetstream().publish(to, JSON.stringify(good), { headers: head })
    })
  while (!relay.state().streamReady) await new Promise(setImmediate)
  await publish(subject, good.id)
  t.strictSame(await readStream(nats.url), [good])
  await publish(subject.replace('progress', 'completed'), `${good.id}0`)
  await t.rejects(readStream(nats.url), /was sent to/)
  await publish(subject, `${good.id}1`)
  await t.rejects(readStream(nats.url), /was sent as/)
  await publish(subject)
  await t.rejects(readStream(nats.url), /Nats-Msg-Id/)
})
