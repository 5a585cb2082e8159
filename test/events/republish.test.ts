import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import { builtFile } from '../support/built-service.ts'
import { childEnvironment } from '../support/child-environment.ts'
import { deleteStream, idsByImport, outboxIds, readStream } from '../support/event-consumer.ts'
import { untilPublished } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'
import { queryOnce } from '../support/query.ts'

const tenantId = 'acme'
const script = builtFile('republish-events.js')

const run = (args: string[], urls: { databaseUrl: string; natsUrl: string }) =>
  promisify(execFile)(process.execPath, [script, ...args], {
    env: {
      ...childEnvironment,
      DATABASE_URL: urls.databaseUrl,
      NATS_URL: urls.natsUrl,
      AUTH_SECRET: 'x'.repeat(32),
    },
  })

t.test('a wiped stream is filled again, with and without a service that runs', async t => {
  const { nats, urls, adminUrl, writer, ...scene } = await setEventScene(t)
  const imports = await scene.createImports(5)
  for (const id of imports) await writer.writeMany(tenantId, id, 40)
  const relay = await scene.startRelay()
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
  const { urls, adminUrl, writer, ...scene } = await setEventScene(t)
  const importId = await writer.createImport(tenantId)
  await writer.writeMany(tenantId, importId, 3)
  await queryOnce(
    adminUrl,
    `update outbox set published_at = case when seq <> 2 then now() end,
      parked_at = case when seq = 2 then now() end, parked_reason = 'too large'`,
  )
  await run(['--since', '2020-01-01'], urls)
  await scene.expectWhole()
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
    /^127\.0\.0\.1:1: connect ECONNREFUSED.*\n$/,
  ])
})
