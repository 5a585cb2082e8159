/**
 * Owns the broker's side of tests: what the stream holds, and consumers as integrators write them. Every event that
 * comes out of here was judged by the contract.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AckPolicy,
  DeliverPolicy,
  type JsMsg,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import type { ImportEvent } from '../../src/contracts/events.ts'
import { connectNats } from '../../src/events/connect-nats.ts'
import { streamName } from '../../src/events/event-stream.ts'
import { judgeMessage, readOutbox } from './event-contract.ts'

export async function withNats<T>(natsUrl: string, work: (nats: NatsConnection) => Promise<T>) {
  const nats = await connectNats(natsUrl, 'test')
  try {
    return await work(nats)
  } finally {
    await nats.close()
  }
}

export function deleteStream(natsUrl: string): Promise<boolean> {
  return withNats(natsUrl, async nats => (await jetstreamManager(nats)).streams.delete(streamName))
}

/** The event of a message; throws what the contract has against it. */
export function eventOf(message: JsMsg): ImportEvent {
  return judgeMessage({
    subject: message.subject,
    header: name => message.headers?.get(name) || undefined,
    json: () => message.json(),
  })
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
      events.push(eventOf(message))
      if (message.info.pending === 0) break
    }
    return events
  })
}

export interface DurableConsumer {
  /** each once: what came again, as its acknowledgement was lost, is left out */
  readonly events: readonly ImportEvent[]
  /** Waits until it has that many; throws when it has not in time. */
  until(events: number, msMax?: number): Promise<void>
  /** Ends it; the broker remembers how far it came. */
  stop(): Promise<void>
}

/**
 * Follows the stream as the durable consumer `name`, from its beginning or from where it was, whatever becomes of the
 * broker. One event at a time: what was not acknowledged comes again before anything after it.
 */
export function startConsumer(
  natsUrl: string,
  name: string,
  events: ImportEvent[] = [],
): DurableConsumer {
  const seen = new Set(events.map(({ id }) => id))
  const stopping = new AbortController()
  let fault: unknown

  const take = (message: JsMsg) => {
    const event = eventOf(message)
    if (!seen.has(event.id)) events.push(event)
    seen.add(event.id)
    message.ack()
  }
  const follow = () =>
    withNats(natsUrl, async nats => {
      const messages = await (await durableConsumer(nats, name)).consume({
        abort_on_missing_resource: true,
      })
      const stop = () => messages.stop()
      stopping.signal.addEventListener('abort', stop)
      if (stopping.signal.aborted) stop()
      for await (const message of messages) {
        try {
          take(message)
        } catch (error) {
          fault = error
          return
        }
      }
    })
  const following = (async () => {
    while (!stopping.signal.aborted && fault === undefined) {
      // No broker, or no stream yet: it is looked for again.
      await follow().catch(() => sleep(200))
    }
  })()
  return {
    events,
    async until(wanted, msMax = 30_000) {
      const deadline = performance.now() + msMax
      while (events.length < wanted) {
        if (fault !== undefined) throw fault
        if (performance.now() > deadline) throw new Error(`${events.length} of ${wanted} events`)
        await sleep(20)
      }
    },
    async stop() {
      stopping.abort()
      await following
      if (fault !== undefined) throw fault
    },
  }
}

async function durableConsumer(nats: NatsConnection, name: string) {
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
  return idsByImport(await readOutbox(adminUrl))
}
