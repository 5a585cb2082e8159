import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { createTestDatabase } from '../support/database.ts'
import { deleteStream, idsByImport, outboxIds, readStream } from '../support/event-consumer.ts'
import { relayOnTrial, untilPublished } from '../support/event-relay.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { startOwnNats } from '../support/own-servers.ts'
import { queryOnce } from '../support/query.ts'

const tenantId = 'acme'
const script = fileURLToPath(new URL('../../src/bin/republish-events.ts', import.meta.url))

const run = (args: string[], urls: { databaseUrl: string; natsUrl: string }) =>
  promisify(execFile)(process.execPath, [script, ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: urls.databaseUrl,
      NATS_URL: urls.natsUrl,
      AUTH_SECRET: 'x'.repeat(32),
    },
  })

t.test('a wiped stream is filled again, with and without a service that runs', async t => {
  const nats = await startOwnNats(t)
  const { url: databaseUrl, adminUrl } = await createTestDatabase(t)
  const urls = { databaseUrl, natsUrl: nats.url }
  const writer = await openOutboxWriter(t, databaseUrl)
  const imports: string[] = []
  for (let index = 0; index < 5; index++) {
    imports.push(await writer.createImport(tenantId))
    await writer.writeMany(tenantId, imports.at(-1)!, 40)
  }
  const relay = await relayOnTrial(t, urls)
  await untilPublished(adminUrl)
  const all = await outboxIds(adminUrl)

  await deleteStream(nats.url)
  t.match(await run(['--since', '2020-01-01T00:00:00Z'], urls), {
    stdout: '200 events published again\n',
    stderr: '',
  })
  t.same(idsByImport(await readStream(nats.url)), all, 'by the service that runs')

  t.match(await run(['--since', '2020-01-01'], urls), { stdout: /^200 events/ })
  t.same(idsByImport(await readStream(nats.url)), all, 'a stream that is whole gets no doubles')

  await relay.stop()
  await deleteStream(nats.url)
  const one = imports[2]!
  t.match(await run(['--since', '2020-01-01T00:00:00+01:00', '--import', one], urls), {
    stdout: '40 events published again\n',
  })
  t.same(idsByImport(await readStream(nats.url)), { [one]: all[one] }, 'one import, by itself')

  await queryOnce(adminUrl, `update outbox set created_at = '2020-01-01' where seq <= 10`)
  await deleteStream(nats.url)
  await run(['--since', '2020-01-02T00:00:00Z', '--import', one], urls)
  t.same(idsByImport(await readStream(nats.url)), { [one]: all[one]!.slice(10) })
})

t.test('a parked event is published once the broker takes it', async t => {
  const nats = await startOwnNats(t)
  const { url: databaseUrl, adminUrl } = await createTestDatabase(t)
  const writer = await openOutboxWriter(t, databaseUrl)
  const importId = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, importId, 3)
  await queryOnce(
    adminUrl,
    `update outbox set published_at = case when seq <> 2 then now() end,
      parked_at = case when seq = 2 then now() end, parked_reason = 'too large'`,
  )
  await run(['--since', '2020-01-01'], { databaseUrl, natsUrl: nats.url })
  t.same(idsByImport(await readStream(nats.url)), await outboxIds(adminUrl))
})

t.test('faults are one clear line', async t => {
  const urls = { databaseUrl: 'postgres://a:b@127.0.0.1:1/c', natsUrl: 'off' }
  const stderrOf = (args: string[], changed = {}) =>
    run(args, { ...urls, ...changed }).then(
      () => 'no fault',
      fault => fault.stderr,
    )
  const unreachable = { natsUrl: 'nats://127.0.0.1:1' }
  const faults = await Promise.all([
    stderrOf([]),
    stderrOf(['--since', 'yesterday']),
    stderrOf(['--since', '2026-01-01', '--import', '7']),
    stderrOf(['--sinc', '2026-01-01']),
    stderrOf(['--since', '2026-01-01']),
    stderrOf(['--since', '2026-01-01'], unreachable),
  ])
  t.match(faults, [
    /^--since must be a time/,
    /^--since must be a time/,
    /^--import must be/,
    /usage: npm run/,
    /^there is no broker to publish to/,
    /^connect ECONNREFUSED.*\n$/,
  ])
})
