/**
 * Owns servers on copies of a test's own PostgreSQL: a standby to fail over to, or one that listens elsewhere. The
 * original is stopped for the copy and runs again afterwards.
 */
import { spawnSync } from 'node:child_process'
import { chownSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { choosePort } from '../../src/embedded/free-port.ts'
import { findPostgresBinaries } from '../../src/embedded/postgres-binaries.ts'
import { spawnServer } from '../../src/embedded/server-process.ts'
import { chooseServerUser } from '../../src/embedded/server-user.ts'
import type { Owner, OwnPostgres } from './own-servers.ts'
import { queryOnce } from './query.ts'
import { makeScratchFolder } from './scratch-folder.ts'
import { chosenPrograms } from './test-postgres.ts'

export interface PostgresCopy {
  readonly url: string
  readonly adminUrl: string
  stop(): Promise<void>
}

export interface CopyOptions {
  /** recovers for ever and takes no writes, until it is promoted */
  readonly isStandby?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/** Resolves when the copy answers. */
export async function startPostgresCopy(
  t: Owner,
  original: OwnPostgres,
  { isStandby = false, settings = {} }: CopyOptions = {},
): Promise<PostgresCopy> {
  const source = join(original.folder, 'cluster')
  const scratch = makeScratchFolder(t)
  const cluster = join(scratch, 'cluster')
  await original.stop()
  spawnSync('cp', ['-a', source, cluster])
  await original.start()
  const { uid, gid } = statSync(cluster)
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  if (isStandby) {
    writeFileSync(join(cluster, 'standby.signal'), '')
    chownSync(join(cluster, 'standby.signal'), uid, gid)
  }
  const user = chooseServerUser([cluster])
  const port = await choosePort()
  const all = { unix_socket_directories: '', ...settings, port: String(port) }
  const server = await spawnServer({
    command: (chosenPrograms() ?? findPostgresBinaries(user, '/var/lib/contact-import')).postgres,
    args: [
      '-D',
      cluster,
      ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    logPath: join(scratch, 'postgres.log'),
    stopSignal: 'SIGINT',
    user,
  })
  t.teardown(() => server.stop())
  const [url, adminUrl] = [original.url, original.adminUrl].map(each => atPort(each, port))
  while (!(await answers(adminUrl!)) && !server.hasExited()) await sleep(50)
  if (server.hasExited()) throw new Error(server.readLog())
  return { url: url!, adminUrl: adminUrl!, stop: () => server.stop() }
}

function atPort(url: string, port: number): string {
  const other = new URL(url)
  other.port = String(port)
  return other.href
}

function answers(url: string): Promise<boolean> {
  return queryOnce(url, 'select 1').then(
    () => true,
    () => false,
  )
}
