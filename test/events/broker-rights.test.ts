import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager, StorageType } from '@nats-io/jetstream'
import t from 'tap'
import { streamName } from '../../src/events/event-stream.ts'
import { idsByImport, readStream, withNats } from '../support/event-consumer.ts'
import { type RelayOnTrial, untilPublished } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'

const tenantId = 'acme'
const relayUser = { user: 'relay', pass: 'secret' }

/** An operator who may everything, and `relay` with the permissions given. */
const withRelayUser = (permissions: string) =>
  `authorization { users: [
    { user: "operator", password: "secret" }
    { user: "relay", password: "secret", permissions: { ${permissions} } }
  ] }`

const urlAs = (url: string, user: string) => {
  const other = new URL(url)
  other.username = user
  other.password = relayUser.pass
  return other.href
}

const warnings = (relay: RelayOnTrial) =>
  relay.log.filter(line => (line.level as number) >= 40).map(line => String(line.msg))

/** As an operator may have made it beforehand. */
async function makeStream(natsUrl: string): Promise<void> {
  await withNats(natsUrl, async connection => {
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: streamName, subjects: ['contact-import.>'] })
  })
}

async function untilFault(relay: RelayOnTrial): Promise<void> {
  while (relay.state().streamFaults === 0) await sleep(20)
}

t.test('the stream is made, and brought to the configuration when it differs', async t => {
  const { nats, ...scene } = await setEventScene(t)
  const configOf = () =>
    withNats(nats.url, async connection => {
      const manager = await jetstreamManager(connection)
      return (await manager.streams.info(streamName)).config
    })
  const startAndStop = async (stream = {}) => {
    const relay = await scene.startRelay(stream)
    while (!relay.state().streamReady) await sleep(20)
    await relay.stop()
    return relay.log.find(line => line.did)?.did
  }
  t.equal(await startAndStop(), 'created')
  t.match(await configOf(), {
    subjects: ['contact-import.>'],
    storage: StorageType.File,
    max_age: 3_600e9,
    max_bytes: 64 * 1024 * 1024,
    duplicate_window: 120e9,
  })
  t.equal(await startAndStop(), 'nothing')
  await withNats(nats.url, async connection => {
    const manager = await jetstreamManager(connection)
    await manager.streams.update(streamName, { max_msgs: 1_000, subjects: ['wrong.>'] })
  })
  t.equal(await startAndStop({ ageHours: 2, bytesMax: 2 ** 25 }), 'updated')
  t.match(await configOf(), {
    subjects: ['contact-import.>'],
    max_age: 7_200e9,
    max_bytes: 2 ** 25,
    max_msgs: 1_000,
  })
})

t.test('a change that the broker refuses leaves the stream in use', async t => {
  const { nats, writer, ...scene } = await setEventScene(
    t,
    withRelayUser('publish: { allow: ">", deny: "$JS.API.STREAM.UPDATE.>" }'),
  )
  await makeStream(urlAs(nats.url, 'operator'))
  const relay = await scene.startRelay({}, urlAs(nats.url, 'relay'))
  const id = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, id, 5)
  await scene.expectWhole(urlAs(nats.url, 'operator'))
  t.match(warnings(relay), ['the broker refuses to change the stream, which is used as it is'])
  t.equal(relay.state().streamFaults, 1)
})

t.test('a broker without JetStream is a clear line and a count; events wait', async t => {
  const { writer, adminUrl, ...scene } = await setEventScene(t, 'jetstream: disabled')
  const relay = await scene.startRelay()
  const id = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, id, 5)
  await untilFault(relay)
  t.match(warnings(relay), [/is JetStream enabled\? Events wait/])
  t.match(relay.state(), { connected: true, streamReady: false, published: 0 })
  await t.rejects(untilPublished(adminUrl, 500), /5 events still wait/)
})

t.test('rights to publish are enough where the stream is there', async t => {
  const rights = withRelayUser('publish: ["contact-import.>"]')
  const { nats, writer, ...scene } = await setEventScene(t, rights)
  const operatorUrl = urlAs(nats.url, 'operator')
  await makeStream(operatorUrl)
  const relay = await scene.startRelay({}, urlAs(nats.url, 'relay'))
  const id = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, id, 5)
  await scene.expectWhole(operatorUrl)
  t.match(warnings(relay), [/may not look after the stream/])
})

t.test('a tenant whose events may not be published holds up no other', async t => {
  const { nats, writer, adminUrl, ...scene } = await setEventScene(
    t,
    withRelayUser('publish: { allow: ">", deny: "contact-import.acme.>" }'),
  )
  const relay = await scene.startRelay({}, urlAs(nats.url, 'relay'))
  const denied: string[] = []
  for (let index = 0; index < 100; index++) {
    denied.push(await writer.createImport(tenantId))
    await writer.write(tenantId, denied.at(-1)!)
  }
  const allowed = await writer.createImport('other')
  await writer.writeMany('other', allowed, 50)
  const deadline = performance.now() + 10_000
  while (relay.state().published < 50 && performance.now() < deadline) await sleep(20)
  t.match(relay.state(), { published: 50, parked: 0 })
  t.same(Object.keys(idsByImport(await readStream(urlAs(nats.url, 'operator')))), [allowed])
  await t.rejects(untilPublished(adminUrl, 0), /100 events still wait/)
})

t.test('wrong credentials are said once, and tried again', async t => {
  const { nats, ...scene } = await setEventScene(t)
  const relay = await scene.startRelay({}, urlAs(nats.url, 'nobody'))
  await sleep(2_500)
  t.match(warnings(relay), [/^the broker cannot be reached/])
  t.notMatch(JSON.stringify(relay.log), relayUser.pass)
})
