import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { listen, RawClient } from './raw-client.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE'

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']

const documented = parse(
  readFileSync(new URL('../../openapi/openapi.yaml', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, unknown>> }

/** What `Allow` says, without the `HEAD` that comes with a `GET`. */
const readAllow = (header: unknown) =>
  String(header)
    .split(', ')
    .filter(method => method !== 'HEAD')
    .sort()

t.test('every path names the documented methods to whoever uses another', async t => {
  const { app } = await buildTestApp(t)
  for (const [path, operations] of Object.entries(documented.paths)) {
    const taken = Object.keys(operations).map(method => method.toUpperCase())
    const url = path.replace('{id}', knownImport.id)
    for (const method of methods.filter(method => !taken.includes(method))) {
      const answer = await app.inject({ method, url })
      t.equal(answer.statusCode, 405, `${method} ${url}`)
      t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
      t.equal(answer.json().code, 'method-not-allowed')
      t.strictSame(readAllow(answer.headers.allow), taken.sort(), url)
    }
  }
})

t.test('the refusal speaks the language asked for', async t => {
  const { app } = await buildTestApp(t)
  const ask = (language: string) =>
    app.inject({ method: 'PUT', url: '/v1/cases', headers: { 'accept-language': language } })
  t.match((await ask('en')).json(), {
    type: 'urn:contact-import:problem:method-not-allowed',
    title: 'The method is not allowed here',
    detail: 'Use one of the methods: GET, HEAD.',
  })
  t.match((await ask('pl')).json(), {
    title: 'Metoda jest tu niedozwolona',
    detail: 'Użyj jednej z metod: GET, HEAD.',
  })
})

t.test('a path that does not exist is not found, whatever the method', async t => {
  const { app } = await buildTestApp(t)
  const headers = await authorize()
  const urls = ['/', '/v1', '/v1/import', `/v1/imports/${knownImport.id}/undo`]
  for (const url of [...urls, '/docs/static/none', '/openapi.yaml']) {
    for (const method of methods) {
      const answer = await app.inject({ method, url, headers })
      t.equal(answer.statusCode, 404, `${method} ${url}`)
      t.notOk(answer.headers.allow)
    }
  }
})

t.test('methods of other protocols are refused as well', async t => {
  const { app } = await buildTestApp(t)
  const { port } = await listen(app)
  for (const method of ['PROPFIND', 'QUERY', 'M-SEARCH', 'HEAD']) {
    const client = new RawClient(t, port)
    client.send(`${method} /v1/imports/events HTTP/1.1\r\nhost: a\r\n\r\n`)
    const { status, headers } = await client.answer(method === 'HEAD')
    t.equal(status, 405, method)
    t.match(headers, /\r\nallow: GET\r\n/i)
  }
})

t.test('a body is not looked at, and the connection is good for the next request', async t => {
  const { app } = await buildTestApp(t)
  const { port } = await listen(app)
  const client = new RawClient(t, port)
  const body = 'x'.repeat(2_000_000)
  client.send(
    `PUT /v1/imports HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  t.equal((await client.answer()).status, 405)
  client.send('GET /livez HTTP/1.1\r\nhost: a\r\n\r\n')
  while (!client.text.includes('"status":"ok"')) await new Promise(setImmediate)
  t.match(client.text, /HTTP\/1\.1 200 OK/)
})

t.test('a worker, which serves no API, knows its own paths alone', async t => {
  const { app } = await buildTestApp(t, { servesApi: false })
  t.equal((await app.inject({ method: 'POST', url: '/livez' })).statusCode, 405)
  t.equal((await app.inject({ method: 'PUT', url: '/v1/imports' })).statusCode, 404)
})
