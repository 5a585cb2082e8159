/**
 * The database sessions of runs. They are bounded and named after the claim, and no session of an earlier claim on the
 * import is left beside them. A thread keeps the sessions of a run that ended well for its next run, because a new
 * connection takes longer than a small import.
 */
import { connectionMs, sessionsPerImport } from '../../limits.ts'
import type { RunClaim } from '../../storage/imports/queue.ts'
import {
  endEarlierSessions,
  nameSession,
  runSessionName,
} from '../../storage/imports/run-session.ts'
import {
  BoundedClient,
  boundedBy,
  noticeLostClient,
} from '../../storage/postgres/bounded-client.ts'
import { type RunSql, sqlOn } from '../../storage/postgres/sql.ts'
import type { Progress } from '../threads/progress.ts'

export interface RunSession {
  readonly client: BoundedClient
  /** Resolves once the client is connected; the first session of a run already is. */
  readonly ready: Promise<unknown>
}

export interface RunSessions extends AsyncDisposable {
  /** the sessions that write side by side */
  readonly all: readonly RunSession[]
  /** runs statements on the first session */
  readonly sql: RunSql
  /** Lets disposing keep the sessions open for the next run. Call it when every statement on them was answered. */
  keep(): void
}

export interface RunSessionOptions {
  readonly databaseUrl: string
  readonly claim: RunClaim
  readonly leaseMs: number
  readonly progress: Progress
}

export class SessionKeeper implements AsyncDisposable {
  #kept: RunSession[] = []
  /** the progress of the run that has the sessions */
  #progress: Progress | undefined

  /** Gives the sessions of a run, and ends those that earlier claims on the import left behind. */
  async open(options: RunSessionOptions): Promise<RunSessions> {
    this.#progress = options.progress
    const onAnswer = () => this.#progress?.note()
    const all = await rename(this.#kept.splice(0), options.claim)
    while (all.length < sessionsPerImport) all.push(openSession(options, onAnswer))
    try {
      await all[0]!.ready
      const sql = sqlOn(all[0]!.client)
      // Before the first claim nobody had a session for this import.
      if (options.claim.epoch > 1) await endEarlierSessions(sql, options.claim)
      return this.#lend(all, sql)
    } catch (error) {
      await closeAll(all)
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closeAll(this.#kept.splice(0))
  }

  #lend(all: RunSession[], sql: RunSql): RunSessions {
    let isKept = false
    return {
      all,
      sql,
      keep: () => {
        isKept = true
      },
      [Symbol.asyncDispose]: async () => {
        if (isKept) this.#kept = await rename(all, 'idle')
        else await closeAll(all)
      },
    }
  }
}

/** Calls `onAnswer` whenever PostgreSQL has answered the statements under way. */
function openSession(options: RunSessionOptions, onAnswer: () => void): RunSession {
  const client = createClient(options)
  client.on('drain', onAnswer)
  const ready = client.connect()
  // Whoever awaits `ready` meets a failure. Nobody may: a small import never uses its second session.
  ready.catch(() => {})
  return { client, ready }
}

/** Bounds the client by the lease: neither a statement nor a lost connection may hold a batch for longer. */
function createClient({ databaseUrl, claim, leaseMs }: RunSessionOptions): BoundedClient {
  const bounds = boundedBy({ statementMs: leaseMs, idleInTransactionMs: leaseMs })
  const client = new BoundedClient({
    connectionString: databaseUrl,
    application_name: runSessionName(claim),
    connectionTimeoutMillis: connectionMs,
    ...bounds,
    settings: { ...bounds.settings, ...noticeLostClient(leaseMs) },
  })
  // When a connection breaks, the query in flight rejects. Without a handler the event would end the process.
  client.on('error', () => {})
  return client
}

/** Gives sessions another name. It closes those that are no longer connected and leaves them out of its answer. */
async function rename(
  sessions: readonly RunSession[],
  name: RunClaim | 'idle',
): Promise<RunSession[]> {
  const renamed = await Promise.allSettled(
    sessions.map(async ({ client, ready }) => {
      await ready
      await nameSession(sqlOn(client), name)
    }),
  )
  const isRenamed = (_: RunSession, at: number) => renamed[at]!.status === 'fulfilled'
  await closeAll(sessions.filter((session, at) => !isRenamed(session, at)))
  return sessions.filter(isRenamed)
}

async function closeAll(sessions: readonly RunSession[]): Promise<void> {
  await Promise.all(sessions.map(({ client }) => client.end()))
}
