/**
 * Reads the address of the database as libpq does (PostgreSQL documentation, "Connection Strings"): several
 * hosts in their order, folders of sockets, `sslmode`. It opens no connection, and its error messages must not quote
 * credentials.
 */
import { userInfo } from 'node:os'
import { getCACertificates } from 'node:tls'
import type { ClientConfig } from 'pg'
import { parse, toClientConfig } from 'pg-connection-string'

/** One way to a server: a host, with TLS or without. */
export type Attempt = Pick<
  ClientConfig,
  'user' | 'password' | 'database' | 'host' | 'port' | 'options' | 'ssl'
>

export interface DatabaseAddress {
  readonly database: string
  /** for each host, in the order given, its ways in the order in which they are tried */
  readonly hosts: readonly (readonly Attempt[])[]
  /** whether a host counts only when it takes writes (`target_session_attrs`) */
  readonly wantsPrimary: boolean
  /** `host:port` of each, for messages */
  readonly shown: string
}

/** A fault of DATABASE_URL that the operator can correct. The message goes on a sentence that begins with the variable's name. */
export class DatabaseUrlError extends Error {
  constructor(fault: string) {
    super(fault)
    this.name = 'DatabaseUrlError'
  }
}

const shape = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/

const defaultHost = 'localhost'
const defaultPort = '5432'

/** Reads a `postgres://` URL, and the certificate files that it names. Throws `DatabaseUrlError`. */
export function readDatabaseUrl(url: string): DatabaseAddress {
  const [, userInfoPart = '', authority = '', path = '', query = ''] = shape.exec(url) ?? []
  if (!shape.test(url)) {
    throw new DatabaseUrlError('is not a URL that starts with postgres:// or postgresql://')
  }
  const parameters = readParameters(query)
  if (path.includes('@')) throw new DatabaseUrlError(unencoded)
  const places = readPlaces(authority, parameters)
  const base = readBase(userInfoPart, path, parameters)
  return {
    database: base.database!,
    hosts: places.map(place => attemptsAt(place, base, parameters)),
    wantsPrimary: wantsPrimary(parameters, places.length),
    shown: places.map(showPlace).join(', '),
  }
}

/** Parameters that the service understands as libpq does. */
const known = new Set([
  ...['host', 'port', 'user', 'password', 'dbname', 'options', 'target_session_attrs'],
  ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslnegotiation'],
])

/**
 * Parameters that the service ignores: it sets these itself, and `uselibpqcompat` asks another driver for what this one
 * does anyway.
 */
const ownMatter = new Set([
  ...['application_name', 'fallback_application_name', 'connect_timeout', 'client_encoding'],
  ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count'],
  ...['tcp_user_timeout', 'uselibpqcompat'],
])

type Parameters = Readonly<Record<string, string>>

/** The rest of a password stands where a path or a parameter would: it must not be quoted. */
const unencoded =
  'holds a sign of the password that ends it in a URL: write / as %2F, ? as %3F, # as %23 and @ as %40'

function readParameters(query: string): Parameters {
  const found: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === 'ssl' && value === 'true') found.sslmode = 'require'
    else if (known.has(name)) found[name] = value
    else if (!/^[a-z_]+$/i.test(name)) throw new DatabaseUrlError(unencoded)
    else if (!ownMatter.has(name)) {
      throw new DatabaseUrlError(`has the parameter "${name}", which means nothing here: remove it`)
    }
  }
  return found
}

interface Place {
  readonly host: string
  readonly port: string
}

function readPlaces(authority: string, { host, port }: Parameters): readonly Place[] {
  const places = authority.split(',').map(readPlace)
  const hosts = host === undefined ? places.map(place => place.host) : host.split(',')
  const ports = port === undefined ? portsOf(places, hosts.length) : port.split(',')
  if (ports.length !== 1 && ports.length !== hosts.length) {
    throw new DatabaseUrlError(`names ${hosts.length} hosts and ${ports.length} ports`)
  }
  return hosts.map((name, index) => {
    const chosen = (ports.length === 1 ? ports[0] : ports[index]) || defaultPort
    if (!/^\d{1,5}$/.test(chosen) || Number(chosen) > 65_535 || Number(chosen) === 0) {
      throw new DatabaseUrlError('names a port that is none: use a number from 1 to 65535')
    }
    return { host: name || defaultHost, port: chosen }
  })
}

/** The ports beside the hosts of the URL. When the parameter `host` names another number of hosts, the first port serves all. */
function portsOf(places: readonly Place[], hosts: number): readonly string[] {
  const ports = places.map(({ port }) => port)
  return ports.length === hosts ? ports : [ports[0]!]
}

