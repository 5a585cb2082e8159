import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { signToken } from '../../src/http/sign-token.ts'
import { childEnvironment } from '../support/child-environment.ts'
import { createTestDatabase } from '../support/database.ts'
import { untilPublished } from '../support/event-relay.ts'
import { setEventScene } from '../support/event-scene.ts'
import { createFleet } from '../support/fleet.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret } from '../support/service.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

interface ExampleOptions {
  /** what stands for the words in capitals, in their order */
  readonly words: readonly string[]
  readonly env?: Record<string, string>
  /** told of what it prints */
  readonly onText: (text: string) => void
}

/** The example in a process of its own, called as the README writes it. */
function startExample(t: Test, name: string, { words, env, onText }: ExampleOptions): ChildProcess {
  const [, command] = new RegExp(`\`node (examples/${name}[^\`]*)\``).exec(readme)!
  const [script, ...places] = command!.split(' ')
  const isLeftOut = (place: string, at: number) => at >= words.length && place.startsWith('[')
  const args = places.filter((place, at) => !isLeftOut(place, at)).map((_, at) => words[at]!)
  const child = spawn(process.execPath, [script!, ...args], {
    cwd: root,
    env: { ...childEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => void child.kill('SIGKILL'))
  child.stdout.setEncoding('utf8').on('data', onText)
  return child
}

async function untilLast(rows: number[], last: number): Promise<void> {
  const deadline = performance.now() + 30_000
  while (rows.at(-1) !== last && performance.now() < deadline) await sleep(20)
}

t.test('the subscriber goes on where it was, after its own death and the broker’s', async t => {
  const { nats, adminUrl, writer, ...scene } = await setEventScene(t)
  await scene.startRelay()
  const [id, foreign] = [await writer.createImport('acme'), await writer.createImport('other')]
  const rows: number[] = []
  const start = () =>
    startExample(t, 'nats-subscriber.ts', {
      words: ['acme'],
      env: { NATS_URL: nats.url, DATA_DIR: folder },
      onText: text => {
        for (const [, row] of text.matchAll(/ (\d+)\/1000 /g)) rows.push(Number(row))
      },
    })
  const folder = makeScratchFolder(t)
  const subscriber = start()
  for (let row = 1; row <= 20; row++) await writer.advance('acme', id, row)
  await writer.advance('other', foreign, 77)
  await untilLast(rows, 20)

  subscriber.kill('SIGKILL')
  await once(subscriber, 'exit')
  for (let row = 21; row <= 40; row++) await writer.advance('acme', id, row)
  await untilPublished(adminUrl)
  start()
  await untilLast(rows, 40)

  await nats.killOutright()
  await nats.start()
  for (let row = 41; row <= 60; row++) await writer.advance('acme', id, row)
  await untilLast(rows, 60)
  // It remembers an event after it has printed it: the one in hand at its death may come again.
  t.strictSame(
    rows.filter((row, place) => row !== 20 || rows[place - 1] !== 20),
    Array.from({ length: 60 }, (_, index) => index + 1),
  )
})

t.test('progress by server-sent events goes on when the service was away, and ends', async t => {
  const database = await createTestDatabase(t)
  const scratchDir = makeScratchFolder(t)
  const path = await writeMessySheet(join(scratchDir, 'kontakty.xlsx'), 6_000)
  const env = { BATCH_ROWS_MAX: '25' }
  const fleet = createFleet(t, { databaseUrl: database.url, scratchDir, env })
  const [front, worker] = await Promise.all([
    fleet.start({ ROLE: 'api' }),
    fleet.start({ ROLE: 'worker' }),
  ])
  const { id } = await front.upload(path, { name: 'Klienci' })
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const lines: string[] = []
  const example = startExample(t, 'sse-progress.ts', {
    words: [front.url, token, id],
    onText: text => lines.push(...text.trimEnd().split('\n')),
  })
  const ended = once(example, 'close')
  const untilLine = async (wanted: RegExp) => {
    while (!lines.some(line => wanted.test(line))) await sleep(20)
  }
  await untilLine(/^state +Klienci +uploaded/)
  await front.mapAndStart(id, { columns: messyColumns })
  await untilLine(/^progress /)
  await front.kill('SIGKILL')
  await untilLine(/interrupted/)
  const again = await fleet.start({ ROLE: 'api', PORT: new URL(front.url).port })
  t.strictSame(await ended, [0, null], 'it ends by itself when the import has')

  t.ok(lines.some(line => line.startsWith('going on after the last event')))
  const events = lines.filter(line => / \d+\/\d+ /.test(line) && !line.startsWith('state'))
  const { body } = await again.call<{ rows: { total: number } }>('GET', `/imports/${id}`)
  const done = events.map(line => Number(/ (\d+)\/\d+ /.exec(line)![1]))
  t.strictSame(
    done,
    done.toSorted((a, b) => a - b),
    'no number goes back',
  )
  t.equal(done.at(-1), body.rows.total)
  t.match(events.at(-1), /^completed .* 100\.0 %/)
  t.equal(events.filter(line => line.includes('100.0 %')).length, 1, '100 % is said once')
  t.strictSame(
    events.map(line => line.split(' ')[0]).filter(name => name !== 'progress'),
    ['mapped', 'queued', 'started', 'completed'],
    'no event is missing, none comes twice',
  )
  await Promise.all([again.kill('SIGTERM'), worker.kill('SIGTERM')])
})

t.test('an example that is refused says why', async t => {
  const database = await createTestDatabase(t)
  const fleet = createFleet(t, { databaseUrl: database.url, scratchDir: makeScratchFolder(t) })
  const front = await fleet.start({ ROLE: 'api' })
  const example = startExample(t, 'sse-progress.ts', {
    words: [front.url, 'no-token'],
    onText: () => {},
  })
  const [said, ended] = await Promise.all([text(example.stderr!), once(example, 'close')])
  t.strictSame(ended, [1, null])
  t.match(said, /token/i)
  await front.kill('SIGTERM')
})
