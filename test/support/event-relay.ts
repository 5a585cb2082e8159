/** Owns relays on real servers, in this process or in one of their own, and the wait until they have published all. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { Test } from 'tap'
import type { EventStreamConfig } from '../../src/config.ts'
import { type Relay, startRelay } from '../../src/events/outbox-relay.ts'
import { openOrm } from '../../src/storage/open-orm.ts'
import { eventChannel } from '../../src/storage/outbox/outbox.ts'
import { openNotifications } from '../../src/storage/postgres/notifications.ts'
import { queryOnce } from './query.ts'

const testStream: EventStreamConfig = {
  ageHours: 1,
  bytesMax: 64 * 1024 * 1024,
  replicas: 1,
  duplicateWindowSeconds: 120,
}

export type RelayOnTrial = Relay & {
  /** what it logged, one JSON object a line */
  log: Record<string, unknown>[]
}

/** A relay as a process of the service holds it, stopped with the test or before. */
export async function relayOnTrial(
  t: Test,
  urls: { databaseUrl: string; natsUrl: string },
  stream: Partial<EventStreamConfig> = {},
): Promise<RelayOnTrial> {
  const log: Record<string, unknown>[] = []
  const orm = await openOrm(urls.databaseUrl)
  const notifications = await openNotifications(urls.databaseUrl, [eventChannel], () => {})
  const relay = startRelay({
    ...urls,
    orm,
    notifications,
    config: { eventStream: { ...testStream, ...stream } },
    log: pino({ level: 'info' }, { write: (line: string) => void log.push(JSON.parse(line)) }),
  })
  let stopped: Promise<void> | undefined
  const stop = async () => {
    await relay.stop()
    await notifications.close()
    await orm.close()
  }
  const stopOnce = () => (stopped ??= stop())
  t.teardown(stopOnce)
  return { state: () => relay.state(), stop: stopOnce, log }
}

export type RelayProcess = {
  child: ChildProcess
  /** what it said last */
  isLeading(): boolean
}

const relayProcess = fileURLToPath(new URL('relay-process.ts', import.meta.url))

/** A relay in a process of its own, to be killed, stopped and continued. */
export async function startRelayProcess(
  t: Test,
  urls: { databaseUrl: string; natsUrl: string },
  stream: Partial<EventStreamConfig> = {},
): Promise<RelayProcess> {
  const settings = JSON.stringify({ ...testStream, ...stream })
  const child = spawn(process.execPath, [relayProcess, urls.databaseUrl, urls.natsUrl, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGKILL')
    await exited
  })
  let last = '0'
  child.stdout.on('data', data => {
    last = String(data).at(-1)!
  })
  await once(child.stdout, 'data')
  return { child, isLeading: () => last === '1' }
}

export async function untilLeading(relay: RelayProcess): Promise<void> {
  while (!relay.isLeading()) await sleep(20)
}

/** Waits until nothing waits for the broker: a publication whose answer is lost rests up to 15 s, some times over. */
export async function untilPublished(adminUrl: string, msMax = 90_000): Promise<void> {
  const deadline = performance.now() + msMax
  for (;;) {
    const [row] = await queryOnce(
      adminUrl,
      'select count(*)::int as waiting from outbox where published_at is null and parked_at is null',
    )
    if (row!.waiting === 0) return
    if (performance.now() > deadline) throw new Error(`${row!.waiting} events still wait`)
    await sleep(20)
  }
}
