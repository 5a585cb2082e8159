/** Opens connections to the broker from one URL; what the URL says about credentials is never logged. */

import {
  connect,
  type NatsConnection,
  type NodeConnectionOptions,
  wsconnect,
} from '@nats-io/transport-node'
import {
  brokerConnectMs,
  brokerPingMs,
  brokerPingsUnansweredMax,
  brokerReconnectMs,
} from '../limits.ts'

/**
 * `nats:`, `tls:`, `ws:` or `wss:`, with `user:password@` or `token@` when the broker wants them. Rejects when
 * the broker does not answer now; once it did, the connection comes back by itself for ever.
 */
export function connectNats(natsUrl: string, name: string): Promise<NatsConnection> {
  const url = new URL(natsUrl)
  const isWebSocket = url.protocol === 'ws:' || url.protocol === 'wss:'
  const options: NodeConnectionOptions = {
    servers: isWebSocket ? `${url.protocol}//${url.host}${url.pathname}` : url.host,
    name,
    timeout: brokerConnectMs,
    reconnectTimeWait: brokerReconnectMs,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    pingInterval: brokerPingMs,
    maxPingOut: brokerPingsUnansweredMax,
    ...credentialsOf(url),
    ...(url.protocol === 'tls:' && { tls: {} }),
  }
  return isWebSocket ? wsconnect(options as Parameters<typeof wsconnect>[0]) : connect(options)
}

function credentialsOf({ username, password }: URL): Partial<NodeConnectionOptions> {
  if (username === '') return {}
  if (password === '') return { token: decodeURIComponent(username) }
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}
