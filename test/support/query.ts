/** Owns one-off queries of tests: connect, ask, close. */
import { Client } from 'pg'

/** The rows of one statement. */
export async function queryOnce(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  // A connection that breaks fails the query in flight; the event alone must not end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
