/**
 * The configuration of a process, read from environment variables once, at the start, and frozen. A wrong value ends the
 * start: each fault is one line that names the variable, what is wrong with it and what would be right. Its files stand in
 * `config/`; every other folder imports this one.
 */
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { type AuthConfig, readAuth } from './config/auth.ts'
import {
  type BrokerIdentity,
  type EventStreamConfig,
  readBrokerIdentity,
  readEventStream,
  readNatsUrl,
} from './config/broker.ts'
import { type Environment, EnvironmentReader } from './config/environment.ts'
import { type CrashOrder, type Crashpoint, crashpoints } from './crashpoints.ts'
import * as limits from './limits.ts'
import { isPhoneRegion } from './mapping/normalise/phone.ts'
import { DatabaseUrlError, readDatabaseUrl } from './storage/postgres/database-url.ts'

export { type AuthConfig, localSecretPath } from './config/auth.ts'
export type { BrokerIdentity, EventStreamConfig } from './config/broker.ts'
export { ConfigError } from './config/environment.ts'
export { processEnvironment } from './config/process-environment.ts'

export type ProcessRole = 'all' | 'api' | 'worker'

export interface Config {
  readonly host: string
  readonly port: number
  readonly role: ProcessRole
  /** absent: PostgreSQL is embedded */
  readonly databaseUrl?: string
  /** absent: embedded when nats-server is on the PATH; 'off': none */
  readonly natsUrl?: string
  readonly brokerIdentity: BrokerIdentity
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
  readonly importStallMs: number
  readonly batchRowsMax: number
  readonly eventRetentionHours: number
  readonly eventStream: EventStreamConfig
  /** how long the process goes on serving after it was told to end, and is no longer ready */
  readonly shutdownDelayMs: number
  /** for tests of crashes: where this process dies on purpose */
  readonly crashOrder?: CrashOrder
  /** lines about variables that are set and mean nothing */
  readonly warnings: readonly string[]
}

/** Reads the address of the database alone, for commands that need nothing else; throws `ConfigError`. */
export function loadDatabaseUrl(environment: Environment): string | undefined {
  const read = new EnvironmentReader(environment)
  const databaseUrl = readDatabaseVariable(read)
  read.finish()
  return databaseUrl
}

/** Judged here, so that what is wrong with it is told beside all other faults. */
function readDatabaseVariable(read: EnvironmentReader): string | undefined {
  const url = read.secret('DATABASE_URL')
  if (url === undefined) return undefined
  try {
    readDatabaseUrl(url)
    return url
  } catch (fault) {
    if (!(fault instanceof DatabaseUrlError)) throw fault
    read.fault(`DATABASE_URL ${fault.message}`)
    return undefined
  }
}

/** Reads the configuration; throws `ConfigError` with every fault found. */
export function loadConfig(environment: Environment): Config {
  const read = new EnvironmentReader(environment)
  const dataDir = resolve(read.text('DATA_DIR') ?? '.data')
  const databaseUrl = readDatabaseVariable(read)
  const natsUrl = readNatsUrl(read)
  const config: Omit<Config, 'warnings'> = {
    host: read.text('HOST') ?? '127.0.0.1',
    port: read.integer('PORT', 3000, 0, 65_535),
    role: read.choice('ROLE', ['all', 'api', 'worker'], 'all'),
    databaseUrl,
    natsUrl,
    brokerIdentity: readBrokerIdentity(read, natsUrl),
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
    ...readRunLimits(read),
    shutdownDelayMs: read.integer('SHUTDOWN_DELAY_MS', 0, 0, limits.shutdownDelayMsMax),
    eventStream: readEventStream(read),
    crashOrder: readCrashOrder(read),
  }
  read.finish()
  return Object.freeze({ ...config, warnings: read.warnings() })
}

function readRunLimits(read: EnvironmentReader) {
  return {
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
    importStallMs: read.integer(
      'IMPORT_STALL_MS',
      limits.importStallMs,
      limits.importStallMsMin,
      24 * 3_600_000,
    ),
    batchRowsMax: read.integer('BATCH_ROWS_MAX', limits.batchRowsMax, 1, 100_000),
    eventRetentionHours: read.integer(
      'EVENT_RETENTION_HOURS',
      limits.eventRetentionHours,
      1,
      24 * 3650,
    ),
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** `CRASH_AT=point`, `point#2` for its second passing, `point@<import id>` for one import's alone. */
function readCrashOrder(read: EnvironmentReader): CrashOrder | undefined {
  const text = read.text('CRASH_AT')
  const victim = read.choice('CRASH_VICTIM', ['process', 'thread', 'none'], 'process')
  if (text === undefined) return undefined
  const [, point, passing = '1', importId] =
    /^([a-z-]+)(?:#([1-9]\d*))?(?:@([\da-f-]{36}))?$/.exec(text) ?? []
  if (!crashpoints.includes(point as Crashpoint)) {
    read.fault(`CRASH_AT is "${text}": use one of ${crashpoints.join(', ')}, or leave it unset`)
    return undefined
  }
  return Object.freeze({ point: point as Crashpoint, passing: Number(passing), importId, victim })
}
