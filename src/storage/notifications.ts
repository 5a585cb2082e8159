/**
 * One LISTEN connection a process, reopened for ever. A notification only says "look again": while the
 * connection is away, or after it came back, every listener is called once, so that nothing is missed.
 */
import { BoundedClient } from './bounded-client.ts'

export interface Notifications {
  /** Calls `listener` with each payload of `channel`, and with '' after a reconnection. */
  on(channel: string, listener: (payload: string) => void): () => void
  close(): Promise<void>
}

const reconnectMs = 500

/** A connection whose other end is gone says nothing by itself for minutes: it is asked this often. */
const heartbeatMs = 10_000
const heartbeatAnswerMs = 5_000

export async function openNotifications(
  databaseUrl: string,
  channels: readonly string[],
  onFault: (error: unknown) => void,
): Promise<Notifications> {
  const listeners = new Map<string, Set<(payload: string) => void>>(
    channels.map(channel => [channel, new Set()]),
  )
  const state: { client?: BoundedClient; closed: boolean; timer?: NodeJS.Timeout } = {
    closed: false,
  }

  async function connect(): Promise<void> {
    const client = new BoundedClient({
      connectionString: databaseUrl,
      application_name: 'contact-import listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: heartbeatAnswerMs,
    })
    client.on('error', reconnectLater)
    client.on('end', () => reconnectLater(new Error('the LISTEN connection ended')))
    client.on('notification', ({ channel, payload }) => {
      for (const listener of listeners.get(channel) ?? []) listener(payload ?? '')
    })
    await client.connect()
    for (const channel of channels) await client.query(`listen ${channel}`)
    if (state.closed) return void (await client.end())
    state.client = client
  }

  function reconnectLater(error: unknown): void {
    if (state.closed || state.timer) return
    onFault(error)
    state.client = undefined
    state.timer = setTimeout(async () => {
      state.timer = undefined
      try {
        await connect()
        for (const set of listeners.values()) for (const listener of set) listener('')
      } catch (again) {
        reconnectLater(again)
      }
    }, reconnectMs)
  }

  await connect()
  const heartbeat = setInterval(() => {
    const { client } = state
    client?.query('select 1').catch(error => {
      if (client !== state.client) return
      void client.end()
      reconnectLater(error)
    })
  }, heartbeatMs)
  return {
    on(channel, listener) {
      const set = listeners.get(channel)
      if (!set) throw new Error(`not listening on ${channel}`)
      set.add(listener)
      return () => set.delete(listener)
    },
    async close() {
      state.closed = true
      clearTimeout(state.timer)
      clearInterval(heartbeat)
      await state.client?.end()
    },
  }
}
