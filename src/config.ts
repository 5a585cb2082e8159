/**
 * The only reader of the environment: judged once, frozen, refused loudly. Every fault is one line
 * that names the variable, what is wrong with it and what would be right.
 */
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type CrashOrder, type Crashpoint, crashpoints } from './crashpoints.ts'
import * as limits from './limits.ts'
import { isPhoneRegion } from './mapping/normalise/phone.ts'

export type ProcessRole = 'all' | 'api' | 'worker'

export interface AuthConfig {
  readonly secret?: string
  readonly jwksUrl?: string
  readonly issuer?: string
  readonly audience?: string
}

/** Of the broker's stream. */
export interface EventStreamConfig {
  readonly ageHours: number
  readonly bytesMax: number
  readonly replicas: number
  readonly duplicateWindowSeconds: number
}

export interface Config {
  readonly host: string
  readonly port: number
  readonly role: ProcessRole
  /** absent: PostgreSQL is embedded */
  readonly databaseUrl?: string
  /** absent: embedded when nats-server is on the PATH; 'off': none */
  readonly natsUrl?: string
  /** false: an operator migrates apart, and an older schema ends the start */
  readonly migratesOnStart: boolean
  readonly dataDir: string
  readonly scratchDir: string
  readonly auth: AuthConfig
  readonly logLevel: string
  readonly defaultRegion: string
  readonly uploadBytesMax: number
  readonly importsRunningPerProcess: number
  readonly importsRunningMax: number
  readonly importsRunningPerTenant: number
  readonly jobsRunningPerProcess: number
  readonly jobsRunningMax: number
  readonly jobsRunningPerTenant: number
  readonly leaseMs: number
  readonly batchRowsMax: number
  readonly eventRetentionHours: number
  readonly eventStream: EventStreamConfig
  /** for tests of crashes: where this process dies on purpose */
  readonly crashOrder?: CrashOrder
}

export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where the embedded default keeps the secret that signs tokens. */
export function localSecretPath(dataDir: string): string {
  return join(dataDir, 'auth-secret')
}

/** Reads the address of the database alone, for commands that need nothing else; throws `ConfigError`. */
export function loadDatabaseUrl(environment: Environment): string | undefined {
  const read = new EnvironmentReader(environment)
  const databaseUrl = readDatabaseUrl(read)
  read.finish()
  return databaseUrl
}

function readDatabaseUrl(read: EnvironmentReader): string | undefined {
  return read.url('DATABASE_URL', ['postgres:', 'postgresql:'])
}

