/** Owns the stage of tests of the relay: a broker and a database of the test's own, and somebody who writes events. */
import type { Test } from 'tap'
import type { EventStreamConfig } from '../../src/config.ts'
import { createTestDatabase } from './database.ts'
import { idsByImport, outboxIds, readStream } from './event-consumer.ts'
import { type RelayOnTrial, relayOnTrial, untilPublished } from './event-relay.ts'
import { type OutboxWriter, openOutboxWriter } from './outbox-writer.ts'
import { type OwnNats, startOwnNats } from './own-servers.ts'

export interface EventScene {
  readonly nats: OwnNats
  readonly databaseName: string
  readonly adminUrl: string
  readonly urls: { readonly databaseUrl: string; readonly natsUrl: string }
  readonly writer: OutboxWriter
  /** `natsUrl` where the relay is not who the test is */
  startRelay(stream?: Partial<EventStreamConfig>, natsUrl?: string): Promise<RelayOnTrial>
  createImports(imports: number, tenantId?: string): Promise<string[]>
  /** Waits until nothing waits; then the stream must hold what the outbox holds, each once, per import in order. */
  expectWhole(natsUrl?: string): Promise<void>
}

/** `configuration` is that of nats-server, beside what each one has. */
export async function setEventScene(t: Test, configuration = ''): Promise<EventScene> {
  const nats = await startOwnNats(t, configuration)
  const { name, url: databaseUrl, adminUrl } = await createTestDatabase(t)
  const writer = await openOutboxWriter(t, databaseUrl)
  return {
    nats,
    databaseName: name,
    adminUrl,
    urls: { databaseUrl, natsUrl: nats.url },
    writer,
    startRelay: (stream, natsUrl = nats.url) => relayOnTrial(t, { databaseUrl, natsUrl }, stream),
    async createImports(imports, tenantId = 'acme') {
      const ids: string[] = []
      while (ids.length < imports) ids.push(await writer.createImport(tenantId))
      return ids
    },
    async expectWhole(natsUrl = nats.url) {
      await untilPublished(adminUrl)
      t.strictSame(idsByImport(await readStream(natsUrl)), await outboxIds(adminUrl))
    },
  }
}
