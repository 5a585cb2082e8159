import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import t, { type Test } from 'tap'
import { createLogger } from '../../src/log.ts'
import { authorize, buildTestApp } from './in-memory-services.ts'
import { boundary, encodeForm, encodePart, file } from './multipart-form.ts'
import { listen, RawClient, until } from './raw-client.ts'

/** The head and the first bytes of an upload over a bare socket. */
async function beginUpload(t: Test, limits: object, contentLength = 50_000) {
  const lines: string[] = []
  const logger = createLogger('info', { write: line => lines.push(line) })
  const built = await buildTestApp(t, { logger, limits: { uploadBytesMax: 100_000, ...limits } })
  const { port } = await listen(built.app)
  const client = new RawClient(t, port)
  const { authorization } = await authorize()
  client.send(
    `POST /v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\n` +
      `content-length: ${contentLength}\r\n\r\n`,
  )
  return { ...built, client, port, lines }
}

const begin = encodePart(file).subarray(0, -2)

/** An upload that has its place, and keeps it: one that has not could lose it to the next. */
async function holdUpload(t: Test, limits: object) {
  const held = await beginUpload(t, limits)
  held.client.send(begin)
  await until(async () => (await held.bench.listScratch()).length === 1)
  return held
}

/** A client that went away is no fault of ours. */
async function judgeLog(t: Test, lines: readonly string[]): Promise<void> {
  await sleep(100)
  t.strictSame(
    lines.filter(line => JSON.parse(line).level >= pino.levels.values.warn!),
    [],
  )
}

t.test('a client that goes away leaves nothing', async t => {
  const { client, bench, lines } = await holdUpload(t, {})
  client.socket.destroy()
  await until(async () => (await bench.listScratch()).length === 0)
  t.strictSame(bench.accepted, [])
  await judgeLog(t, lines)
})

t.test('a client that goes away during the inspection stops it', async t => {
  const form = encodeForm(file)
  const { client, bench, lines } = await beginUpload(t, {}, form.length)
  let stopped = false
  bench.beforeAccept = async signal => {
    client.socket.destroy()
    await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
    stopped = true
    throw signal.reason
  }
  client.send(form)
  await until(() => stopped)
  await until(async () => (await bench.listScratch()).length === 0)
  t.strictSame(bench.accepted, [])
  await judgeLog(t, lines)
})

t.test('a body that stops is given up, whatever its pace was', { timeout: 20_000 }, async t => {
  // At one byte a second the average of what came is good enough for minutes.
  const limits = { uploadIdleMs: 500, uploadBytesPerSecondMin: 1 }
  const { client, bench } = await beginUpload(t, limits)
  client.send(begin)
  await until(async () => (await bench.listScratch()).length === 1)
  client.send('a'.repeat(1_000))
  const answer = await client.answer()
  t.equal(answer.status, 408)
  t.match(JSON.parse(answer.body), { code: 'request-timeout' })
  t.strictSame(await bench.listScratch(), [])
})

t.test('a body that never begins is given up', async t => {
  const { client } = await beginUpload(t, { uploadIdleMs: 100 })
  t.equal((await client.answer()).status, 408)
})

t.test('a body that trickles is given up', async t => {
  const limits = { uploadIdleMs: 200, uploadBytesPerSecondMin: 100_000 }
  const { client, bench } = await beginUpload(t, limits)
  client.send(begin)
  const drip = setInterval(() => client.send('a'), 20)
  t.teardown(() => clearInterval(drip))
  t.equal((await client.answer()).status, 408)
  t.strictSame(await bench.listScratch(), [])
})

t.test('a slow inspection is not the fault of the client', async t => {
  const form = encodeForm(file)
  const { client, bench } = await beginUpload(t, { uploadIdleMs: 50 }, form.length)
  bench.beforeAccept = () => new Promise(resolve => setTimeout(resolve, 300))
  client.send(form)
  t.equal((await client.answer()).status, 201)
})

t.test('a client that still sends sees why it was refused', async t => {
  const { client } = await beginUpload(t, {}, 90_000_000)
  const chunk = Buffer.alloc(64 * 1024)
  const flood = setInterval(() => client.socket.writableLength === 0 && client.send(chunk), 1)
  t.teardown(() => clearInterval(flood))
  const answer = await client.answer()
  t.equal(answer.status, 413)
  t.match(JSON.parse(answer.body), { code: 'file-too-large', detail: /100000/ })
})

t.test('a client that sends for ever is cut off after its answer', async t => {
  const { client } = await beginUpload(t, { lingerMs: 100 }, 90_000_000)
  t.equal((await client.answer()).status, 413)
  await until(() => {
    client.send('a')
    return client.socket.destroyed
  })
  t.ok(client.socket.destroyed, 'the socket is closed')
})

t.test('a refused upload leaves the connection good for the next request', async t => {
  const form = encodeForm(file, { ...file, value: Buffer.alloc(5_000_000) })
  const { client } = await beginUpload(t, { uploadBytesMax: 10_000_000 }, form.length)
  client.send(form)
  t.equal((await client.answer()).status, 400)
  client.send('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n')
  await until(() => client.text.includes('"status":"ok"'))
  t.match(client.text, /HTTP\/1\.1 200 /, 'answered on the same socket')
})

/** The status of a whole upload of a tenant. */
async function uploadWhole(t: Test, port: number, tenant: string): Promise<number> {
  const client = new RawClient(t, port)
  const { authorization } = await authorize({ tenant })
  const form = encodeForm(file)
  client.send(
    `POST /v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\n` +
      `content-length: ${form.length}\r\n\r\n`,
  )
  client.send(form)
  return (await client.answer()).status
}

t.test('a tenant that holds all of its places leaves room for the others', async t => {
  const limits = { uploadsReceivingMax: 2, uploadsReceivingPerTenant: 1 }
  const { client, port } = await holdUpload(t, limits)
  t.equal(await uploadWhole(t, port, 'acme'), 503)
  t.equal(await uploadWhole(t, port, 'other'), 201)
  client.socket.destroy()
  await until(async () => (await uploadWhole(t, port, 'acme')) === 201)
})

t.test('uploads beyond the places are sent away', async t => {
  const { client, port } = await holdUpload(t, { uploadsReceivingMax: 1 })
  const ask = () => uploadWhole(t, port, 'acme')
  t.equal(await ask(), 503)
  client.socket.destroy()
  await until(async () => (await ask()) === 201)
  t.equal(await ask(), 201, 'the place is free again')
})

t.test(
  'a server that closes turns the upload away, and waits no longer for its client',
  async t => {
    const { app, client, bench } = await holdUpload(t, { closeRequestsMs: 200 })
    const closed = app.close()
    const answer = await client.answer()
    t.equal(answer.status, 503)
    t.match(JSON.parse(answer.body), { code: 'service-unavailable' })
    await closed
    t.strictSame(await bench.listScratch(), [])
  },
)

t.test('a server that closes ends an inspection', async t => {
  const form = encodeForm(file)
  const { app, client, bench } = await beginUpload(t, { closeRequestsMs: 200 }, form.length)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  bench.beforeAccept = async signal => {
    begin()
    await new Promise(resolve => signal.addEventListener('abort', resolve))
    signal.throwIfAborted()
  }
  client.send(form)
  await begun
  const closed = app.close()
  t.equal((await client.answer()).status, 503)
  await closed
  t.strictSame(bench.accepted, [])
})
