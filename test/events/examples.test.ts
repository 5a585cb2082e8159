import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { createTestDatabase } from '../support/database.ts'
import { relayOnTrial, untilPublished } from '../support/event-relay.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { startOwnNats } from '../support/own-servers.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const script = fileURLToPath(new URL('../../examples/nats-subscriber.ts', import.meta.url))

/** The example in a process of its own; `rows` are the numbers of rows done that it told of. */
function startSubscriber(t: Test, env: Record<string, string>, rows: number[]): ChildProcess {
  const child = spawn(process.execPath, [script, 'acme'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => void child.kill('SIGKILL'))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, row] of text.matchAll(/ (\d+)\/1000 /g)) rows.push(Number(row))
  })
  return child
}

async function untilLast(rows: number[], last: number): Promise<void> {
  const deadline = performance.now() + 30_000
  while (rows.at(-1) !== last && performance.now() < deadline) await sleep(20)
}

t.test('the subscriber goes on where it was, after its own death and the broker’s', async t => {
  const nats = await startOwnNats(t)
  const { url: databaseUrl, adminUrl } = await createTestDatabase(t)
  const writer = await openOutboxWriter(t, databaseUrl)
  await relayOnTrial(t, { databaseUrl, natsUrl: nats.url })
  const [id, foreign] = [await writer.createImport('acme'), await writer.createImport('other')]
  const rows: number[] = []
  const env = { NATS_URL: nats.url, DATA_DIR: makeScratchFolder(t) }
  let subscriber = startSubscriber(t, env, rows)
  for (let row = 1; row <= 20; row++) await writer.advance('acme', id, row)
  await writer.advance('other', foreign, 77)
  await untilLast(rows, 20)

  subscriber.kill('SIGKILL')
  await once(subscriber, 'exit')
  for (let row = 21; row <= 40; row++) await writer.advance('acme', id, row)
  await untilPublished(adminUrl)
  subscriber = startSubscriber(t, env, rows)
  await untilLast(rows, 40)

  await nats.killOutright()
  await nats.start()
  for (let row = 41; row <= 60; row++) await writer.advance('acme', id, row)
  await untilLast(rows, 60)
  t.strictSame(
    rows,
    Array.from({ length: 60 }, (_, index) => index + 1),
  )
})
