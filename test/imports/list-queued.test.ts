/** The list of imports and the beginning of a stream tell places in the queue, and ask for them once. */

import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import, ImportPage } from '../../src/contracts/import.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { createTestDatabase } from '../support/database.ts'
import { queryOnce } from '../support/query.ts'
import { secret, startTestService } from '../support/service.ts'
import { readEvents } from '../support/sse-reader.ts'

const database = await createTestDatabase(t)
await queryOnce(database.adminUrl, `alter database ${database.name} set track_functions = 'pl'`)
for (const [index, status] of ['queued', 'completed', 'queued', 'queued', 'mapped'].entries()) {
  await queryOnce(
    database.adminUrl,
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by, queued_at)
    values ($1, 'acme', 'n', $2, 'f.xlsx', 1, repeat('a', 64), '[]', '[]', 2, 2, 10, 'anna',
      now() - $3 * interval '1 minute')`,
    [randomUUIDv7(), status, index],
  )
}

/** Connections hand in their statistics when they end, which is a moment after they are closed. */
async function countCalls(before: number): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const [row] = await queryOnce(
      database.adminUrl,
      `select coalesce(sum(calls), 0)::int as calls from pg_stat_user_functions
      where funcname = 'queue_places'`,
    )
    const calls = (row!.calls as number) - before
    if (calls !== 0 || tries === 50) return calls
    await sleep(50)
  }
}

t.test('a page of imports asks for places in the queue once', async t => {
  const service = await startTestService(t, { ROLE: 'api' }, database)
  const { body } = await service.call<ImportPage>('GET', '/imports')
  await service.close()
  t.same(
    body.items.map(({ progress }) => progress.queuePosition),
    [null, 1, 2, null, 3],
  )
  t.equal(await countCalls(0), 1)
})

t.test('a stream of all imports asks for places in the queue once', async t => {
  const service = await startTestService(t, { ROLE: 'api' }, database)
  const token = await signToken(secret, {
    tenant: 'acme',
    roles: ['manager'],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const places: (number | null)[] = []
  for await (const message of readEvents(`${service.url}/v1/imports/events`, { token })) {
    if (message.kind === 'state') places.push(message.state.progress.queuePosition)
    if (places.length === 5) break
  }
  await service.close()
  t.same(places, [null, 1, 2, null, 3])
  t.equal(await countCalls(1), 1)
})

/** What concerns the sheets of an import and its validation, which a list does not tell. */
const aloneKeys = [
  'headerRowReason',
  'proposedHeaderRow',
  'proposedSheet',
  'sheets',
  'validation',
  'warnings',
]

t.test('the list shows each import as it is shown alone', async t => {
  const service = await startTestService(t, { ROLE: 'api' }, database)
  const { body } = await service.call<ImportPage>('GET', '/imports')
  for (const item of body.items) {
    const { body: alone } = await service.call<Import>('GET', `/imports/${item.id}`)
    t.match(alone, item, 'a list says the same of an import')
    const added = Object.keys(alone).filter(key => !Object.hasOwn(item, key))
    t.same(added.toSorted(), aloneKeys)
  }
})
