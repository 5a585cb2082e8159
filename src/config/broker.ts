/** The broker of events, as an operator names it. Connections are opened by `events/connect-nats.ts`. */

import * as limits from '../limits.ts'
import type { EnvironmentReader } from './environment.ts'

/** Of the broker's stream. */
export interface EventStreamConfig {
  readonly ageHours: number
  readonly bytesMax: number
  readonly replicas: number
  readonly duplicateWindowSeconds: number
}

/** Paths of files by which the service identifies itself. Each connection reads them anew, so they may be renewed. */
export interface BrokerIdentity {
  /** a user's JWT and seed, as `nsc` writes them */
  readonly credsFile?: string
  /** the seed of an nkey */
  readonly nkeyFile?: string
  readonly caFile?: string
  readonly certFile?: string
  readonly keyFile?: string
}

const tcpProtocols = ['nats:', 'tls:']
const webProtocols = ['ws:', 'wss:']

/** `off`, or addresses of servers of one cluster, joined by commas; undefined when none is configured. */
export function readNatsUrl(read: EnvironmentReader): string | undefined {
  const text = read.secret('NATS_URL')
  if (text === undefined || text === 'off') return text
  const urls = splitServers(text)
  const protocols = urls.map(url => (URL.canParse(url) ? new URL(url).protocol : ''))
  const isOneKind = [tcpProtocols, webProtocols].some(kind =>
    protocols.every(protocol => kind.includes(protocol)),
  )
  if (isOneKind) return urls.join(',')
  read.fault(
    protocols.every(protocol => [...tcpProtocols, ...webProtocols].includes(protocol))
      ? 'NATS_URL mixes addresses of nats:// or tls:// with those of ws:// or wss://: use one kind'
      : 'NATS_URL is not a URL that starts with nats:// or tls:// or ws:// or wss://, or a list of such',
  )
  return undefined
}

/** The addresses of a list; one without a scheme has that of the one before. */
export function splitServers(text: string): string[] {
  let scheme = ''
  return text.split(',').map(part => {
    const address = part.trim()
    const [, given] = /^([a-z]+:\/\/)/.exec(address) ?? []
    scheme = given ?? scheme
    return given === undefined ? scheme + address : address
  })
}

export function readBrokerIdentity(
  read: EnvironmentReader,
  natsUrl: string | undefined,
): BrokerIdentity {
  const identity: BrokerIdentity = {
    credsFile: read.file('NATS_CREDS_FILE'),
    nkeyFile: read.file('NATS_NKEY_FILE'),
    caFile: read.file('NATS_CA_FILE'),
    certFile: read.file('NATS_CERT_FILE'),
    keyFile: read.file('NATS_KEY_FILE'),
  }
  const { credsFile, nkeyFile, certFile, keyFile } = identity
  if (natsUrl === undefined && Object.values(identity).some(path => path !== undefined)) {
    read.fault('NATS_CREDS_FILE and the like are set without NATS_URL: set it, too')
  }
  if (credsFile !== undefined && nkeyFile !== undefined) {
    read.fault('NATS_CREDS_FILE and NATS_NKEY_FILE are both set: keep one of them')
  }
  if ((certFile === undefined) !== (keyFile === undefined)) {
    read.fault('NATS_CERT_FILE and NATS_KEY_FILE belong together: set both')
  }
  return Object.freeze(identity)
}

export function readEventStream(read: EnvironmentReader): EventStreamConfig {
  const ageHours = read.integer('EVENT_STREAM_AGE_HOURS', limits.eventStreamAgeHours, 1, 24 * 3650)
  return Object.freeze({
    ageHours,
    bytesMax: read.integer(
      'EVENT_STREAM_BYTES_MAX',
      limits.eventStreamBytesMax,
      1024 ** 2,
      2 ** 50,
    ),
    replicas: read.integer('EVENT_STREAM_REPLICAS', limits.eventStreamReplicas, 1, 5),
    // JetStream takes no window longer than the stream's age.
    duplicateWindowSeconds: read.integer(
      'EVENT_DUPLICATE_WINDOW_SECONDS',
      limits.eventDuplicateWindowSeconds,
      1,
      ageHours * 3600,
    ),
  })
}
