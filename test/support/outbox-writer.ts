/**
 * Owns imports that exist for their events alone: each event is written as the service writes it, in a
 * transaction of its own, by `recordEvent`.
 */

import { randomUUIDv7 } from 'node:crypto'
import { Client } from 'pg'
import type { Test } from 'tap'
import type { Assignment } from '../../src/contracts/campaign.ts'
import type { EventName } from '../../src/contracts/events.ts'
import { examples } from '../../src/contracts/examples.ts'
import { type ImportRow, importColumns } from '../../src/storage/imports/import-row.ts'
import { byService, recordAssigned, recordEvent } from '../../src/storage/outbox/outbox.ts'
import { type RunSql, sqlOn } from '../../src/storage/postgres/sql.ts'
import { inTenantTransaction } from '../../src/storage/postgres/tenant-session.ts'

export type OutboxWriter = {
  sql: RunSql
  /** Makes an import without an event. */
  createImport(tenantId: string): Promise<string>
  /** Gives the file a name that makes the next events, but those of progress, that large; 0 makes them small. */
  enlarge(tenantId: string, importId: string, characters: number): Promise<void>
  /** Commits a batch: the import has dealt with that many of its 1,000 rows, and says so. */
  advance(tenantId: string, importId: string, rows: number): Promise<void>
  /** Commits one event. */
  write(tenantId: string, importId: string, event?: EventName): Promise<void>
  /** Commits that many events at once. */
  writeMany(tenantId: string, importId: string, events: number, event?: EventName): Promise<void>
}

export async function openOutboxWriter(t: Test, databaseUrl: string): Promise<OutboxWriter> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  t.teardown(() => client.end())
  return outboxWriterOn(sqlOn(client))
}

/** The same on a connection of the caller's. */
export function outboxWriterOn(sql: RunSql): OutboxWriter {
  const record = async (tenantId: string, importId: string, events: readonly EventName[]) => {
    await inTenantTransaction(sql, tenantId, async () => {
      if (events.some(event => event.startsWith('validation-'))) {
        await sql(
          `insert into validations (tenant_id, import_id, status, mapping, first_row, next_row, rows_total)
          values ($1, $2, 'cancelled', '{}', 2, 2, 1000) on conflict do nothing`,
          [tenantId, importId],
        )
      }
      const [row] = await sql<ImportRow>(
        `select ${importColumns} from imports where id = $1 for update`,
        [importId],
      )
      for (const event of events) {
        if (event === 'assigned') await recordAssigned(sql, row!, examples.Assignment as Assignment)
        else await recordEvent(sql, row!, event, byService)
      }
    })
  }
  return {
    sql,
    async createImport(tenantId) {
      const id = randomUUIDv7()
      await inTenantTransaction(sql, tenantId, async () => {
        await sql(
          `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256,
            sheets, preview, first_row, next_row, rows_total, created_by)
          values ($1, $2, 'contacts', 'running', 'contacts.xlsx', 1, repeat('a', 64), '[]', '[]', 2, 2, 1000, 'anna')`,
          [id, tenantId],
        )
      })
      return id
    },
    enlarge: (tenantId, importId, characters) =>
      inTenantTransaction(sql, tenantId, async () => {
        const name = `${'x'.repeat(characters)}.xlsx`
        await sql('update imports set file_name = $2 where id = $1', [importId, name])
      }),
    advance: (tenantId, importId, rows) =>
      inTenantTransaction(sql, tenantId, async () => {
        const [row] = await sql<ImportRow>(
          `update imports set next_row = first_row + $2, rows_created = $2
          where id = $1 returning ${importColumns}`,
          [importId, rows],
        )
        await recordEvent(sql, row!, 'progress', byService)
      }),
    write: (tenantId, importId, event = 'progress') => record(tenantId, importId, [event]),
    writeMany: (tenantId, importId, events, event = 'progress') =>
      record(tenantId, importId, Array<EventName>(events).fill(event)),
  }
}
