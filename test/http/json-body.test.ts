import t, { type Test } from 'tap'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { listen, RawClient, until } from './raw-client.ts'

/** The head of a call with a JSON body, over a bare socket. */
async function beginRename(t: Test, limits: object, framing: string): Promise<RawClient> {
  const { app } = await buildTestApp(t, { limits })
  const { port } = await listen(app)
  const client = new RawClient(t, port)
  const { authorization } = await authorize()
  client.send(
    `PATCH /v1/imports/${knownImport.id} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n` +
      `content-type: application/json\r\n${framing}\r\n\r\n`,
  )
  return client
}

t.test('a JSON body that stops is given up', async t => {
  const client = await beginRename(t, { uploadIdleMs: 100 }, 'content-length: 50')
  client.send('{"name":')
  const answer = await client.answer()
  t.equal(answer.status, 408)
  t.equal(JSON.parse(answer.body).code, 'request-timeout')
})

t.test('a JSON body that is declared too large is answered before any of it is sent', async t => {
  const client = await beginRename(t, { jsonBodyBytesMax: 1_000 }, 'content-length: 1001')
  const answer = await client.answer()
  t.equal(answer.status, 413)
  t.equal(JSON.parse(answer.body).code, 'request-too-large')
})

t.test('a JSON body that says no length is counted, and answered before its end', async t => {
  const limits = { jsonBodyBytesMax: 1_000 }
  const client = await beginRename(t, limits, 'transfer-encoding: chunked')
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  for (let i = 0; i < 50; i++) client.send(chunk)
  const answer = await client.answer()
  t.equal(answer.status, 413)
  t.notMatch(answer.headers, /connection: close/i)
  client.send('0\r\n\r\nGET /livez HTTP/1.1\r\nhost: x\r\n\r\n')
  await until(() => client.text.includes('"status":"ok"'))
  t.match(client.text, /HTTP\/1\.1 200 /, 'the connection is good for the next request')
})
