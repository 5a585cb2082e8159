/**
 * Owns the way of a test file to the servers that all files of a run share: one PostgreSQL, one nats-server. The first
 * file that asks has them started, in a process that outlives the file and ends with the run.
 */
import { spawn } from 'node:child_process'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runFolderOf, runOwnerPid, type SharedServers } from './run-folder.ts'

const readyMsMax = 120_000
const keeperPath = fileURLToPath(new URL('keep-servers.ts', import.meta.url))

/** The folder in which this run keeps its servers, and the evidence of tests that failed. */
export const runFolder = runFolderOf(runOwnerPid())

/** The addresses of the run's servers, started when they are not yet. */
export async function sharedServers(): Promise<SharedServers> {
  if (claimFolder()) startKeeper()
  const deadline = performance.now() + readyMsMax
  while (performance.now() < deadline) {
    const servers = readWhenThere('servers.json')
    if (servers !== undefined) return JSON.parse(servers)
    const failure = readWhenThere('failed.txt')
    if (failure !== undefined) throw new Error(`the servers of the suite did not start: ${failure}`)
    await sleep(20)
  }
  throw new Error(`the servers of the suite are not ready; see ${join(runFolder, 'keeper.log')}`)
}

/** The broker that all test files share. Files that need a stream to themselves start their own. */
export async function sharedNatsUrl(): Promise<string> {
  const { nats } = await sharedServers()
  if (nats === undefined) throw new Error('no nats-server on the PATH')
  return nats.url
}

/** True for the one process that made the folder, and so has to start the servers. */
function claimFolder(): boolean {
  try {
    mkdirSync(runFolder)
    // PostgreSQL's own user must enter it; what is secret inside is closed by itself
    chmodSync(runFolder, 0o755)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fault
  }
}

function startKeeper(): void {
  const log = openSync(join(runFolder, 'keeper.log'), 'a')
  const { NODE_OPTIONS, ...env } = process.env
  const keeper = spawn(process.execPath, [keeperPath, String(runOwnerPid()), runFolder], {
    detached: true,
    stdio: ['ignore', log, log],
    env,
  })
  keeper.unref()
  closeSync(log)
}

function readWhenThere(name: string): string | undefined {
  const path = join(runFolder, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
