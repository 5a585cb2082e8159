/**
 * A consumer of import events that deals with each event once and in order, through restarts of its own and of
 * the broker: `node examples/nats-subscriber.ts [TENANT]`. On a terminal it shows a live table, else lines.
 *
 *   NATS_URL    the broker; left out, the one that `npm start` runs in DATA_DIR (.data)
 *   DURABLE     name of the consumer at the broker and of its memory, default `example`
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AckPolicy, type Consumer, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import type { ImportEvent } from '../src/contracts/events.ts'
import { findRunningServers } from '../src/embedded/running-servers.ts'
import { connectNats } from '../src/events/connect-nats.ts'
import { createEventTable } from './event-table.ts'

const dataDir = process.env.DATA_DIR ?? '.data'
const durable = process.env.DURABLE ?? 'example'
const tenant = process.argv[2] ?? '*'
const retryMs = 2_000

const lastSeqs = new Map<string, number>(readMemory())
const table = createEventTable(process.stdout)

for (;;) {
  try {
    await follow()
  } catch (error) {
    table.note(`${(error as Error).message}; trying again`)
  }
  await sleep(retryMs)
}

async function follow(): Promise<void> {
  const natsUrl = process.env.NATS_URL ?? findRunningServers(dataDir)?.natsUrl
  if (natsUrl === undefined) throw new Error('no NATS_URL, and no service runs here')
  const nats = await connectNats(natsUrl, `subscriber ${durable}`)
  try {
    const consumer = await openConsumer(nats)
    table.note(`following contact-import.${tenant}.>`)
    // The connection comes back by itself; a stream or consumer that was deleted ends the loop.
    const messages = await consumer.consume({ abort_on_missing_resource: true })
    for await (const message of messages) {
      handle(message.json<ImportEvent>())
      message.ack()
    }
  } finally {
    await nats.close()
  }
}

/**
 * The broker remembers a durable consumer and how far it came. With one event under way at a time, an event
 * that was not acknowledged comes again before any later one; that keeps the order.
 */
async function openConsumer(nats: NatsConnection): Promise<Consumer> {
  const manager = await jetstreamManager(nats)
  await manager.consumers.add('CONTACT_IMPORT', {
    durable_name: durable,
    filter_subject: `contact-import.${tenant}.>`,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(5_000),
    max_ack_pending: 1,
  })
  return jetstream(nats).consumers.get('CONTACT_IMPORT', durable)
}

/** An event whose `seq` is not above the last one is a repetition. */
function handle(event: ImportEvent): void {
  const [importId, seq] = [event.subject, Number(event.id.split(':')[1])]
  if (seq <= (lastSeqs.get(importId) ?? 0)) return
  table.show(event)
  lastSeqs.set(importId, seq)
  writeMemory()
}

/**
 * The last `seq` of each import. A real consumer keeps it in its database, in the transaction of what it does
 * with the event: then each event takes effect exactly once.
 */
function readMemory(): [string, number][] {
  try {
    return JSON.parse(readFileSync(memoryPath(), 'utf8'))
  } catch {
    return []
  }
}

function writeMemory(): void {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(`${memoryPath()}.new`, JSON.stringify([...lastSeqs]))
  renameSync(`${memoryPath()}.new`, memoryPath())
}

function memoryPath(): string {
  return join(dataDir, `subscriber-${durable}.json`)
}