/** `host`, `host:port`, `[::1]:port` or a percent-encoded folder of sockets. */
function readPlace(text: string): Place {
  const [, bracketed, plain, port = ''] =
    /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined) {
    throw new DatabaseUrlError('names a host that is none: put an IPv6 address into brackets')
  }
  return { host: decode(host), port }
}

function readBase(userInfoPart: string, path: string, parameters: Parameters): Attempt {
  const colon = userInfoPart.indexOf(':')
  const [name, word] =
    colon === -1
      ? [userInfoPart, '']
      : [userInfoPart.slice(0, colon), userInfoPart.slice(colon + 1)]
  // As in libpq: without a user, the name of the system's user; without a database, the name of the user.
  const user = parameters.user || decode(name) || userInfo().username
  const password = parameters.password || decode(word) || undefined
  return {
    user,
    ...(password !== undefined && { password }),
    database: parameters.dbname || decode(path) || user,
    ...(parameters.options !== undefined && { options: parameters.options }),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new DatabaseUrlError('holds a % that encodes nothing: write it as %25')
  }
}

/** How TLS is tried at a host, by `sslmode`; libpq's own default is `prefer`. */
const tlsModes: Readonly<Record<string, readonly string[]>> = {
  disable: ['disable'],
  allow: ['disable', 'prefer'],
  prefer: ['prefer', 'disable'],
  require: ['require'],
  'verify-ca': ['verify-ca'],
  'verify-full': ['verify-full'],
}

function attemptsAt(place: Place, base: Attempt, parameters: Parameters): readonly Attempt[] {
  const { sslmode = 'prefer', sslnegotiation, sslrootcert } = parameters
  const modes = tlsModes[sslmode]
  if (modes === undefined) {
    throw new DatabaseUrlError(`has an unknown sslmode: use ${Object.keys(tlsModes).join(', ')}`)
  }
  if (sslnegotiation === 'direct' && modes.includes('disable')) {
    throw new DatabaseUrlError('has sslnegotiation=direct, which needs sslmode=require or stronger')
  }
  if (sslrootcert === 'system' && sslmode !== 'verify-full') {
    throw new DatabaseUrlError('has sslrootcert=system, which needs sslmode=verify-full')
  }
  const where = { ...base, host: place.host, port: Number(place.port) }
  // A connection through a socket of this machine needs no TLS, and libpq uses none.
  if (place.host.startsWith('/')) return [{ ...where, ssl: false }]
  return modes.map(mode => ({ ...where, ...tlsConfig(mode, parameters) }))
}

/** The driver's own library translates a mode, because it knows what libpq means by each. */
function tlsConfig(mode: string, parameters: Parameters): Pick<ClientConfig, 'ssl'> {
  const { sslrootcert, sslcert, sslkey, sslpassword, sslnegotiation } = parameters
  const isSystem = sslrootcert === 'system'
  const asked = Object.entries({
    sslmode: mode,
    ...(sslrootcert !== undefined && !isSystem && { sslrootcert }),
    ...(sslcert !== undefined && { sslcert }),
    ...(sslkey !== undefined && { sslkey }),
    ...(sslnegotiation !== undefined && { sslnegotiation }),
  })
  const { ssl, sslnegotiation: negotiation } = parseTls(new URLSearchParams(asked).toString())
  if (typeof ssl !== 'object') return { ssl: false }
  return {
    ssl: {
      ...ssl,
      ...(isSystem && { ca: getCACertificates('system') }),
      ...(sslpassword !== undefined && { passphrase: sslpassword }),
    },
    ...(negotiation !== undefined && { sslnegotiation: negotiation }),
  }
}

function parseTls(query: string) {
  try {
    return toClientConfig(parse(`postgres:///?${query}`, { useLibpqCompat: true }))
  } catch (fault) {
    const { code, path } = fault as NodeJS.ErrnoException
    if (path !== undefined) {
      throw new DatabaseUrlError(`names ${path}, which cannot be read (${code})`)
    }
    throw new DatabaseUrlError('has sslmode=verify-ca without sslrootcert: name the certificate')
  }
}

/**
 * Among several hosts the service needs the one that takes writes. It connects to a single host in any case:
 * `refuseUnfitDatabase` then refuses a standby with a message of its own.
 */
function wantsPrimary(parameters: Parameters, hosts: number): boolean {
  const { target_session_attrs: wanted } = parameters
  if (wanted !== undefined && !['any', 'read-write', 'primary'].includes(wanted)) {
    throw new DatabaseUrlError(
      `has target_session_attrs=${wanted}: the service writes, so use read-write or leave it out`,
    )
  }
  return hosts > 1
}

function showPlace({ host, port }: Place): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
