/** Owns what tests of events share: a relay on real servers, the stream as a consumer sees it, the outbox as it is. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { pino } from 'pino'
import type { Test } from 'tap'
import type { EventStreamConfig } from '../../src/config.ts'
import type { ImportEvent } from '../../src/contracts/events.ts'
import { connectNats } from '../../src/events/connect-nats.ts'
import { streamName } from '../../src/events/event-stream.ts'
import { type Relay, startRelay } from '../../src/events/outbox-relay.ts'
import { openNotifications } from '../../src/storage/notifications.ts'
import { openOrm } from '../../src/storage/orm.ts'
import { eventChannel } from '../../src/storage/outbox.ts'
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
    config: { eventRetentionHours: 1, eventStream: { ...testStream, ...stream } },
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

/** Everything that the stream holds, in its order. */
export async function readStream(natsUrl: string): Promise<ImportEvent[]> {
  return withNats(natsUrl, async nats => {
    const { state } = await (await jetstreamManager(nats)).streams.info(streamName)
    if (state.messages === 0) return []
    const consumer = await jetstream(nats).consumers.get(streamName, {
      deliver_policy: DeliverPolicy.All,
    })
    const events: ImportEvent[] = []
    for await (const message of await consumer.consume()) {
      events.push(message.json<ImportEvent>())
      if (message.info.pending === 0) break
    }
    return events
  })
}

export async function withNats<T>(natsUrl: string, work: (nats: NatsConnection) => Promise<T>) {
  const nats = await connectNats(natsUrl, 'test')
  try {
    return await work(nats)
  } finally {
    await nats.close()
  }
}

/**
 * Makes a durable consumer, or finds it again. One event at a time: what a consumer that ended had not
 * acknowledged comes again before anything after it.
 */
export async function durableConsumer(nats: NatsConnection, name: string) {
  const manager = await jetstreamManager(nats)
  await manager.consumers.add(streamName, {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(1_000),
    max_ack_pending: 1,
  })
  return jetstream(nats).consumers.get(streamName, name)
}

/** Ids by import, in the order given. */
export function idsByImport(events: readonly { id: string }[]): Record<string, string[]> {
  return Object.groupBy(
    events.map(({ id }) => id),
    id => id.split(':')[0]!,
  ) as Record<string, string[]>
}

/** Ids of all events of the outbox by import, in order of `seq`. */
export async function outboxIds(adminUrl: string): Promise<Record<string, string[]>> {
  const rows = await queryOnce(
    adminUrl,
    `select import_id || ':' || seq as id from outbox order by import_id, seq`,
  )
  return idsByImport(rows as { id: string }[])
}

/** Waits until nothing waits for the broker. */
export async function untilPublished(adminUrl: string, msMax = 30_000): Promise<void> {
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
