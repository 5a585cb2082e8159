/**
 * Owns where a PostgreSQL cluster lies on disk and how it comes into being. A cluster that exists is never
 * overwritten and never deleted; it appears whole or not at all.
 */
import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { EmbeddedError, rethrowFolderFault } from './embedded-error.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { canEnter, runAs, type ServerUser } from './server-user.ts'

/**
 * The two places a cluster may be: in the data folder, or, as its user may be unable to enter that one
 * (a checkout below /root), in a folder of the same name's hash under `reachableFolder`.
 */
export function clusterPlaces(dataDir: string, reachableFolder: string): [string, string] {
  const hash = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)
  return [join(dataDir, 'cluster'), join(reachableFolder, hash, 'cluster')]
}

/**
 * The place of the cluster: where it already is, else the first that `user` can enter. Throws EmbeddedError
 * `folder-unreachable` when there is one that its user cannot enter any more.
 */
export function choosePlace(places: readonly string[], user: ServerUser | undefined): string {
  const existing = places.find(place => existsSync(place))
  if (existing !== undefined) {
    if (canEnter(user, existing)) return existing
    throw new EmbeddedError('folder-unreachable', { user: user?.name ?? '-', folder: existing })
  }
  for (const place of places) {
    const parent = dirname(place)
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 })
    } catch (fault) {
      rethrowFolderFault(parent, fault)
    }
    if (canEnter(user, parent)) return place
  }
  throw new EmbeddedError('folder-unreachable', { user: user?.name ?? '-', folder: places[0]! })
}

/** Throws EmbeddedError `version-mismatch` when the cluster was made by another major version. */
export function assertVersion(cluster: string, binaries: PostgresBinaries): void {
  const path = join(cluster, 'PG_VERSION')
  const found = existsSync(path) ? readFileSync(path, 'utf8').trim() : 'an unknown version'
  if (found === binaries.majorVersion) return
  const expected = binaries.majorVersion
  throw new EmbeddedError('version-mismatch', { folder: cluster, found, expected })
}

/** Moves a cluster whose passwords are lost out of the way, untouched; returns where it is now. */
export function setAside(cluster: string): string {
  const aside = `${cluster}-${new Date().toISOString().replaceAll(':', '')}`
  renameSync(cluster, aside)
  return aside
}

/**
 * Makes a cluster: UTF-8, byte-wise collation independent of the host's locales, passwords by SCRAM only.
 * Built beside its place and renamed into it, so that a start killed half-way leaves none behind.
 */
export function createCluster(
  cluster: string,
  binaries: PostgresBinaries,
  options: {
    user: ServerUser | undefined
    adminPassword: string
    logPath: string
    /** False where the data may be lost when the machine fails, as in tests. */
    isDurable: boolean
  },
): void {
  const draft = `${cluster}.new`
  const passwordPath = `${cluster}.password`
  try {
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { mode: 0o700 })
    rmSync(passwordPath, { force: true })
    writeFileSync(passwordPath, options.adminPassword, { mode: 0o600 })
    for (const path of options.user ? [draft, passwordPath] : []) {
      chownSync(path, options.user!.uid, options.user!.gid)
    }
    const answer = runAs(options.user, binaries.initdb, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordPath}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...localeOptions(binaries),
      '--data-checksums',
      ...(options.isDurable ? [] : ['--no-sync']),
    ])
    writeFileSync(options.logPath, `${answer.output}\n`, { flag: 'a', mode: 0o600 })
    if (!answer.succeeded) throw initFailed(answer.output, options.logPath)
    renameSync(draft, cluster)
  } catch (fault) {
    rmSync(draft, { recursive: true, force: true })
    rethrowFolderFault(cluster, fault)
  } finally {
    rmSync(passwordPath, { force: true })
  }
}

/** PostgreSQL brings its own locale since version 17; before it takes the system's of the same name. */
function localeOptions({ majorVersion }: PostgresBinaries): readonly string[] {
  return Number(majorVersion) >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8']
}

function initFailed(output: string, log: string): EmbeddedError {
  const reason = /error: (.*)/.exec(output)?.[1] ?? 'initdb failed'
  return new EmbeddedError('start-failed', { server: 'PostgreSQL', reason, log })
}
