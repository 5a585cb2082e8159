/**
 * Owns the nats-server that `npm start` brings up when one is on the PATH and no NATS_URL is set: JetStream
 * on files in one folder, one user with a random password. Knows nothing of streams.
 */
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processEnvironment } from '../config.ts'
import { EmbeddedError, rethrowFolderFault } from './embedded-error.ts'
import { lockFolder } from './folder-lock.ts'
import { choosePort } from './free-port.ts'
import { keepSecrets } from './secrets.ts'
import { type ServerProcess, spawnServer, stopLeftover } from './server-process.ts'

const stopSignal = 'SIGTERM'
const userName = 'contact-import'

/** Opening a JetStream store that was not closed replays its files first. */
const readyMsMax = 120_000
const bindAttemptsMax = 5

export type NatsOptions = {
  /** A folder of its own, made when absent: password, configuration, log and the streams. */
  storeDir: string
  /** Left out: that of the last start, where it is free, for clients that come back to it. */
  port?: number
  /** Further lines of nats-server configuration, such as `max_payload: 64KB`. */
  configuration?: string
  /** The program; left out, the first on the PATH. */
  command?: string
  /** Called with each line that an operator may want to read. */
  log?: (line: string) => void
}

export type EmbeddedNats = Pick<ServerProcess, 'pid' | 'exited' | 'waitForExit' | 'kill'> & {
  /** `nats://user:password@127.0.0.1:port`. */
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** Debian installs it where the PATH of an ordinary user does not lead. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin']

/** The first `nats-server` on the PATH, or where systems put such programs, that may be executed. */
export function findNatsServer(path = processEnvironment().PATH ?? ''): string | undefined {
  const folders = [...path.split(delimiter).filter(folder => folder !== ''), ...systemFolders]
  return folders.map(folder => join(folder, 'nats-server')).find(isExecutable)
}

/**
 * Starts nats-server on 127.0.0.1; one that an outright killed service left running is stopped first. Throws
 * EmbeddedError `broker-missing`, `folder-unwritable`, `folder-in-use`, `port-taken` or `start-failed`.
 */
export async function startNats(options: NatsOptions): Promise<EmbeddedNats> {
  const command = options.command ?? findNatsServer()
  if (command === undefined) throw new EmbeddedError('broker-missing')
  const release = lockFolder(options.storeDir)
  try {
    const folder = realpathSync(options.storeDir)
    const configPath = configurationPath(folder)
    const leftover = await stopLeftover(join(folder, 'nats.pid'), configPath, stopSignal)
    if (leftover)
      options.log?.(`Stopped nats-server ${leftover}, left by a service that was killed`)
    const { password } = keepSecrets(join(folder, 'secrets.json'), ['password'])
    const { server, port } = await serve(command, folder, { ...options, password })
    void server.exited.then(release)
    const url = `nats://${userName}:${password}@127.0.0.1:${port}`
    return { ...server, url, port, stop: () => server.stop().then(release) }
  } catch (fault) {
    release()
    throw fault
  }
}

/** Runs the server until it greets clients, again where another program was faster to the port. */
async function serve(
  command: string,
  folder: string,
  options: NatsOptions & { password: string },
): Promise<{ server: ServerProcess; port: number }> {
  const logPath = join(folder, 'nats.log')
  const lastPort = await findLastPort(folder)
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(options.port ?? (attempt === 1 ? lastPort : undefined))
    const configPath = writeConfiguration(folder, port, options)
    const server = await spawnServer({ command, args: ['-c', configPath], logPath, stopSignal })
    if (await becomesReady(server, port)) return { server, port }
    await server.stop()
    const log = server.readLog().trim()
    const isPortLost = /address already in use/.test(log) && attempt < bindAttemptsMax
    if (isPortLost) continue
    const reason = /\[FTL\] (.*)/.exec(log)?.[1] ?? log.split('\n').at(-1) ?? 'no reason given'
    throw new EmbeddedError('start-failed', { server: 'nats-server', reason, log: logPath })
  }
}

/** The port of the last start, unless another program has it now. */
async function findLastPort(folder: string): Promise<number | undefined> {
  const path = configurationPath(folder)
  const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const port = /^listen: "127\.0\.0\.1:(\d+)"$/m.exec(written)?.[1]
  return port === undefined ? undefined : choosePort(Number(port)).catch(() => undefined)
}

const configurationPath = (folder: string) => join(folder, 'nats.conf')

function writeConfiguration(
  folder: string,
  port: number,
  { password, configuration = '' }: { password: string; configuration?: string },
): string {
  const path = configurationPath(folder)
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `pid_file: ${JSON.stringify(join(folder, 'nats.pid'))}`,
    `jetstream { store_dir: ${JSON.stringify(join(folder, 'store'))} }`,
    `authorization { user: "${userName}", password: "${password}" }`,
    configuration,
  ]
  try {
    // a file that exists keeps its mode: the password needs a new one
    rmSync(path, { force: true })
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 })
  } catch (fault) {
    rethrowFolderFault(folder, fault)
  }
  return path
}

async function becomesReady(server: ServerProcess, port: number): Promise<boolean> {
  const deadline = performance.now() + readyMsMax
  while (!server.hasExited() && performance.now() < deadline) {
    if (await greets(port)) return !server.hasExited()
    await sleep(20)
  }
  return false
}

/** A nats-server greets each client with `INFO`. It opens its port only when JetStream has recovered. */
function greets(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
    const answer = (isGreeting: boolean) => {
      socket.destroy()
      resolve(isGreeting)
    }
    socket.once('data', data => answer(data.toString('latin1').startsWith('INFO')))
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => answer(false))
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
