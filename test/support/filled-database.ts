/**
 * Owns databases of earlier releases, filled by them and kept as plain SQL: tests bring them up to date. One was made
 * with the first schema by the service itself: imports in every state (one running without a worker, one cancelled, one
 * failed and one queued again half-way, one half deleted), cases, campaigns, events of every fate, three tenants.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Client } from 'pg'

/**
 * Fills an empty database. The file is what `pg_dump --no-owner --no-privileges --inserts` of PostgreSQL 15 writes,
 * without the lines that only psql understands, so that any version takes it from any client.
 */
export async function fillWithFirstSchema(url: string): Promise<void> {
  const path = new URL('../storage/upgrade/0001-filled.sql.gz', import.meta.url)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(gunzipSync(readFileSync(path)).toString())
  } finally {
    await client.end()
  }
}
