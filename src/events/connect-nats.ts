/**
 * Opens connections to NATS: to one server or to several of a cluster. The service authenticates with a password, a token,
 * a credentials file, an nkey or a client certificate, and never writes passwords or keys to the log.
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
 * `natsUrl` is one URL of `nats:`, `tls:`, `ws:` or `wss:`, or several of a cluster, joined by commas. The first one with
 * `user:password@` or `token@` gives the credentials for all. Rejects when no server answers now. Once connected, the
 * client reconnects by itself without end, to any server that answers.
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

/** The client calls it for each connection, so it reads the file again and a renewed file takes effect. */
function authenticatorOf({ credsFile, nkeyFile }: BrokerIdentity): Authenticator | undefined {
  if (credsFile !== undefined) return credsAuthenticator(() => readFileSync(credsFile))
  if (nkeyFile === undefined) return undefined
  return nkeyAuthenticator(() => Buffer.from(readFileSync(nkeyFile, 'utf8').trim()))
}

/** The TLS options; when present, even empty, the client insists on TLS. */
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
