/**
 * The database sessions of runs: bounded, named after the claim, and alone with its import. A thread keeps the
 * sessions of a run that ended well for its next one, as a connection takes longer than a small import.
 */
import { connectionMs, sessionsPerImport } from '../../limits.ts'
import type { Claim } from '../../storage/imports/queue.ts'
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
  /** Resolves once it is connected; the first session of a run is. */
  readonly ready: Promise<unknown>
}

export interface RunSessions extends AsyncDisposable {
  /** They write side by side. */
  readonly all: readonly RunSession[]
  /** Statements on the first of them. */
  readonly sql: RunSql
  /** Has disposing leave the sessions open for the next run: every statement on them was answered. */
  keep(): void
}

export interface RunSessionOptions {
  readonly databaseUrl: string
  readonly claim: Claim
  readonly leaseMs: number
  readonly progress: Progress
}

export class SessionKeeper implements AsyncDisposable {
  #kept: RunSession[] = []
  /** of the run that has the sessions */
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
      // Before the first claim nobody had one.
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

/** `onAnswer` is called whenever a statement was answered. */
function openSession(options: RunSessionOptions, onAnswer: () => void): RunSession {
  const client = createClient(options)
  client.on('drain', onAnswer)
  const ready = client.connect()
  // Its failure is met when it is waited for; a small import never uses its second session.
  ready.catch(() => {})
  return { client, ready }
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

/** Gives sessions another name; those that are not connected any more are closed and left out. */
async function rename(
  sessions: readonly RunSession[],
  name: Claim | 'idle',
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
