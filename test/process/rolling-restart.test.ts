/** Two processes that serve the API are restarted one after the other, behind a proxy and under load. */
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { signToken } from '../../src/http/sign-token.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type Member } from '../support/fleet.ts'
import { type ProxyOnTrial, startProxy } from '../support/proxy.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret } from '../support/test-api.ts'

const delayMs = 4_000
const callers = 6

t.test('a rolling restart loses nothing but uploads in hand', async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const env = { ROLE: 'api', SHUTDOWN_DELAY_MS: String(delayMs), LOG_LEVEL: 'info' }
  const fleet = createFleet(t, { databaseUrl, scratchDir: makeScratchFolder(t), env })
  const proxy = await startProxy(t)
  t.comment(`the proxy is ${proxy.kind}`)
  const [first, second] = await Promise.all([fleet.start(), fleet.start()])
  for (const { url } of [first, second]) proxy.add(url)
  await proxy.sendsTo([first.url, second.url])

  const headers = await authorize()
  const load = startLoad(proxy.url, headers)
  const uploads = Array.from({ length: 4 }, () => beginUpload(t, proxy.url, headers))
  const third = await replace(t, first, { proxy, kept: second, start: () => fleet.start() })
  const fourth = await replace(t, second, { proxy, kept: third, start: () => fleet.start() })
  const answers = await load.stop()
  for (const [what, count] of Object.entries(answers)) t.comment(`${count} × ${what}`)
  t.strictSame(
    Object.keys(answers).filter(what => !/ (200|201)$/.test(what)),
    [],
  )
  t.ok(Object.values(answers).reduce((sum, count) => sum + count) > 100, 'it was under load')
  for (const upload of uploads) {
    const { status, retryAfter, code } = await upload
    t.match({ status, code }, { status: 503, code: 'service-unavailable' })
    t.ok(Number(retryAfter) > 0, 'it is told when to come back')
  }
  for (const member of [third, fourth]) t.equal(member.child.exitCode, null)
})

interface Replacement {
  readonly proxy: ProxyOnTrial
  readonly kept: Member
  readonly start: () => Promise<Member>
}

/** Ends one process as an orchestrator does, and puts a new one in its place. */
async function replace(t: Test, old: Member, { proxy, kept, start }: Replacement) {
  const begun = performance.now()
  old.child.kill('SIGTERM')
  while ((await fetch(`${old.url}/readyz`)).status !== 503);
  const response = await fetch(`${old.url}/livez`)
  t.equal(response.status, 200, 'not ready, and at work')
  t.equal(response.headers.get('connection'), 'close', 'asks clients to connect elsewhere')
  await proxy.sendsTo([kept.url])
  t.equal(await old.ended, 0, 'in good order', { lines: old.lines })
  t.ok(performance.now() - begun >= delayMs, 'not before its time')
  const next = await start()
  proxy.add(next.url)
  await proxy.sendsTo([kept.url, next.url])
  return next
}

/** Calls that read and write, each on a connection of its own: what is lost is lost behind the proxy. */
function startLoad(url: string, headers: { authorization: string }) {
  const agent = new Agent({ keepAlive: false })
  const counts: Record<string, number> = {}
  let isOver = false
  let made = 0
  const call = (method: string, path: string, body?: object) =>
    new Promise<string>(resolve => {
      const type = body && { 'content-type': 'application/json' }
      const options = { method, agent, headers: { ...headers, ...type } }
      const asked = request(`${url}${path}`, options, response => {
        response.resume().on('end', () => resolve(`${method} ${path} ${response.statusCode}`))
        response.on('error', error => resolve(`${method} ${path} ${error.message}`))
      })
      asked.on('error', error => resolve(`${method} ${path} ${error.message}`))
      asked.end(body && JSON.stringify(body))
    })
  const calling = Array.from({ length: callers }, async () => {
    while (!isOver) {
      made += 1
      const what = await (made % 3 === 0
        ? call('POST', '/v1/campaigns', { name: `Kampania ${made}` })
        : call('GET', made % 3 === 1 ? '/v1/imports' : '/v1/contacts?limit=5'))
      counts[what] = (counts[what] ?? 0) + 1
    }
  })
  return {
    async stop() {
      isOver = true
      await Promise.all(calling)
      return counts
    },
  }
}

/** An upload that never ends by itself; gives its answer. */
async function beginUpload(t: Test, url: string, headers: { authorization: string }) {
  const type = { 'content-type': 'multipart/form-data; boundary=middle' }
  const upload = request(`${url}/v1/imports`, { method: 'POST', headers: { ...headers, ...type } })
  const answer = once(upload, 'response') as Promise<[IncomingMessage]>
  upload.on('error', () => {})
  upload.write(
    '--middle\r\ncontent-disposition: form-data; name="file"; filename="k.xlsx"\r\n' +
      'content-type: application/octet-stream\r\n\r\n',
  )
  const drip = setInterval(() => upload.write(Buffer.alloc(10_000)), 100)
  t.teardown(() => {
    clearInterval(drip)
    upload.destroy()
  })
  const [response] = await answer
  clearInterval(drip)
  const { code } = (await json(response)) as { code?: string }
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], code }
}

async function authorize(): Promise<{ authorization: string }> {
  const request = { tenant: 'acme', roles: ['manager' as const], subject: 'anna', ttlSeconds: 600 }
  return { authorization: `Bearer ${await signToken(secret, request)}` }
}
