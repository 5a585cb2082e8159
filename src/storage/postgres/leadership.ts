/**
 * One process at a time leads: the one that holds a session-level advisory lock, on a connection of its own.
 * PostgreSQL ends the session of a leader that hangs or whose machine is gone. By then that leader has long stopped to
 * act as one, because it could not renew its leadership.
 */
import { leadershipMs, leadershipRenewMs, leadershipSilenceMs } from '../../limits.ts'
import { BoundedClient } from './bounded-client.ts'

export interface Leadership {
  /** Whether this process may act as the leader right now; ask before each step that only it may take. */
  held(): boolean
  close(): Promise<void>
}

export interface LeadershipOptions {
  readonly databaseUrl: string
  /** any constant that no other lock of the service uses */
  readonly lock: number
  /** shown by pg_stat_activity */
  readonly applicationName: string
  /** called when this process gains the lock or loses it */
  readonly onChange: (held: boolean) => void
}

/** Makes this process a candidate until `close`. While PostgreSQL cannot be reached, it tries again without end. */
export function seekLeadership(options: LeadershipOptions): Leadership {
  const candidate = new Candidate(options)
  void candidate.renew()
  return candidate
}

class Candidate implements Leadership {
  readonly #options: LeadershipOptions
  #client: BoundedClient | undefined
  #hasLock = false
  /** performance.now() at which the leadership must be renewed */
  #heldUntil = 0
  #renewing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: LeadershipOptions) {
    this.#options = options
  }

  held(): boolean {
    return this.#hasLock && performance.now() < this.#heldUntil
  }

  renew(): Promise<void> {
    this.#renewing = this.#tryRenew().finally(() => {
      if (!this.#closed) this.#timer = setTimeout(() => this.renew(), leadershipRenewMs)
    })
    return this.#renewing
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#renewing
    this.#hasLock = false
    await this.#client?.end()
  }

  async #tryRenew(): Promise<void> {
    const asked = performance.now()
    try {
      this.#client ??= await this.#connect()
      // PostgreSQL counts how often a session takes a lock, so the session asks for it only once.
      const hasLock = this.#hasLock
        ? (await this.#client.query('select 1')).rowCount === 1
        : (await this.#client.query('select pg_try_advisory_lock($1) as led', [this.#options.lock]))
            .rows[0].led
      this.#heldUntil = asked + leadershipMs
      this.#set(hasLock)
    } catch {
      this.#drop()
    }
  }

  async #connect(): Promise<BoundedClient> {
    const client = new BoundedClient({
      connectionString: this.#options.databaseUrl,
      application_name: this.#options.applicationName,
      connectionTimeoutMillis: leadershipMs,
      query_timeout: leadershipMs,
      keepAlive: true,
      settings: { idle_session_timeout: String(leadershipSilenceMs) },
    })
    client.on('error', () => this.#drop(client))
    client.on('end', () => this.#drop(client))
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end()
      throw error
    }
  }

  #drop(client = this.#client): void {
    if (client !== this.#client || client === undefined) return
    this.#client = undefined
    void client.end()
    this.#set(false)
  }

  #set(hasLock: boolean): void {
    if (this.#hasLock === hasLock) return
    this.#hasLock = hasLock
    this.#options.onChange(hasLock)
  }
}
