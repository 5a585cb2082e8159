import { Agent, get, type IncomingMessage } from 'node:http'
import t, { type Test } from 'tap'
import type { EventName, ImportEvent } from '../../src/contracts/events.ts'
import { examples } from '../../src/contracts/examples.ts'
import type { ImportSnapshot } from '../../src/contracts/import.ts'
import type { FollowQuery, StreamMessage } from '../../src/contracts/services.ts'
import type { HttpLimits } from '../../src/http/http-limits.ts'
import { judgeBlock } from '../support/sse-reader.ts'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { listen, until } from './raw-client.ts'

const state: StreamMessage = { kind: 'state', state: examples.ImportSnapshot as ImportSnapshot }

function event(seq: number, name: EventName = 'progress'): StreamMessage {
  const example = examples.ImportEvent as ImportEvent
  const id = `${knownImport.id}:${seq}`
  const type = `contact-import.${name}.v1`
  const data = name === 'progress' ? examples.ImportProgress : examples.ImportSnapshot
  return { kind: 'event', event: { ...example, id, type, data } as ImportEvent }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}

async function serve(t: Test, limits: Partial<HttpLimits> = {}) {
  const built = await buildTestApp(t, { limits })
  const { url } = await listen(built.app)
  return { ...built, url: `${url}/v1/imports` }
}

interface Reader {
  readonly response: IncomingMessage
  text: string
}

/** Keeps connections, as browsers do. */
const agent = new Agent({ keepAlive: true, maxSockets: 100 })
t.teardown(() => agent.destroy())

/** A stream that holds what the contract does not know throws out of its socket, which fails the file. */
function judge({ response, text }: Reader): void {
  if (response.statusCode === 200) text.split('\n\n').slice(0, -1).map(judgeBlock)
}

/** Reads a stream as it comes, or only its head when `paused`. */
function read(url: string, headers: object, paused = false): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: headers as Record<string, string>, agent })
    request.on('error', reject)
    request.on('response', response => {
      const reader: Reader = { response, text: '' }
      response.on('error', () => {})
      if (!paused) {
        response.setEncoding('utf8').on('data', text => {
          reader.text += text
        })
        response.on('close', () => judge(reader))
      }
      resolve(reader)
    })
  })
}

/** The last message of a stream that has ended. */
const lastOf = ({ text }: Reader) => text.split('\n\n').at(-2)

t.test('states first, then events', async t => {
  const { bench, url } = await serve(t)
  bench.feed = async function* (_query, signal) {
    yield state
    yield { kind: 'ready', resumed: false }
    yield event(5)
    yield event(6, 'completed')
    await ended(signal)
  }
  const reader = await read(`${url}/events`, await authorize())
  await until(() => reader.text.includes('completed.v1"'))
  t.match(reader.response.headers, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': /./,
  })
  const [retry, ...messages] = reader.text.split('\n\n').filter(Boolean)
  t.match(retry, /^retry: [12]\d{3}$/)
  const [first, ready, second, third] = messages.map(message => message.split('\n'))
  t.strictSame(ready, ['event: ready', 'data: {"resumed":false}'])
  t.equal(first![0], 'event: state')
  t.strictSame(JSON.parse(first![1]!.slice('data: '.length)), examples.ImportSnapshot)
  t.strictSame(second!.slice(0, 2), [
    'event: contact-import.progress.v1',
    `id: ${knownImport.id}:5`,
  ])
  t.match(JSON.parse(second![2]!.slice('data: '.length)), { specversion: '1.0' })
  t.equal(third![0], 'event: contact-import.completed.v1')
  t.equal(messages.length, 4)
  reader.response.destroy()
})

t.test('what was missed is asked for', async t => {
  const { bench, url } = await serve(t)
  const queries: FollowQuery[] = []
  bench.feed = async function* (query) {
    queries.push(query)
    yield state
  }
  const headers = await authorize()
  const id = `${knownImport.id}:7`
  await read(`${url}/events`, headers)
  await read(`${url}/events`, { ...headers, 'last-event-id': id })
  await read(`${url}/events?lastEventId=${id}`, headers)
  const older = `${knownImport.id}:3`
  await read(`${url}/events?lastEventId=${older}`, { ...headers, 'last-event-id': id })
  await read(`${url}/${knownImport.id}/events`, { ...headers, 'last-event-id': id })
  t.strictSame(queries, [
    {},
    { lastEventId: id },
    { lastEventId: id },
    { lastEventId: id },
    { importId: knownImport.id, lastEventId: id },
  ])
  const bad = await read(`${url}/events`, { ...headers, 'last-event-id': 'nonsense' })
  t.equal(bad.response.statusCode, 400)
})

t.test('an import that is not there has no stream', async t => {
  const { url } = await serve(t)
  const path = `${url}/0198c0de-0000-7000-8000-000000000000/events`
  t.equal((await read(path, await authorize())).response.statusCode, 404)
  const other = await read(`${url}/${knownImport.id}/events`, await authorize({ tenant: 'other' }))
  t.equal(other.response.statusCode, 404)
  t.equal(other.response.headers['content-type'], 'application/problem+json; charset=utf-8')
})

t.test('silence is broken', async t => {
  const { bench, url } = await serve(t, { eventStreamHeartbeatMs: 20 })
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const reader = await read(`${url}/events`, await authorize())
  await until(() => reader.text.split(':\n\n').length > 3)
  reader.response.destroy()
  t.match(reader.text, /\n\n:\n\n:\n\n/, 'comments arrive')
})

