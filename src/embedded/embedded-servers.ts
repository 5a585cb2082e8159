/** Brings up what the configuration leaves out: PostgreSQL, a broker where there is one, a token secret. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, localSecretPath } from '../config.ts'
import { EmbeddedError, rethrowFolderFault } from './embedded-error.ts'
import { keepLocalSecret } from './local-secret.ts'
import { findNatsServer, startNats } from './nats.ts'
import { startPostgres } from './postgres.ts'
import { announceServers, type RunningServers } from './running-servers.ts'

/** The database and the broker that the service runs on: configured, or started here. */
export interface Servers {
  readonly databaseUrl: string
  /** absent: events wait in the outbox */
  readonly natsUrl?: string
  /** the configuration with the secret in force */
  readonly config: Config
  /** Stops what was started here, the broker first. */
  stop(): Promise<void>
}

/** Starts nothing that the configuration names. Throws `EmbeddedError`. */
export async function provideServers(
  config: Config,
  log: (line: string) => void,
): Promise<Servers> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const databaseUrl = config.databaseUrl ?? (await embedPostgres(config, log, stops))
    const natsUrl = await provideNats(config, log, stops)
    if (stops.length > 0) stops.push(announce(config, { databaseUrl, natsUrl }))
    return { databaseUrl, natsUrl, config: withSecret(config), stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}

type Stops = (() => Promise<void>)[]

async function embedPostgres(config: Config, log: (line: string) => void, stops: Stops) {
  const dataDir = join(config.dataDir, 'postgres')
  makeFolder(config.dataDir)
  makeFolder(dataDir)
  const postgres = await startPostgres({ dataDir, log })
  stops.push(() => postgres.stop())
  return postgres.url
}

async function provideNats(config: Config, log: (line: string) => void, stops: Stops) {
  if (config.natsUrl === 'off') return undefined
  if (config.natsUrl !== undefined) return config.natsUrl
  if (findNatsServer() === undefined) {
    log(`${new EmbeddedError('broker-missing').message} Until then events wait in the outbox.`)
    return undefined
  }
  const storeDir = join(config.dataDir, 'nats')
  makeFolder(config.dataDir)
  makeFolder(storeDir)
  const nats = await startNats({ storeDir, log })
  stops.push(() => nats.stop())
  return nats.url
}

/** Tells of the servers that were started here. Other commands find configured ones in the same configuration. */
function announce(config: Config, { databaseUrl, natsUrl }: RunningServers) {
  const withdraw = announceServers(config.dataDir, {
    databaseUrl: config.databaseUrl === undefined ? databaseUrl : undefined,
    natsUrl: config.natsUrl === undefined ? natsUrl : undefined,
  })
  return async () => withdraw()
}

function withSecret(config: Config): Config {
  if (config.auth.secret !== undefined || config.auth.jwksUrl !== undefined) return config
  const secret = keepLocalSecret(localSecretPath(config.dataDir))
  return Object.freeze({ ...config, auth: Object.freeze({ ...config.auth, secret }) })
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (fault) {
    rethrowFolderFault(folder, fault)
  }
}
