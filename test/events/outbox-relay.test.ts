import t from 'tap'
import { createTestDatabase } from '../support/database.ts'
import {
  idsByImport,
  outboxIds,
  readStream,
  relayOnTrial,
  untilPublished,
} from '../support/event-relay.ts'
import { openOutboxWriter } from '../support/outbox-writer.ts'
import { startOwnNats } from '../support/own-servers.ts'

t.test('events of many imports reach the stream, each once and in order', async t => {
  const nats = await startOwnNats(t)
  const { url, adminUrl } = await createTestDatabase(t)
  const writer = await openOutboxWriter(t, url)
  const relay = await relayOnTrial(t, { databaseUrl: url, natsUrl: nats.url })
  const imports: [string, string][] = []
  for (let index = 0; index < 200; index++) {
    const tenant = `tenant-${index % 7}`
    imports.push([tenant, await writer.createImport(tenant)])
  }
  for (let round = 0; round < 5; round++) {
    for (const [tenant, id] of imports) await writer.write(tenant, id)
  }
  await untilPublished(adminUrl)
  t.same(idsByImport(await readStream(nats.url)), await outboxIds(adminUrl))
  t.match(relay.state(), { leading: true, published: 1000, duplicates: 0, parked: 0 })
  t.comment(JSON.stringify(relay.log))
})
