/**
 * Owns the programs the suite needs beside npm's packages: finds them, and as root on Debian installs them from
 * Debian's own packages. Never installs anything elsewhere. Packages that would start a server of their own are only
 * unpacked.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNatsServer } from '../../src/embedded/nats.ts'
import type { PostgresBinaries } from '../../src/embedded/postgres-binaries.ts'

/** The path of nats-server; throws one line that says how to install it. */
export function ensureNatsServer(): string {
  const found = findNatsServer() ?? (installDebianPackage('nats-server') && findNatsServer())
  if (found) return found
  throw new Error(
    'The tests need nats-server on the PATH: apt-get install nats-server, or https://docs.nats.io',
  )
}

/** The command of LibreOffice, undefined where there is none and none can be installed. */
export function ensureSoffice(): string | undefined {
  const isThere = () => spawnSync('soffice', ['--version']).status === 0
  const isReady = isThere() || (installDebianPackage('libreoffice-calc') && isThere())
  return isReady ? 'soffice' : undefined
}

/** The command of openssl; throws one line where there is none and none can be installed. */
export function ensureOpenssl(): string {
  const isThere = () => spawnSync('openssl', ['version']).status === 0
  if (isThere() || (installDebianPackage('openssl') && isThere())) return 'openssl'
  throw new Error('The tests need openssl on the PATH: apt-get install openssl')
}

/** The PostgreSQL that Debian brings, undefined where there is none and none can be installed. */
export function ensureDebianPostgres(): PostgresBinaries | undefined {
  return (
    findDebianPostgres() ?? (installDebianPackage('postgresql') ? findDebianPostgres() : undefined)
  )
}

const debianPostgres = '/usr/lib/postgresql'

/** The newest where there are several. */
function findDebianPostgres(): PostgresBinaries | undefined {
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres) : []
  const [majorVersion] = versions
    .filter(version => existsSync(join(debianPostgres, version, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a))
  if (majorVersion === undefined) return undefined
  const bin = join(debianPostgres, majorVersion, 'bin')
  return { majorVersion, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

/** The path of nginx, undefined where there is none and none can be unpacked. */
export function ensureNginx(): string | undefined {
  const runs = (command: string) => spawnSync(command, ['-v']).status === 0
  const found = ['nginx', '/usr/sbin/nginx'].find(runs)
  if (found !== undefined) return found
  const unpacked = join(unpackDebianPackage('nginx') ?? '', 'usr/sbin/nginx')
  return runs(unpacked) ? unpacked : undefined
}

/** The folder with what is in the package, outside the system's own; undefined where there is no such package. */
function unpackDebianPackage(name: string): string | undefined {
  if (!existsSync('/etc/debian_version')) return undefined
  const folder = mkdtempSync(join(tmpdir(), `contact-import-test-${name}-`))
  const fetch = () => spawnSync('apt-get', ['download', name], { cwd: folder }).status === 0
  if (!fetch() && !(updateDebianLists() && fetch())) return undefined
  const [file] = readdirSync(folder)
  // Below the folder: dpkg gives the one it unpacks into an age of years, and what is old is removed by the next run.
  const unpacked = join(folder, 'unpacked')
  const { status } = spawnSync('dpkg', ['-x', file!, unpacked], { cwd: folder })
  return status === 0 ? unpacked : undefined
}

function updateDebianLists(): boolean {
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  return process.getuid?.() === 0 && spawnSync('apt-get', [...wait, 'update']).status === 0
}

function installDebianPackage(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false
  console.error(`# installing the Debian package ${name}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  const options = ['-y', '--no-install-recommends', ...wait]
  for (const args of [
    [...wait, 'update'],
    ['install', ...options, name],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' })
    if (status === 0) continue
    console.error(`# apt-get ${args.join(' ')} failed: ${stderr?.trim().split('\n').at(-1)}`)
    return false
  }
  return true
}
