/**
 * Owns the PostgreSQL that `npm start` brings up when no DATABASE_URL is set: one data folder in, one
 * running server and its connection string out. Knows nothing of the schema.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedError } from './embedded-error.ts'
import { lockFolder } from './folder-lock.ts'
import { choosePort } from './free-port.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import {
  assertVersion,
  choosePlace,
  clusterPlaces,
  createCluster,
  setAside,
} from './postgres-cluster.ts'
import { databaseName, prepareRole, roleName } from './postgres-roles.ts'
import { keepSecrets } from './secrets.ts'
import { type ServerProcess, spawnServer, stopLeftover } from './server-process.ts'
import { chooseServerUser, type ServerUser } from './server-user.ts'

/** `immediate shutdown` loses nothing but costs a recovery, `fast` (SIGINT) is the orderly one. */
const stopSignal = 'SIGINT'

/** Recovery after a crash replays at most `max_wal_size`; slow disks take minutes for it. */
const readyMsMax = 300_000
const bindAttemptsMax = 5
const sharedMemoryMsMax = 10_000

const defaultSettings: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // A statement that fails, and the row it failed on, hold values of contacts.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

export type PostgresOptions = {
  /** A folder of its own, made when absent: passwords, log and, where its user can reach it, the data. */
  dataDir: string
  /** Left out: a free one, another at each start. */
  port?: number
  /** PostgreSQL settings over the defaults, such as `{shared_buffers: '1GB'}`. */
  settings?: Readonly<Record<string, string>>
  /** Other programs than those of the npm package; they run with their own default settings. */
  programs?: PostgresBinaries
  /** Called with each line that an operator may want to read. */
  log?: (line: string) => void
  /** Where programs and data go, as root only, when PostgreSQL's user cannot enter their folders. */
  reachableFolder?: string
}

export type EmbeddedPostgres = Pick<ServerProcess, 'pid' | 'exited' | 'waitForExit' | 'kill'> & {
  /** Database and role `contact_import`; the role owns the database, is no superuser and bound by RLS. */
  readonly url: string
  /** The superuser `postgres`, for tests and operators; the service itself never uses it. */
  readonly adminUrl: string
  readonly port: number
  stop(): Promise<void>
}

type Cluster = {
  folder: string
  postgres: string
  user: ServerUser | undefined
  logPath: string
  secrets: Record<'admin' | 'role', string>
}

/**
 * Starts PostgreSQL on 127.0.0.1, making or recovering its data first; a server that an outright killed
 * service left running is stopped. Throws EmbeddedError with any of its codes.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const release = lockFolder(options.dataDir)
  try {
    const cluster = await openCluster(options)
    const { server, port } = await serve(cluster, options)
    void server.exited.then(release)
    const urlOf = (role: string, password: string, database: string) =>
      `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
    const adminUrl = urlOf('postgres', cluster.secrets.admin, 'postgres')
    await prepareRole(adminUrl, cluster.secrets.role).catch(async fault => {
      await server.stop()
      throw startFailed(fault.message, cluster.logPath, fault)
    })
    const url = urlOf(roleName, cluster.secrets.role, databaseName)
    return { ...server, url, adminUrl, port, stop: () => server.stop().then(release) }
  } catch (fault) {
    release()
    throw fault
  }
}

/** Finds or makes the data folder of the cluster, with no server running in it. */
async function openCluster(options: PostgresOptions): Promise<Cluster> {
  const { log = () => {}, reachableFolder = '/var/lib/contact-import' } = options
  const dataDir = realpathSync(options.dataDir)
  const secretsPath = join(dataDir, 'secrets.json')
  const logPath = join(dataDir, 'postgres.log')
  const places = clusterPlaces(dataDir, reachableFolder)
  const user = chooseServerUser(places)
  const binaries = options.programs ?? findPostgresBinaries(user, reachableFolder)
  const folder = choosePlace(places, user)
  const leftover = await stopLeftover(join(folder, 'postmaster.pid'), folder, stopSignal)
  if (leftover !== undefined)
    log(`Stopped PostgreSQL ${leftover}, left by a service that was killed`)
  if (existsSync(folder) && !existsSync(secretsPath)) {
    log(`Passwords of the database in ${folder} are gone; set it aside as ${setAside(folder)}`)
  }
  const secrets = keepSecrets(secretsPath, ['admin', 'role'])
  if (existsSync(folder)) {
    assertVersion(folder, binaries)
  } else {
    log(`Making the database in ${folder}`)
    const isDurable = options.settings?.fsync !== 'off'
    createCluster(folder, binaries, { user, adminPassword: secrets.admin, logPath, isDurable })
  }
  return { folder, postgres: binaries.postgres, user, logPath, secrets }
}

/** Runs the server until it accepts connections, again where another program was faster to the port. */
async function serve(
  cluster: Cluster,
  options: PostgresOptions,
): Promise<{ server: ServerProcess; port: number }> {
  const deadline = performance.now() + sharedMemoryMsMax
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(options.port)
    const server = await spawnPostgres(cluster, port, options)
    if (await becomesReady(server, cluster.folder)) return { server, port }
    await server.stop()
    const reason = /FATAL: {2}(.*)/.exec(server.readLog())?.[1] ?? 'no reason given'
    // backends of a server killed outright need a moment to notice and let go of its memory
    const isMemoryHeld = /shared memory block/.test(reason) && performance.now() < deadline
    const isPortLost = /could not create any TCP/.test(reason) && attempt < bindAttemptsMax
    if (!isMemoryHeld && !isPortLost) throw startFailed(reason, cluster.logPath)
    await sleep(200)
  }
}

function spawnPostgres(
  cluster: Cluster,
  port: number,
  { programs, settings }: PostgresOptions,
): Promise<ServerProcess> {
  const all = {
    ...(programs === undefined && defaultSettings),
    ...settings,
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    lc_messages: 'C',
  }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawnServer({
    command: cluster.postgres,
    args: ['-D', cluster.folder, ...args],
    logPath: cluster.logPath,
    stopSignal,
    user: cluster.user,
  })
}

/** PostgreSQL writes its state into line 8 of postmaster.pid, which is what pg_ctl waits for, too. */
async function becomesReady(server: ServerProcess, folder: string): Promise<boolean> {
  const deadline = performance.now() + readyMsMax
  while (!server.hasExited() && performance.now() < deadline) {
    const lines = readLines(join(folder, 'postmaster.pid'))
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true
    await sleep(20)
  }
  return false
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

function startFailed(reason: string, log: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError('start-failed', { server: 'PostgreSQL', reason, log }, cause)
}
