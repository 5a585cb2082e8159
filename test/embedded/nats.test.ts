import { once } from 'node:events'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import t from 'tap'
import { findNatsServer, startNats } from '../../src/embedded/nats.ts'
import { commandLineOf } from '../../src/embedded/process-table.ts'
import { startOwnNats } from '../support/own-servers.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { killMiniature, startMiniature } from '../support/service-in-miniature.ts'

async function withConnection<T>(url: string, work: (nats: NatsConnection) => Promise<T>) {
  const { host, username, password } = new URL(url)
  const nats = await connect({ servers: host, user: username, pass: password, reconnect: false })
  try {
    return await work(nats)
  } finally {
    await nats.close()
  }
}

const publish = (url: string) =>
  withConnection(url, async nats => (await jetstream(nats).publish('kept.one', 'x')).seq)

t.test('streams outlive a stop, a crash of the server and a crash of the service', async t => {
  const nats = await startOwnNats(t)
  await withConnection(nats.url, async connection => {
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'], storage: 'file' })
  })
  t.equal(await publish(nats.url), 1)

  await nats.stop()
  t.equal(commandLineOf(nats.pid()), undefined, 'stopped')
  await nats.start()
  t.equal(await publish(nats.url), 2)

  await nats.killOutright()
  await nats.start()
  t.equal(await publish(nats.url), 3)

  await nats.stop()
  const service = await startMiniature(t, 'nats', { folder: nats.folder })
  t.equal(await publish(service.url), 4)
  await t.rejects(startNats({ storeDir: nats.folder }), { code: 'folder-in-use' })
  await killMiniature(service)
  t.ok(commandLineOf(service.serverPid), 'the server outlives a service killed outright')
  await nats.start()
  t.equal(commandLineOf(service.serverPid), undefined, 'the leftover is stopped')
  t.equal(await publish(nats.url), 5)
})

t.test('clients find it where it was, unless another program took the port', async t => {
  const storeDir = join(makeScratchFolder(t), 'nats')
  const first = await startNats({ storeDir })
  await first.stop()
  const second = await startNats({ storeDir })
  t.equal(second.port, first.port)
  await second.stop()
  const holder = createServer().listen(first.port, '127.0.0.1')
  await once(holder, 'listening')
  t.teardown(() => holder.close())
  const third = await startNats({ storeDir })
  t.not(third.port, first.port)
  await third.stop()
})

t.test('nobody gets in without the password', async t => {
  const nats = await startOwnNats(t)
  const stranger = new URL(nats.url)
  stranger.password = 'guess'
  await t.rejects(publish(stranger.href), /authorization/i)
  for (const name of ['secrets.json', 'nats.conf']) {
    t.equal(statSync(join(nats.folder, name)).mode & 0o777, 0o600, name)
  }
})

t.test('further configuration is taken up', async t => {
  const nats = await startOwnNats(t, 'max_payload: 1234')
  const limit = await withConnection(nats.url, async connection => connection.info!.max_payload)
  t.equal(limit, 1234)
})

t.test('faults are one clear line', async t => {
  const scratch = makeScratchFolder(t)
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  t.teardown(() => void other.close())
  const { port } = other.address() as { port: number }
  const storeDir = join(scratch, 'nats')
  await t.rejects(startNats({ storeDir, port }), { code: 'port-taken' })
  await t.rejects(startNats({ storeDir, configuration: 'nonsense: {' }), { code: 'start-failed' })
  writeFileSync(join(scratch, 'file'), '')
  const inFile = join(scratch, 'file', 'nats')
  await t.rejects(startNats({ storeDir: inFile }), { code: 'folder-unwritable' })
})

t.test('the program is looked for on the PATH', async t => {
  const scratch = makeScratchFolder(t)
  const [folder, own] = [join(scratch, 'folder'), join(scratch, 'own')]
  mkdirSync(join(folder, 'nats-server'), { recursive: true })
  mkdirSync(own)
  const program = join(own, 'nats-server')
  writeFileSync(program, '')
  t.not(findNatsServer(`${folder}:${own}`), program, 'a file that may not be executed is none')
  chmodSync(program, 0o755)
  t.equal(findNatsServer(`${folder}:${own}`), program)
})
