/** How the service ends: by signals, in a process of its own. */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signToken } from '../../src/http/sign-token.ts'
import { shutdownMs } from '../../src/limits.ts'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { builtFile } from '../support/built-service.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet } from '../support/fleet.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { startOwnPostgres } from '../support/own-servers.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { type ServiceProcess, startServiceProcess } from '../support/service-process.ts'
import { isCompleted, secret } from '../support/test-api.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

t.test('Ctrl-C below npm comes twice and counts once', async t => {
  const { child, lines } = await startMain(t)
  const closed = once(child, 'close')
  child.kill('SIGINT')
  child.kill('SIGINT')
  t.same((await closed)[0], 0, 'ends in good order', { lines })
  t.equal(lines.filter(line => line.includes('closing on SIGINT')).length, 1)
})

t.test('SIGTERM ends open event streams too', async t => {
  const service = await startMain(t)
  const stream = await fetch(`${service.url}/v1/imports/events`, { headers: await authorize() })
  t.equal(stream.status, 200)
  const rest = stream.text()
  t.equal(await service.stop(), 0, 'ends in good order', { lines: service.lines })
  t.match(await rest, /^retry: /, 'the stream ended, it was not cut')
})

t.test('SIGTERM holds up nothing for the sake of an upload', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  const scratchDir = makeScratchFolder(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir })
  const member = await fleet.start({ BATCH_ROWS_MAX: '25', LEASE_MS: '60000' })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 10_000)
  const { id } = await member.upload(path)
  await member.mapAndStart(id, { columns: messyColumns })
  const refused = dripUpload(t, await authorize(), member.url)
  const { rows } = await member.waitFor(id, ({ rows }) => rows.processed > 0)
  t.ok(rows.remaining > 0, 'the import is running')
  const begun = performance.now()
  t.equal(await member.kill('SIGTERM'), 0, 'ends in good order', { lines: member.lines })
  t.ok(performance.now() - begun < 10_000, 'within seconds')
  t.match(await refused, { status: 503, code: 'service-unavailable' })
  t.notOk(
    member.lines.some(line => line.includes('request failed')),
    'no fault of ours',
  )
  t.strictSame(readdirSync(scratchDir), [])
  const [left] = await queryOnce(
    adminUrl,
    'select status, owner, lease_until < now() as free from imports',
  )
  t.strictSame(left, { status: 'running', owner: null, free: true }, 'given back')
  const next = await fleet.start({ BATCH_ROWS_MAX: '10000' })
  await next.waitFor(id, isCompleted)
})

t.test('SIGTERM ends in time while PostgreSQL is away, and speaks of no deletion', async t => {
  const postgres = await startOwnPostgres(t)
  await migrate(postgres.url)
  const scratchDir = makeScratchFolder(t)
  const fleet = createFleet(t, { databaseUrl: postgres.url, scratchDir })
  const member = await fleet.start({ BATCH_ROWS_MAX: '25', LEASE_MS: '60000' })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 10_000)
  const { id } = await member.upload(path)
  await member.mapAndStart(id, { columns: messyColumns })
  await member.waitFor(id, ({ rows }) => rows.processed > 0)
  await postgres.killOutright()
  await sleep(2_000)
  const begun = performance.now()
  t.equal(await member.kill('SIGTERM'), 0, 'ends in good order', { lines: member.lines })
  t.ok(performance.now() - begun < shutdownMs, 'within its time')
  t.notMatch(member.lines.join('\n'), /delet/i)
})

/** Begins an upload that sends a little now and then and never ends; gives its answer. */
async function dripUpload(t: Test, headers: { authorization: string }, url: string) {
  const upload = request(`${url}/v1/imports`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=middle' },
  })
  const answer = once(upload, 'response') as Promise<[IncomingMessage]>
  upload.on('error', () => {})
  upload.write(
    '--middle\r\ncontent-disposition: form-data; name="file"; filename="k.xlsx"\r\n' +
      'content-type: application/octet-stream\r\n\r\n',
  )
  const drip = setInterval(() => upload.write(Buffer.alloc(10_000)), 50)
  t.teardown(() => {
    clearInterval(drip)
    upload.destroy()
  })
  return json((await answer)[0])
}

async function authorize(): Promise<{ authorization: string }> {
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  return { authorization: `Bearer ${token}` }
}

async function startMain(t: Test): Promise<ServiceProcess> {
  const { url } = await createTestDatabase(t)
  return startServiceProcess(t, {
    command: [process.execPath, builtFile('main.js')],
    cwd: root,
    env: {
      DATABASE_URL: url,
      NATS_URL: 'off',
      AUTH_SECRET: secret,
      SCRATCH_DIR: makeScratchFolder(t),
      PORT: '0',
    },
  })
}
