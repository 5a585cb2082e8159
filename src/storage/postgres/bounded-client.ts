/**
 * The only way to open a session: each has the settings of the service, and waits for an answer only so long.
 * PostgreSQL ends statements by itself
 * (`statement_timeout`); when even that answer stays out, the line is cut and the socket is destroyed.
 * So it is when nobody takes leave: the driver alone would wait for the end of a silent line for ever.
 */
import pg from 'pg'
import { answerGraceMs, clientEndMs, keepAliveMs } from '../../limits.ts'
import { type DatabaseTarget, targetOf } from './database-target.ts'
import type { Attempt } from './database-url.ts'
import { applySettings, type Settings, sessionSettings } from './session-settings.ts'

export interface BoundedClientConfig extends pg.ClientConfig {
  /** read as libpq reads it: with several hosts the connection goes to the one that takes writes */
  readonly connectionString?: string
  /** how long one statement may stay unanswered, in milliseconds */
  readonly answerMs?: number
  /** those of this session, beside and over the ones that all have */
  readonly settings?: Settings
}

/** How long a statement may run by PostgreSQL's own clock, and an open transaction may idle. */
export interface SessionTimeouts {
  readonly statementMs: number
  readonly idleInTransactionMs: number
}

type Connected = (error?: unknown) => void

export class BoundedClient extends pg.Client {
  readonly #config: BoundedClientConfig
  readonly #target: DatabaseTarget | undefined
  #attempt: Attempt | undefined
  #unanswered: NodeJS.Timeout | undefined
  #isEnding = false
  readonly #settings: Settings

  constructor({ connectionString, ...config }: BoundedClientConfig) {
    const target = connectionString === undefined ? undefined : targetOf(connectionString)
    const attempt = target?.likely
    super({ ...config, ...attempt })
    this.#config = config
    this.#target = target
    this.#attempt = attempt
    this.#settings = settingsOf({ ...config, ...attempt })
    this.on('end', () => {
      clearTimeout(this.#unanswered)
      if (!this.#isEnding) this.#mistrust()
    })
    if (config.answerMs !== undefined) this.#boundAnswers(config.answerMs)
  }

  /** As the driver's own, for callers of either kind; the session has its settings then. */
  override connect(): Promise<this>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<this> | undefined {
    const connecting = this.#connect()
    if (callback === undefined) return connecting
    connecting.then(() => callback(), callback)
    return undefined
  }

  /** Is over within `clientEndMs`, whatever the other end does; never rejects. */
  override async end(callback?: (...none: never[]) => void): Promise<void> {
    this.#isEnding = true
    const cut = setTimeout(() => this.connection.stream.destroy(), clientEndMs)
    await super.end()
    clearTimeout(cut)
    callback?.()
  }

  async #connect(): Promise<this> {
    await this.#aim()
    if (this.#isEnding) throw new Error('Connection terminated before it was opened')
    try {
      await super.connect()
    } catch (error) {
      this.#mistrust()
      throw error
    }
    await this.#applySettings()
    return this
  }

  /** A session that cannot have its settings is ended. */
  async #applySettings(): Promise<void> {
    try {
      await this.query(applySettings, [Object.keys(this.#settings), Object.values(this.#settings)])
    } catch (error) {
      await this.end()
      throw error
    }
  }

  /** The driver takes its way when it is made; another one is that of a client made for it. */
  async #aim(): Promise<void> {
    const attempt = await this.#target?.choose()
    if (attempt === undefined || attempt === this.#attempt) return
    this.#attempt = attempt
    const { connection, connectionParameters, host, port, ssl } = new pg.Client({
      ...this.#config,
      ...attempt,
    }) as pg.Client & { readonly connectionParameters: unknown }
    Object.assign(this, { connection, connectionParameters, host, port, ssl })
  }

  #mistrust(): void {
    if (this.#attempt !== undefined) this.#target?.mistrust(this.#attempt)
  }

  #boundAnswers(answerMs: number): void {
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    this.query = ((...args: unknown[]) => {
      clearTimeout(this.#unanswered)
      // With a statement under way, `end` destroys the socket, which fails the statement.
      // It keeps no process alive: a query of a connection that is over gets neither event below.
      this.#unanswered = setTimeout(() => this.#giveUp(), answerMs).unref()
      return query(...args)
    }) as pg.Client['query']
    this.on('drain', () => clearTimeout(this.#unanswered))
  }

  #giveUp(): void {
    this.#mistrust()
    void this.end()
  }
}

/** Only where the tables are may be said in the address of the database: the schemas are the operator's. */
function settingsOf({ settings, options = '' }: BoundedClientConfig): Settings {
  const { search_path, ...others } = sessionSettings
  return {
    ...others,
    ...(!/search_path/i.test(options) && { search_path: search_path! }),
    ...settings,
  }
}

/** The settings of a bounded connection; `connection_timeout` and the like stay the caller's. */
export function boundedBy(timeouts: SessionTimeouts): BoundedClientConfig {
  return {
    settings: {
      statement_timeout: String(timeouts.statementMs),
      idle_in_transaction_session_timeout: String(timeouts.idleInTransactionMs),
    },
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    answerMs: timeouts.statementMs + answerGraceMs,
  }
}

/**
 * Settings that have PostgreSQL notice a client that is gone while it sends to it or waits for it; elsewhere than on
 * Linux the first one is without effect.
 */
export function noticeLostClient(ms: number): Settings {
  return {
    tcp_user_timeout: String(ms),
    tcp_keepalives_idle: String(Math.max(1, Math.floor(ms / 2_000))),
    tcp_keepalives_interval: '1',
    tcp_keepalives_count: '3',
  }
}
