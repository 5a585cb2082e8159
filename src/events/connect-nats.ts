/**
 * Opens connections to the broker: one server or several of a cluster, known to it by a password, a token, a
 * credentials file, an nkey or a certificate. Passwords and keys never stand in the log.
 */
import { readFileSync } from 'node:fs'
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
  type TlsOptions,
  wsconnect,
} from '@nats-io/transport-node'
import type { BrokerIdentity } from '../config.ts'
import {
  brokerConnectMs,
  brokerPingMs,
  brokerPingsUnansweredMax,
  brokerReconnectMs,
} from '../limits.ts'

/**
 * `natsUrl`: one URL of `nats:`, `tls:`, `ws:` or `wss:`, or several of a cluster, joined by commas; the first
 * with `user:password@` or `token@` speaks for all. Rejects when no server answers now; once one did, the
 * connection comes back by itself for ever, at any server that answers.
 */
export function connectNats(
  natsUrl: string,
  name: string,
  identity: BrokerIdentity = {},
): Promise<NatsConnection> {
  const urls = natsUrl.split(',').map(url => new URL(url))
  const isWebSocket = ['ws:', 'wss:'].includes(urls[0]!.protocol)
  const authenticator = authenticatorOf(identity)
  const tls = tlsOf(urls, identity)
  const options: NodeConnectionOptions = {
    servers: urls.map(url =>
      isWebSocket ? `${url.protocol}//${url.host}${url.pathname}` : url.host,
    ),
    name,
    timeout: brokerConnectMs,
    reconnectTimeWait: brokerReconnectMs,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    pingInterval: brokerPingMs,
    maxPingOut: brokerPingsUnansweredMax,
    ...credentialsOf(urls.find(({ username }) => username !== '')),
    ...(authenticator && { authenticator }),
    ...(tls && { tls }),
  }
  return isWebSocket ? wsconnect(options as Parameters<typeof wsconnect>[0]) : connect(options)
}

function credentialsOf(url: URL | undefined): Partial<NodeConnectionOptions> {
  if (url === undefined) return {}
  const { username, password } = url
  if (password === '') return { token: decodeURIComponent(username) }
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}

/** Asked at each connection, so that a file that was renewed counts. */
function authenticatorOf({ credsFile, nkeyFile }: BrokerIdentity): Authenticator | undefined {
  if (credsFile !== undefined) return credsAuthenticator(() => readFileSync(credsFile))
  if (nkeyFile === undefined) return undefined
  return nkeyAuthenticator(() => Buffer.from(readFileSync(nkeyFile, 'utf8').trim()))
}

/** Given, it makes the client insist on TLS. */
function tlsOf(
  urls: readonly URL[],
  { caFile, certFile, keyFile }: BrokerIdentity,
): TlsOptions | undefined {
  const isAsked = urls.some(({ protocol }) => protocol === 'tls:')
  if (!isAsked && caFile === undefined && certFile === undefined) return undefined
  return {
    ...(caFile !== undefined && { caFile }),
    ...(certFile !== undefined && { certFile, keyFile: keyFile! }),
  }
}