/** Reads the configuration; throws `ConfigError` with every fault found. */
export function loadConfig(environment: Environment): Config {
  const read = new EnvironmentReader(environment)
  const dataDir = resolve(read.text('DATA_DIR') ?? '.data')
  const databaseUrl = readDatabaseUrl(read)
  const config: Config = {
    host: read.text('HOST') ?? '127.0.0.1',
    port: read.integer('PORT', 3000, 0, 65_535),
    role: read.choice('ROLE', ['all', 'api', 'worker'], 'all'),
    databaseUrl,
    natsUrl: readNatsUrl(read),
    migratesOnStart: read.choice('MIGRATE_ON_START', ['on', 'off'], 'on') === 'on',
    dataDir,
    scratchDir: resolve(read.text('SCRATCH_DIR') ?? tmpdir()),
    auth: readAuth(read, dataDir, databaseUrl === undefined),
    logLevel: read.choice('LOG_LEVEL', logLevels, 'info'),
    defaultRegion: read.accepted(
      'DEFAULT_REGION',
      isPhoneRegion,
      'PL',
      'the two capital letters of a country, as PL',
    ),
    uploadBytesMax: read.integer('UPLOAD_BYTES_MAX', limits.uploadBytesMax, 1024, 2 ** 40),
    importsRunningPerProcess: read.integer(
      'IMPORTS_RUNNING_PER_PROCESS',
      limits.importsRunningPerProcess,
      1,
      64,
    ),
    importsRunningMax: read.integer('IMPORTS_RUNNING_MAX', limits.importsRunningMax, 1, 1024),
    importsRunningPerTenant: read.integer(
      'IMPORTS_RUNNING_PER_TENANT',
      limits.importsRunningPerTenant,
      1,
      1024,
    ),
    jobsRunningPerProcess: read.integer(
      'JOBS_RUNNING_PER_PROCESS',
      limits.jobsRunningPerProcess,
      1,
      16,
    ),
    jobsRunningMax: read.integer('JOBS_RUNNING_MAX', limits.jobsRunningMax, 1, 1024),
    jobsRunningPerTenant: read.integer(
      'JOBS_RUNNING_PER_TENANT',
      limits.jobsRunningPerTenant,
      1,
      1024,
    ),
    leaseMs: read.integer('LEASE_MS', limits.leaseMs, 1_000, 600_000),
    batchRowsMax: read.integer('BATCH_ROWS_MAX', limits.batchRowsMax, 1, 100_000),
    eventRetentionHours: read.integer(
      'EVENT_RETENTION_HOURS',
      limits.eventRetentionHours,
      1,
      24 * 3650,
    ),
    eventStream: readEventStream(read),
    crashOrder: readCrashOrder(read),
  }
  read.finish()
  return Object.freeze(config)
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

function readNatsUrl(read: EnvironmentReader): string | undefined {
  return read.text('NATS_URL') === 'off'
    ? 'off'
    : read.url('NATS_URL', ['nats:', 'tls:', 'ws:', 'wss:'])
}

function readEventStream(read: EnvironmentReader): EventStreamConfig {
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

/** `CRASH_AT=point`, `point#2` for its second passing, `point@<import id>` for one import's alone. */
function readCrashOrder(read: EnvironmentReader): CrashOrder | undefined {
  const text = read.text('CRASH_AT')
  const victim = read.choice('CRASH_VICTIM', ['process', 'thread'], 'process')
  if (text === undefined) return undefined
  const [, point, passing = '1', importId] =
    /^([a-z-]+)(?:#([1-9]\d*))?(?:@([\da-f-]{36}))?$/.exec(text) ?? []
  if (!crashpoints.includes(point as Crashpoint)) {
    read.fault(`CRASH_AT is "${text}": use one of ${crashpoints.join(', ')}, or leave it unset`)
    return undefined
  }
  return Object.freeze({ point: point as Crashpoint, passing: Number(passing), importId, victim })
}

function readAuth(read: EnvironmentReader, dataDir: string, embedded: boolean): AuthConfig {
  const secret = read.text('AUTH_SECRET') ?? (embedded ? readLocalSecret(read, dataDir) : undefined)
  const jwksUrl = read.url('AUTH_JWKS_URL', ['https:', 'http:'])
  if (read.text('AUTH_SECRET') !== undefined && jwksUrl !== undefined) {
    read.fault('AUTH_SECRET and AUTH_JWKS_URL are both set: keep one of them')
  }
  if (secret !== undefined && Buffer.byteLength(secret) < limits.secretBytesMin) {
    read.fault(
      `AUTH_SECRET is shorter than ${limits.secretBytesMin} bytes: use a longer random text`,
    )
  }
  if (!embedded && secret === undefined && jwksUrl === undefined) {
    read.fault('AUTH_SECRET or AUTH_JWKS_URL must be set when DATABASE_URL is set')
  }
  return Object.freeze({
    secret: jwksUrl === undefined ? secret : undefined,
    jwksUrl,
    issuer: read.text('AUTH_ISSUER'),
    audience: read.text('AUTH_AUDIENCE'),
  })
}

function readLocalSecret(read: EnvironmentReader, dataDir: string): string | undefined {
  const path = localSecretPath(dataDir)
  if (!existsSync(path)) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    read.fault(
      `DATA_DIR holds ${path}, which cannot be read (${code}): run as the user it belongs to, or use another folder`,
    )
    return undefined
  }
}

class EnvironmentReader {
  readonly #environment: Environment
  readonly #faults: string[] = []

  constructor(environment: Environment) {
    this.#environment = environment
  }

  fault(message: string): void {
    this.#faults.push(message)
  }

  finish(): void {
    if (this.#faults.length > 0) throw new ConfigError(this.#faults)
  }

  /** An empty variable counts as unset. */
  text(name: string): string | undefined {
    return this.#environment[name]?.trim() || undefined
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name)
    if (text === undefined) return fallback
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    this.fault(`${name} is "${text}": use a whole number from ${min} to ${max}`)
    return fallback
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name)
    if (text === undefined) return fallback
    const found = choices.find(choice => choice === text)
    if (found !== undefined) return found
    this.fault(`${name} is "${text}": use one of ${choices.join(', ')}`)
    return fallback
  }

  accepted(
    name: string,
    isRight: (text: string) => boolean,
    fallback: string,
    expected: string,
  ): string {
    const text = this.text(name)
    if (text === undefined) return fallback
    if (isRight(text)) return text
    this.fault(`${name} is "${text}": use ${expected}`)
    return fallback
  }

  /** The value itself is not repeated in a fault: it may carry a password. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
    this.fault(`${name} is not a URL that starts with ${protocols.map(p => `${p}//`).join(' or ')}`)
    return undefined
  }
}
