/**
 * The only way to open a session. Each session has the settings of the service and waits for an answer only so long.
 * PostgreSQL ends long statements by itself (`statement_timeout`); when not even that answer comes, the client destroys
 * the socket. It does so, too, when PostgreSQL does not answer the end of a session: the driver alone would wait for
 * ever on a silent connection.
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
  /** settings of this session; they add to those of all sessions and override them */
  readonly settings?: Settings
}

/** How long a statement may run by PostgreSQL's own clock, and an open transaction may idle. */
export interface SessionTimeouts {
  readonly statementMs: number
  readonly idleInTransactionMs: number
}

type Connected = (error?: unknown) => void

/** The statement under way fails as well, which is heard. */
const tellNobody = () => {}

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

  /** Connects as the driver does, with a promise or a callback; by then the session has its settings. */
  override connect(): Promise<this>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<this> | undefined {
    const connecting = this.#connect()
    if (callback === undefined) return connecting
    connecting.then(() => callback(), callback)
    return undefined
  }

  /** Ends the session within `clientEndMs` milliseconds, whatever PostgreSQL does; never rejects. */
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

  /**
   * Applies the settings. When that fails, ends the session and throws. The driver takes the session for open by now and
   * tells of a lost line by the event `error`, for which nobody listens yet: unheard, it would end the process.
   */
  async #applySettings(): Promise<void> {
    this.on('error', tellNobody)
    try {
      await this.query(applySettings, [Object.keys(this.#settings), Object.values(this.#settings)])
      this.off('error', tellNobody)
    } catch (error) {
      await this.end()
      throw error
    }
  }

  /**
   * Turns this client to the way that works now. The driver fixes its way when the client is made, so this takes over
   * the unopened connection of another client, made for the right way.
   */
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
      // While a statement runs, `end` destroys the socket, which fails the statement. The timer must not keep the
      // process alive: on a connection that is over, neither `drain` nor `end` comes to clear it.
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

/** The URL of the database may override one setting, `search_path`: the operator chooses the schemas. */
function settingsOf({ settings, options = '' }: BoundedClientConfig): Settings {
  const { search_path, ...others } = sessionSettings
  return {
    ...others,
    ...(!/search_path/i.test(options) && { search_path: search_path! }),
    ...settings,
  }
}

/** The configuration of a bounded connection. It bounds statements, not connecting: the caller sets that. */
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
 * Settings with which PostgreSQL notices within about `ms` milliseconds that a client is gone, while PostgreSQL sends to
 * it or waits for it. `tcp_user_timeout` has an effect on Linux only.
 */
export function noticeLostClient(ms: number): Settings {
  return {
    tcp_user_timeout: String(ms),
    tcp_keepalives_idle: String(Math.max(1, Math.floor(ms / 2_000))),
    tcp_keepalives_interval: '1',
    tcp_keepalives_count: '3',
  }
}
