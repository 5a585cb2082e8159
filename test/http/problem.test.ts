import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { errorCodes } from '../../src/errors.ts'
import { problemStatuses } from '../../src/http/problem.ts'
import { createLogger } from '../../src/log.ts'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { listen, RawClient, until } from './raw-client.ts'

const importUrl = `/v1/imports/${knownImport.id}`

t.test('every code has a status of its kind', async t => {
  for (const code of errorCodes) {
    const status = problemStatuses[code]
    t.ok(status >= 400 && status < 600, `${code} is ${status}`)
  }
})

t.test('problems speak the language asked for', async t => {
  const { app } = await buildTestApp(t)
  const headers = await authorize()
  const ask = async (language: string) =>
    app.inject({
      method: 'PUT',
      url: `${importUrl}/mapping`,
      headers: { ...headers, 'accept-language': language },
      payload: { headerRow: true, columns: [] },
    })
  const polish = await ask('pl-PL, en;q=0.5')
  t.equal(polish.statusCode, 422)
  t.equal(polish.headers['content-type'], 'application/problem+json; charset=utf-8')
  t.equal(polish.headers['content-language'], 'pl')
  t.strictSame(polish.json(), {
    type: 'urn:contact-import:problem:mapping-field-twice',
    title: 'Pole przypisano dwa razy',
    status: 422,
    detail: 'Pole phone przyjmuje najwyżej jedną kolumnę.',
    code: 'mapping-field-twice',
    instance: polish.headers['x-request-id'],
    errors: [
      {
        pointer: '/columns/1/field',
        code: 'mapping-field-twice',
        detail: 'Pole phone przyjmuje najwyżej jedną kolumnę.',
      },
    ],
  })
  t.equal((await ask('de')).json().title, 'A field is assigned twice')
})

t.test('faults of a request are pointed to', async t => {
  const { app } = await buildTestApp(t)
  const headers = await authorize()
  const faultsOf = async (method: 'GET' | 'PUT' | 'PATCH', url: string, payload?: unknown) => {
    const answer = await app.inject({ method, url, headers, payload: payload as object })
    t.equal(answer.statusCode, 400, `${method} ${url}`)
    t.equal(answer.json().code, 'request-invalid')
    return answer
      .json()
      .errors.map((item: { pointer: string; code: string }) => [item.pointer, item.code])
  }
  t.strictSame(await faultsOf('GET', '/v1/imports?limit=0&limits=5&status=done'), [
    ['/query/limits', 'additional-properties'],
    ['/query/status', 'enum'],
    ['/query/limit', 'minimum'],
  ])
  t.strictSame(await faultsOf('GET', '/v1/imports?limit=5.7'), [['/query/limit', 'type']])
  t.strictSame(await faultsOf('GET', '/v1/contacts?q=a&q=b'), [['/query/q', 'type']])
  t.strictSame(await faultsOf('GET', '/v1/contacts?q=a%00b'), [['/query/q', 'text-invalid']])
  for (const blank of ['', '%20', '%09', '%C2%A0%0A', '%E2%80%83', '%EF%BB%BF']) {
    for (const filter of ['contacts?q', 'imports?name']) {
      const [, name] = filter.split('?')
      const faults = await faultsOf('GET', `/v1/${filter}=${blank}`)
      t.strictSame(faults, [[`/query/${name}`, 'text-blank']], `${filter}=${blank}`)
    }
  }
  t.strictSame(await faultsOf('GET', '/v1/contacts?importId=1'), [['/query/importId/0', 'format']])
  t.strictSame(
    await faultsOf('PUT', `${importUrl}/mapping`, {
      headerRow: 'false',
      columns: [{ column: 0, field: 'phone', more: 1 }, { field: '' }],
      region: 'pl',
    }),
    [
      ['/headerRow', 'type'],
      ['/columns/0/more', 'additional-properties'],
      ['/columns/0/column', 'minimum'],
      ['/columns/1/column', 'required'],
      ['/columns/1/field', 'min-length'],
      ['/region', 'pattern'],
    ],
    'nothing is coerced, nothing is dropped',
  )
  t.strictSame(await faultsOf('PATCH', importUrl, { name: 5 }), [['/name', 'type']])
  t.strictSame(await faultsOf('PATCH', importUrl, { name: 'a\0' }), [['/name', 'text-invalid']])
  t.strictSame(await faultsOf('PATCH', importUrl, { name: 'a\ud800' }), [['/name', 'text-invalid']])
  t.strictSame(await faultsOf('PATCH', importUrl, { name: 'a'.repeat(201) }), [
    ['/name', 'max-length'],
  ])
})

