/**
 * One LISTEN connection a process, which is reopened whenever it is lost. A notification only says "look again".
 * PostgreSQL keeps none for a lost connection, so after each reconnection this file calls every listener once, and
 * nobody misses a change.
 */
import { connectionMs, listenAnswerMs, listenHeartbeatMs, listenReconnectMs } from '../../limits.ts'
import { BoundedClient } from './bounded-client.ts'

type Listener = (payload: string) => void

export interface Notifications {
  /** Calls `listener` with each payload of `channel`, and with '' after a reconnection, until the given function is called. */
  on(channel: string, listener: Listener): () => void
  close(): Promise<void>
}

/**
 * Connects and listens on `channels`. Rejects when this first connection fails. Later faults go to `onFault`, and the
 * connection is opened again.
 */
export async function openNotifications(
  databaseUrl: string,
  channels: readonly string[],
  onFault: (error: unknown) => void,
): Promise<Notifications> {
  const listening = new Listening(databaseUrl, channels, onFault)
  await listening.connect()
  return listening
}

class Listening implements Notifications {
  readonly #databaseUrl: string
  readonly #listeners: ReadonlyMap<string, Set<Listener>>
  readonly #onFault: (error: unknown) => void
  /** the connection in use, or being opened; faults of earlier connections are ignored */
  #client: BoundedClient | undefined
  #reconnection: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #closed = false

  constructor(databaseUrl: string, channels: readonly string[], onFault: (error: unknown) => void) {
    this.#databaseUrl = databaseUrl
    this.#listeners = new Map(channels.map(channel => [channel, new Set()]))
    this.#onFault = onFault
  }

  on(channel: string, listener: Listener): () => void {
    const set = this.#listeners.get(channel)
    if (!set) throw new Error(`not listening on ${channel}`)
    set.add(listener)
    return () => set.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#reconnection)
    clearInterval(this.#heartbeat)
    await this.#client?.end()
  }

  /** Opens a new connection and listens on it. When that fails, ends the connection and rejects. */
  async connect(): Promise<void> {
    const client = new BoundedClient({
      connectionString: this.#databaseUrl,
      application_name: 'contact-import listen',
      keepAlive: true,
      connectionTimeoutMillis: connectionMs,
      query_timeout: listenAnswerMs,
    })
    this.#client = client
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(payload ?? '')
    })
    // Until the client listens, a fault rejects the calls below. Without a handler the event would end the process.
    client.on('error', () => {})
    try {
      await client.connect()
      for (const channel of this.#listeners.keys()) await client.query(`listen ${channel}`)
    } catch (error) {
      await client.end()
      throw error
    }
    client.on('error', error => this.#lose(client, error))
    client.on('end', () => this.#lose(client, new Error('the LISTEN connection ended')))
    this.#heartbeat = setInterval(() => {
      client.query('select 1').catch(error => this.#lose(client, error))
    }, listenHeartbeatMs)
  }

  #lose(client: BoundedClient, error: unknown): void {
    if (client !== this.#client) return
    this.#client = undefined
    clearInterval(this.#heartbeat)
    void client.end()
    this.#reconnectLater(error)
  }

  #reconnectLater(error: unknown): void {
    if (this.#closed) return
    this.#onFault(error)
    this.#reconnection = setTimeout(() => this.#reconnect(), listenReconnectMs)
  }

  async #reconnect(): Promise<void> {
    try {
      await this.connect()
    } catch (error) {
      return this.#reconnectLater(error)
    }
    for (const set of this.#listeners.values()) for (const listener of set) listener('')
  }
}
