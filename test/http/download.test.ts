/** Downloads on the wire: the reader's pace, readers that go or stand still, faults in the middle, places. */
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { RowOutcome } from '../../src/contracts/row-outcomes.ts'
import { AppError } from '../../src/errors.ts'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { listen, RawClient } from './raw-client.ts'

const path = `/v1/imports/${knownImport.id}/outcomes`

/** A window of about 400 KB. */
const window: readonly RowOutcome[] = Array.from({ length: 5_000 }, (_, at) => ({
  row: at + 2,
  outcome: 'rejected',
  codes: ['phone-invalid', 'email-invalid'],
}))

async function setScene(t: Test, limits: object = {}) {
  const { app, bench } = await buildTestApp(t, {
    limits: { downloadsMax: 3, downloadsPerTenant: 2, downloadWindowMs: 300, ...limits },
  })
  const { port, url } = await listen(app)
  const { authorization } = await authorize()
  const asked = { windows: 0, ended: 0 }
  bench.outcomes = async function* () {
    try {
      for (;;) {
        asked.windows += 1
        yield window
      }
    } finally {
      asked.ended += 1
    }
  }
  const ask = () => fetch(url + path, { headers: { authorization } })
  /** Asks, and reads nothing. */
  const askDeaf = () => {
    const client = new RawClient(t, port)
    client.socket.pause()
    client.send(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`)
    return client
  }
  const waitFor = async (reached: () => boolean) => {
    while (!reached()) await sleep(10)
  }
  return { app, bench, asked, ask, askDeaf, waitFor, port, authorization }
}

t.test('no more is made than the reader takes, and one that stands still is cut off', async t => {
  const { asked, askDeaf, waitFor } = await setScene(t)
  askDeaf()
  await waitFor(() => asked.windows > 0)
  await sleep(200)
  t.ok(asked.windows < 40, `${asked.windows} windows`)
  await waitFor(() => asked.ended === 1)
})

t.test('a tenant has its places; readers that go, or are cut off, give theirs back', async t => {
  const { asked, ask, askDeaf, waitFor } = await setScene(t, { downloadWindowMs: 60_000 })
  const readers = [askDeaf(), askDeaf()]
  await waitFor(() => asked.windows >= 2)
  const busy = await ask()
  t.equal(busy.status, 503)
  t.equal(busy.headers.get('retry-after'), '5')
  t.match(await busy.json(), { code: 'service-busy' })
  readers[0]!.socket.destroy()
  await waitFor(() => asked.ended === 1)
  const next = await ask()
  t.equal(next.status, 200)
  await next.body!.cancel()
  await waitFor(() => asked.ended === 2)
})

t.test('each end gives the place back', async t => {
  const { app, bench } = await buildTestApp(t, { limits: { downloadsPerTenant: 1 } })
  const headers = await authorize()
  const read = (url = path) => app.inject({ url, headers })
  const reconciliation = path.replace('outcomes', 'reconciliation')
  for (let turn = 0; turn < 3; turn += 1) {
    t.equal((await read()).statusCode, 200)
    t.equal((await read(`${path}.csv`)).statusCode, 200)
    t.equal((await read(`${path}?fromRow=0`)).statusCode, 400)
    t.equal((await read(reconciliation)).statusCode, 200)
    bench.outcomes = async function* () {
      await Promise.reject(new AppError('not-found'))
      yield []
    }
    t.equal((await read()).statusCode, 404)
    bench.outcomes = async function* () {}
    t.equal((await read()).body, '')
  }
})

t.test(
  'a fault in the middle breaks the answer off, so that it is not taken for a whole one',
  async t => {
    const { bench, ask } = await setScene(t, { downloadsPerTenant: 1 })
    bench.outcomes = async function* () {
      yield window
      throw new AppError('service-unavailable')
    }
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await ask()
      t.equal(answer.status, 200)
      await t.rejects(answer.text())
    }
  },
)

t.test('a reader that is gone before the first window takes no place along', async t => {
  const { bench, ask, askDeaf, waitFor } = await setScene(t, { downloadsPerTenant: 1 })
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = 0
  bench.outcomes = async function* () {
    asked += 1
    await promise
    yield [window[0]!]
  }
  const reader = askDeaf()
  await waitFor(() => asked === 1)
  reader.socket.destroy()
  await sleep(100)
  resolve()
  await sleep(100)
  const answer = await ask()
  t.equal(answer.status, 200)
  t.equal((await answer.text()).split('\n').length, 2)
})

t.test('the server closes in spite of a reader that takes nothing', async t => {
  const { app, asked, askDeaf, waitFor } = await setScene(t, {
    downloadWindowMs: 60_000,
    closeRequestsMs: 100,
  })
  askDeaf()
  await waitFor(() => asked.windows > 0)
  await app.close()
  await waitFor(() => asked.ended === 1)
})
