/**
 * One LISTEN connection a process, reopened for ever. A notification only says "look again": while the
 * connection is away, or after it came back, every listener is called once, so that nothing is missed.
 */
import { connectionMs, listenAnswerMs, listenHeartbeatMs, listenReconnectMs } from '../../limits.ts'
import { BoundedClient } from './bounded-client.ts'

type Listener = (payload: string) => void

export interface Notifications {
  /** Calls `listener` with each payload of `channel`, and with '' after a reconnection. */
  on(channel: string, listener: Listener): () => void
  close(): Promise<void>
}

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

  /** Listens on a new connection; one that can not is ended before this rejects. */
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
    // Until it listens, a fault rejects what is asked of it; the event alone must not end the process.
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