t.test('a reader that goes away ends its source', async t => {
  const { bench, url } = await serve(t)
  let over = false
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
    over = true
  }
  const reader = await read(`${url}/events`, await authorize())
  reader.response.destroy()
  await until(() => over)
  t.ok(over, 'the source ended')
})

t.test('a slow reader makes the source wait, and is dropped', async t => {
  const limits = { eventStreamBufferBytesMax: 10_000, eventStreamDrainMs: 2_000 }
  const { bench, url } = await serve(t, limits)
  let asked = 0
  let over = false
  bench.feed = async function* (_query, signal) {
    try {
      for (let seq = 1; !signal.aborted; seq++) {
        asked = seq
        yield event(seq)
        if (seq % 1_000 === 0) await new Promise(setImmediate)
      }
    } finally {
      over = true
    }
  }
  const reader = await read(`${url}/events`, await authorize(), true)
  let before = 0
  do {
    before = asked
    await new Promise(resolve => setTimeout(resolve, 200))
  } while (asked !== before && !over)
  t.notOk(over, 'the source waits while the sockets are full')
  await until(() => over)
  await new Promise(resolve => reader.response.once('close', resolve).resume())
  t.ok(reader.response.closed, 'the connection is closed')
})

t.test('a reader that only pauses loses nothing', async t => {
  const limits = { eventStreamBufferBytesMax: 10_000, eventStreamDrainMs: 10_000 }
  const { bench, url } = await serve(t, limits)
  const count = 20_000
  bench.feed = async function* () {
    for (let seq = 1; seq <= count; seq++) yield event(seq)
  }
  const reader = await read(`${url}/events`, await authorize(), true)
  await new Promise(resolve => setTimeout(resolve, 200))
  let text = ''
  for await (const chunk of reader.response.setEncoding('utf8')) text += chunk
  const ids = [...text.matchAll(/^id: .*:(\d+)$/gm)].map(match => Number(match[1]))
  t.equal(ids.length, count)
  t.ok(
    ids.every((id, index) => id === index + 1),
    'all in order',
  )
})

t.test('the stream ends with the token', async t => {
  const { bench, url } = await serve(t)
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const reader = await read(`${url}/events`, await authorize({ ttlSeconds: 1 }))
  await until(() => reader.response.complete)
  t.match(reader.text, 'event: state')
  t.equal(lastOf(reader), 'event: end\ndata: {"reason":"token-expired"}')
})

t.test('a closing server ends its streams', async t => {
  const { app, bench, url } = await serve(t)
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const headers = await authorize()
  const readers = await Promise.all(
    Array.from({ length: 20 }, () => read(`${url}/events`, headers)),
  )
  await app.close()
  t.ok(readers.every(reader => reader.text.includes('event: state')))
  await until(() => readers.every(({ response }) => response.complete))
  for (const reader of readers) {
    t.equal(lastOf(reader), 'event: end\ndata: {"reason":"closing"}')
  }
})

t.test('a source that fails ends the stream', async t => {
  const { bench, url } = await serve(t)
  bench.feed = async function* () {
    yield state
    throw new Error('the database is gone')
  }
  const reader = await read(`${url}/events`, await authorize())
  await until(() => reader.response.complete)
  t.match(reader.text, 'event: state')
  t.notMatch(reader.text, 'database')
  t.equal(lastOf(reader), 'event: end\ndata: {"reason":"failed"}')
})

t.test('readers beyond the places are sent away, and come back later', async t => {
  const { bench, url } = await serve(t, { eventStreamsMax: 1 })
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const headers = await authorize()
  const first = await read(`${url}/events`, headers)
  const second = await read(`${url}/events`, headers)
  t.equal(second.response.statusCode, 503)
  t.ok(second.response.headers['retry-after'])
  first.response.destroy()
  await until(async () => {
    const again = await read(`${url}/events`, headers)
    again.response.destroy()
    return again.response.statusCode === 200
  })
})

t.test('a tenant, or a token, that holds all of its places leaves room for the others', async t => {
  const limits = { eventStreamsMax: 5, eventStreamsPerTenant: 3, eventStreamsPerToken: 2 }
  const { bench, url } = await serve(t, limits)
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const [first, second, other] = [
    await authorize({ ttlSeconds: 60 }),
    await authorize({ ttlSeconds: 61 }),
    await authorize({ tenant: 'other' }),
  ]
  const open = async (headers: object) => {
    const reader = await read(`${url}/events`, headers)
    return { reader, status: reader.response.statusCode }
  }
  const statuses = async (headers: object, streams: number) => {
    const opened = []
    while (opened.length < streams) opened.push((await open(headers)).status)
    return opened
  }
  const { reader } = await open(first)
  t.strictSame(await statuses(first, 2), [200, 503], 'two with one token')
  t.strictSame(await statuses(second, 2), [200, 503], 'three of one tenant')
  t.strictSame(await statuses(other, 3), [200, 200, 503], 'five in all')
  reader.response.destroy()
  await until(async () => (await open(second)).status === 200)
  t.strictSame(await statuses(first, 1), [503], 'the place that became free is taken')
})

t.test('a token written in another way is the same token', async t => {
  const { bench, url } = await serve(t, { eventStreamsPerToken: 1 })
  bench.feed = async function* (_query, signal) {
    yield state
    await ended(signal)
  }
  const { authorization } = await authorize()
  t.equal((await read(`${url}/events`, { authorization })).response.statusCode, 200)
  // Of the last character of 43 in base64url only four bits count.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const at = letters.indexOf(authorization.at(-1)!)
  const twin = authorization.slice(0, -1) + letters[at ^ 1]
  t.not(twin, authorization)
  t.not((await read(`${url}/events`, { authorization: twin })).response.statusCode, 200)
})
