/**
 * A connection that waits for an answer only so long. PostgreSQL ends statements by itself
 * (`statement_timeout`); when even that answer stays out, the line is cut and the socket is destroyed.
 * So it is when nobody takes leave: the driver alone would wait for the end of a silent line for ever.
 */
import pg from 'pg'
import { answerGraceMs, clientEndMs, keepAliveMs } from '../../limits.ts'

export interface BoundedClientConfig extends pg.ClientConfig {
  /** how long one statement may stay unanswered, in milliseconds */
  readonly answerMs?: number
}

/** How long a statement may run by PostgreSQL's own clock, and an open transaction may idle. */
export interface SessionTimeouts {
  readonly statementMs: number
  readonly idleInTransactionMs: number
}

export class BoundedClient extends pg.Client {
  #unanswered: NodeJS.Timeout | undefined

  constructor(config: BoundedClientConfig) {
    super(config)
    const { answerMs } = config
    if (answerMs === undefined) return
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    this.query = ((...args: unknown[]) => {
      clearTimeout(this.#unanswered)
      // With a statement under way, `end` destroys the socket, which fails the statement.
      // It keeps no process alive: a query of a connection that is over gets neither event below.
      this.#unanswered = setTimeout(() => void this.end(), answerMs).unref()
      return query(...args)
    }) as pg.Client['query']
    const stopWaiting = () => clearTimeout(this.#unanswered)
    this.on('drain', stopWaiting)
    this.on('end', stopWaiting)
  }

  /** Is over within `clientEndMs`, whatever the other end does; never rejects. */
  override async end(callback?: (...none: never[]) => void): Promise<void> {
    const cut = setTimeout(() => this.connection.stream.destroy(), clientEndMs)
    await super.end()
    clearTimeout(cut)
    callback?.()
  }
}

/** The settings of a bounded connection; `connection_timeout` and the like stay the caller's. */
export function boundedBy(timeouts: SessionTimeouts): BoundedClientConfig {
  return {
    statement_timeout: timeouts.statementMs,
    idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    answerMs: timeouts.statementMs + answerGraceMs,
  }
}

/**
 * Has PostgreSQL notice a client that is gone while it sends to it or waits for it; elsewhere than on Linux
 * the first setting is without effect.
 */
export async function noticeLostClient(client: pg.Client, ms: number): Promise<void> {
  await client.query(
    `select set_config('tcp_user_timeout', $1, false), set_config('tcp_keepalives_idle', $2, false),
      set_config('tcp_keepalives_interval', '1', false), set_config('tcp_keepalives_count', '3', false)`,
    [String(ms), String(Math.max(1, Math.floor(ms / 2_000)))],
  )
}