t.test('bodies that are no JSON', async t => {
  const { app } = await buildTestApp(t, { limits: { jsonBodyBytesMax: 100 } })
  const headers = { ...(await authorize()), 'content-type': 'application/json' }
  const send = (payload: string | Buffer, more = {}) =>
    app.inject({ method: 'PATCH', url: importUrl, headers: { ...headers, ...more }, payload })
  for (const body of [
    '',
    '{',
    '{"name":"a"',
    '{"name":"a"}}',
    Buffer.from('{"name":"\xff"}', 'latin1'),
  ]) {
    const answer = await send(body)
    t.equal(answer.statusCode, 400)
    t.match(answer.json(), { code: 'request-invalid', errors: [{ code: 'json-malformed' }] })
  }
  t.match((await send('{"name":"a","__proto__":{"x":1}}')).json(), { code: 'request-invalid' })
  const large = await send(JSON.stringify({ name: 'a'.repeat(100) }))
  t.equal(large.statusCode, 413)
  t.equal(large.json().code, 'request-too-large')
  const xml = await send('<a/>', { 'content-type': 'application/xml' })
  t.equal(xml.statusCode, 415)
  t.match(xml.json(), { code: 'media-type-unsupported', detail: 'Send application/json.' })
  const form = await send('a=1', { 'content-type': 'multipart/form-data; boundary=x' })
  t.equal(form.statusCode, 415, 'multipart is for uploads alone')
})

t.test('a call without a body may come with a media type', async t => {
  const { app } = await buildTestApp(t)
  const headers = await authorize()
  const url = `${importUrl}/start`
  t.equal((await app.inject({ method: 'POST', url, headers })).statusCode, 202)
  const typed = { ...headers, 'content-type': 'application/json' }
  t.equal((await app.inject({ method: 'POST', url, headers: typed })).statusCode, 202)
})

t.test('what is not there', async t => {
  const { app } = await buildTestApp(t)
  const headers = await authorize()
  for (const url of [
    '/',
    '/v1',
    '/v1/nothing',
    '/v1/imports/1',
    '/v1/imports/0198c0de-0000-7000-8000-00000000000g',
    '/v1/contacts/abc',
    `/v1/contacts/${'9'.repeat(20)}`,
  ]) {
    const answer = await app.inject({ url, headers })
    t.equal(answer.statusCode, 404, url)
    t.match(answer.json(), { code: 'not-found' })
  }
  const other = await app.inject({ url: importUrl, headers: await authorize({ tenant: 'other' }) })
  t.equal(other.statusCode, 404, 'an import of another tenant')
  t.equal((await app.inject({ url: '/v1/%zz', headers })).json().code, 'request-invalid')
})

