/**
 * Owns the life of a server child: started in a session of its own (a Ctrl-C in the terminal reaches the
 * service first, not its database), output to a file (a service killed outright leaves no broken pipe),
 * stopped with the service. Knows nothing of PostgreSQL or NATS.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { processEnvironment } from '../config.ts'
import { commandLineOf } from './process-table.ts'

const logBytesMax = 16 * 1024 * 1024
const stopMsMax = 30_000

export type ServerProcess = {
  readonly pid: number
  /** Settles when the child is gone, however it went; never rejects, keeps no process alive. */
  readonly exited: Promise<void>
  /** The same, and keeps this process alive, for callers with nothing else to wait for. */
  waitForExit(): Promise<void>
  hasExited(): boolean
  kill(signal: NodeJS.Signals): void
  /** Asks the child to stop; kills it when it has not after 30 s. */
  stop(): Promise<void>
  /** The output of the child since it was started. */
  readLog(): string
}

export type ServerCommand = {
  command: string
  args: readonly string[]
  logPath: string
  stopSignal: NodeJS.Signals
  /** Undefined: the user of this process. */
  user?: { uid: number; gid: number } | undefined
}

const living = new Map<ServerProcess, NodeJS.Signals>()

/** Starts the child; rejects when the command cannot be executed at all. */
export async function spawnServer(options: ServerCommand): Promise<ServerProcess> {
  const { command, args, logPath, stopSignal, user } = options
  const log = openSync(logPath, 'a', 0o600)
  if (fstatSync(log).size > logBytesMax) ftruncateSync(log, 0)
  const logStart = fstatSync(log).size
  const child = spawn(command, args, {
    ...(user && { uid: user.uid, gid: user.gid }),
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
  })
  closeSync(log)
  await once(child, 'spawn')
  child.unref()
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const server: ServerProcess = {
    pid: child.pid!,
    exited,
    waitForExit: () => {
      child.ref()
      return exited
    },
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    kill: signal => void child.kill(signal),
    stop: () => stopChild(server, stopSignal),
    readLog: () => readFileSync(logPath).subarray(logStart).toString('utf8'),
  }
  stopWithThisProcess(server, stopSignal)
  return server
}

/** The environment of a server: nothing of the service's secrets, no PG* or NATS_* that would steer it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  // without a login shell even root's PATH may leave out where useradd is
  const path = `${processEnvironment().PATH ?? '/usr/bin:/bin'}:/usr/sbin:/sbin`
  return { PATH: path, LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * Stops a server that a service killed outright left running. `pidPath` is the server's own pid file;
 * the process counts as ours only if its command line holds `mark`, as numbers are used again.
 * Returns its pid, or undefined when there was none.
 */
export async function stopLeftover(
  pidPath: string,
  mark: string,
  stopSignal: NodeJS.Signals,
): Promise<number | undefined> {
  const pid = readPid(pidPath)
  const isOurs = () => pid !== undefined && commandLineOf(pid)?.includes(mark) === true
  if (pid === undefined || !isOurs()) return undefined
  signalQuietly(pid, stopSignal)
  const deadline = performance.now() + stopMsMax
  while (isOurs()) {
    if (performance.now() > deadline) signalQuietly(pid, 'SIGKILL')
    await sleep(20)
  }
  return pid
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10)
    return pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}

async function stopChild(server: ServerProcess, stopSignal: NodeJS.Signals): Promise<void> {
  if (server.hasExited()) return
  server.kill(stopSignal)
  const impatience = setTimeout(() => server.kill('SIGKILL'), stopMsMax)
  await server.waitForExit()
  clearTimeout(impatience)
}

function stopWithThisProcess(server: ServerProcess, stopSignal: NodeJS.Signals): void {
  if (living.size === 0) process.on('exit', signalLiving)
  living.set(server, stopSignal)
  void server.exited.then(() => {
    living.delete(server)
    if (living.size === 0) process.off('exit', signalLiving)
  })
}

function signalLiving(): void {
  for (const [server, stopSignal] of living) server.kill(stopSignal)
}
