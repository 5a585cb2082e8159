/**
 * Owns the programs the suite needs beside npm's packages: finds them, and as root on Debian installs them from
 * Debian's own packages. Never installs anything elsewhere.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findNatsServer } from '../../src/embedded/nats.ts'

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