t.test('what nobody foresaw is logged, and told to nobody', async t => {
  const { app, bench, lines } = await buildLoggedApp(t)
  const cause = Object.assign(new Error('duplicate key (email)=(lucja@example.com)'), {
    code: '23505',
    detail: 'Key (email)=(lucja@example.com) already exists',
  })
  bench.fault = new Error('the batch was not written', { cause })
  const headers = await authorize()
  const answer = await app.inject({ url: `${importUrl}?x=secret`, headers })
  t.equal(answer.statusCode, 500)
  t.equal(answer.json().code, 'internal-error')
  const requestId = answer.headers['x-request-id'] as string
  t.match(answer.json().detail, requestId)
  t.notMatch(answer.body, 'lucja')
  const text = lines.join('')
  t.notMatch(text, 'lucja')
  t.notMatch(text, headers.authorization.slice(7))
  t.notMatch(text, 'x=secret')
  const failure = lines.map(line => JSON.parse(line)).find(line => line.msg === 'request failed')
  t.match(failure, {
    requestId,
    importId: knownImport.id,
    code: 'internal-error',
    err: {
      type: 'Error',
      message: 'the batch was not written',
      frames: /problem\.test/,
      cause: { code: '23505', message: undefined },
    },
  })
})

async function buildLoggedApp(t: Test) {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { ...(await buildTestApp(t, { logger: createLogger('info', sink) })), lines }
}

t.test('one line for an answer, with its import and without its query', async t => {
  const { app, lines } = await buildLoggedApp(t)
  const headers = { ...(await authorize()), 'x-request-id': 'proxy-12345' }
  await app.inject({ url: importUrl, headers })
  await app.inject({ url: '/v1/contacts?q=Kowalska', headers: await authorize() })
  await app.inject({ url: '/v1/imports/Kowalska', headers: await authorize() })
  await app.inject({ url: '/livez' })
  t.match(
    lines.map(line => JSON.parse(line)),
    [
      {
        requestId: 'proxy-12345',
        importId: knownImport.id,
        method: 'GET',
        route: '/v1/imports/:id',
        status: 200,
        tenant: 'acme',
      },
      { route: '/v1/contacts', requestId: /^[0-9a-f-]{36}$/ },
      { route: '/v1/imports/:id', status: 404 },
    ],
  )
  t.equal(lines.length, 3)
  t.notMatch(lines.join(''), 'Kowalska')
})

t.test('a foreign request id that could forge a line is not taken', async t => {
  const { app } = await buildTestApp(t)
  for (const id of ['short', 'with space in it', 'x'.repeat(65), '"}{"level":60']) {
    const answer = await app.inject({ url: '/livez', headers: { 'x-request-id': id } })
    t.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/)
  }
})

t.test('answers are data for one caller', async t => {
  const { app } = await buildTestApp(t)
  const answer = await app.inject({ url: '/v1/contacts', headers: await authorize() })
  t.match(answer.headers, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
})

t.test('readiness', async t => {
  const { app, bench } = await buildTestApp(t)
  t.equal((await app.inject('/readyz')).statusCode, 200)
  bench.ready = false
  const answer = await app.inject('/readyz')
  t.equal(answer.statusCode, 503)
  t.match(answer.json(), { code: 'service-unavailable' })
  t.ok(answer.headers['retry-after'])
  t.equal((await app.inject('/livez')).statusCode, 200)
})

t.test('what is no HTTP request', async t => {
  const { app } = await buildTestApp(t)
  const { port } = await listen(app)
  const ask = async (text: string) => {
    const client = new RawClient(t, port)
    client.send(text)
    const answer = await client.answer()
    await until(() => client.socket.destroyed)
    return [answer.status, JSON.parse(answer.body).code]
  }
  const bomb = `GET /livez HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`
  t.strictSame(await ask(bomb), [431, 'request-too-large'])
  const many = Array.from({ length: 5_000 }, (_, i) => `x${i}: 1\r\n`).join('')
  t.strictSame(await ask(`GET /livez HTTP/1.1\r\nhost: x\r\n${many}\r\n`), [
    431,
    'request-too-large',
  ])
  t.strictSame(await ask('not http at all\r\n\r\n'), [400, 'request-invalid'])
  t.strictSame(
    await ask(
      'POST /livez HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    ),
    [400, 'request-invalid'],
    'a smuggled body',
  )
})
