/** Every way in which a broker may want to know the service, and servers in a list. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { createUser } from '@nats-io/nkeys'
import t, { type Test } from 'tap'
import type { BrokerIdentity } from '../../src/config.ts'
import { connectNats } from '../../src/events/connect-nats.ts'
import { streamName } from '../../src/events/event-stream.ts'
import { makeCertificate } from '../support/certificates.ts'
import { untilPublished } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'
import { makeOperator } from '../support/nats-credentials.ts'
import { startOwnNats } from '../support/own-servers.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const tenantId = 'acme'

/** Whether the broker takes a stream from who comes like this. */
async function serves(natsUrl: string, identity?: BrokerIdentity): Promise<boolean> {
  const connection = await connectNats(natsUrl, 'test', identity)
  try {
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'ANY', subjects: ['any'] })
    return true
  } finally {
    await connection.close()
  }
}

async function hasStream(natsUrl: string): Promise<boolean> {
  const connection = await connectNats(natsUrl, 'test')
  const manager = await jetstreamManager(connection)
  const names = await manager.streams.names().next()
  await connection.close()
  return names.includes(streamName)
}

/** Writes a file that only the test reads. */
function writeFile(t: Test, name: string, content: string | Uint8Array): string {
  const path = join(makeScratchFolder(t), name)
  writeFileSync(path, content)
  return path
}

const without = (url: string) => `nats://${new URL(url).host}`

t.test('credentials of an operator', async t => {
  const { configuration, creds } = makeOperator()
  const nats = await startOwnNats(t, configuration)
  const url = without(nats.url)
  const credsFile = writeFile(t, 'user.creds', creds)
  t.ok(await serves(url, { credsFile }))
  await t.rejects(serves(url), /Authorization/)
  // The file is read at each connection: what stands in it now counts.
  writeFileSync(credsFile, makeOperator().creds)
  await t.rejects(serves(url, { credsFile }), /Authorization/)
})

t.test('an nkey', async t => {
  const user = createUser()
  const nats = await startOwnNats(t, `authorization { users: [{ nkey: ${user.getPublicKey()} }] }`)
  const url = without(nats.url)
  t.ok(await serves(url, { nkeyFile: writeFile(t, 'seed', `${decode(user.getSeed())}\n`) }))
  const other = writeFile(t, 'other', createUser().getSeed())
  await t.rejects(serves(url, { nkeyFile: other }), /Authorization/)
})

t.test('TLS, with a certificate of the service', async t => {
  const folder = makeScratchFolder(t)
  const [server, client, other] = ['server', 'client', 'other'].map(name =>
    makeCertificate(folder, name),
  )
  const nats = await startOwnNats(
    t,
    `tls { cert_file: "${server!.cert}", key_file: "${server!.key}", ca_file: "${client!.cert}", verify: true }`,
  )
  const own = { certFile: client!.cert, keyFile: client!.key }
  t.ok(await serves(nats.url, { caFile: server!.cert, ...own }))
  await t.rejects(serves(nats.url, { caFile: server!.cert }), 'without one')
  await t.rejects(serves(nats.url, own), /self-signed/)
  await t.rejects(serves(nats.url, { ...own, caFile: other!.cert }), 'of a server it does not know')
  const insecure = await startOwnNats(t)
  await t.rejects(serves(insecure.url, { caFile: server!.cert }), /tls/i)
})

t.test('of several servers any serves, also after the one in use is gone', async t => {
  const { nats, writer, adminUrl, ...scene } = await setEventScene(t)
  const second = await startOwnNats(
    t,
    `authorization { user: "contact-import", password: "${new URL(nats.url).password}" }`,
  )
  const relay = await scene.startRelay({}, `${nats.url},nats://127.0.0.1:1,${without(second.url)}`)
  const first = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, first, 5)
  await untilPublished(adminUrl)
  const used = (await hasStream(nats.url)) ? nats : second
  await used.killOutright()
  const next = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, next, 5)
  while (relay.state().published < 10) await sleep(20)
  t.match(relay.state(), { connected: true, streamReady: true, parked: 0 })
})

function decode(seed: Uint8Array): string {
  return new TextDecoder().decode(seed)
}
