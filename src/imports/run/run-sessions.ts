/** The database sessions of one run: bounded, named after its claim, and alone with its import. */
import { connectionMs, sessionsPerImport } from '../../limits.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import { endEarlierSessions, runSessionName } from '../../storage/imports/run-session.ts'
import {
  BoundedClient,
  boundedBy,
  noticeLostClient,
} from '../../storage/postgres/bounded-client.ts'
import { type RunSql, sqlOn } from '../../storage/postgres/sql.ts'

export interface RunSessions extends AsyncDisposable {
  readonly clients: readonly BoundedClient[]
  /** Statements on the first of them. */
  readonly sql: RunSql
}

export interface RunSessionOptions {
  readonly databaseUrl: string
  readonly claim: Claim
  readonly leaseMs: number
}

/** Opens the sessions, and ends those that earlier claims on the import left behind. */
export async function openRunSessions(options: RunSessionOptions): Promise<RunSessions> {
  const clients = Array.from({ length: sessionsPerImport }, () => createClient(options))
  const close = async () => void (await Promise.all(clients.map(client => client.end())))
  try {
    for (const client of clients) await client.connect()
    const sql = sqlOn(clients[0]!)
    await endEarlierSessions(sql, options.claim)
    return { clients, sql, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** No statement, and no lost connection, may hold a batch for longer than its lease. */
function createClient({ databaseUrl, claim, leaseMs }: RunSessionOptions): BoundedClient {
  const bounds = boundedBy({ statementMs: leaseMs, idleInTransactionMs: leaseMs })
  const client = new BoundedClient({
    connectionString: databaseUrl,
    application_name: runSessionName(claim),
    connectionTimeoutMillis: connectionMs,
    ...bounds,
    settings: { ...bounds.settings, ...noticeLostClient(leaseMs) },
  })
  // A connection that breaks rejects the query in flight; the event alone must not end the process.
  client.on('error', () => {})
  return client
}
