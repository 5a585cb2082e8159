/**
 * Owns the answer to "who runs PostgreSQL?", which refuses to run as root: we ourselves, or, when we are
 * root, a system user of its own. Changes nothing in the system but that one user, and only as root.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { EmbeddedError } from './embedded-error.ts'
import { serverEnvironment } from './server-process.ts'

export type ServerUser = { name: string; uid: number; gid: number }

const ownUser = 'contact-import'

/**
 * The user PostgreSQL must run as, undefined when that is the user of this process. Files that are there
 * already, the first of `existing`, decide: their owner goes on. Throws EmbeddedError `user-missing`
 * or, when not root and the files are another's, `folder-foreign`.
 */
export function chooseServerUser(existing: readonly string[]): ServerUser | undefined {
  const owner = existing.map(ownerOf).find(found => found !== undefined)
  const uid = process.getuid!()
  if (uid !== 0) {
    if (owner === undefined || owner.uid === uid) return undefined
    throw new EmbeddedError('folder-foreign', { folder: owner.folder, uid: owner.uid })
  }
  if (owner !== undefined && owner.uid !== 0) {
    return { name: nameOf(owner.uid) ?? `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  }
  const user = findUser(ownUser) ?? makeUser() ?? findUser('postgres')
  if (user === undefined) throw new EmbeddedError('user-missing')
  return user
}

/** Runs a short command as `user` (undefined: ourselves) and waits for its end. */
export function runAs(
  user: ServerUser | undefined,
  command: string,
  args: readonly string[],
): { succeeded: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...(user && { uid: user.uid, gid: user.gid }),
    cwd: '/',
    env: serverEnvironment(),
    encoding: 'utf8',
  })
  if (error !== undefined) return { succeeded: false, output: error.message }
  return { succeeded: status === 0, output: `${stdout}${stderr}`.trim() }
}

/** Whether `user` may enter `folder` and all above it. */
export function canEnter(user: ServerUser | undefined, folder: string): boolean {
  return runAs(user, '/bin/sh', ['-c', 'cd "$0"', folder]).succeeded
}

function ownerOf(folder: string): { folder: string; uid: number; gid: number } | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found && { folder, uid: found.uid, gid: found.gid }
}

function makeUser(): ServerUser | undefined {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  runAs(undefined, 'useradd', [...options, '--shell', '/usr/sbin/nologin', ownUser])
  return findUser(ownUser)
}

function findUser(name: string): ServerUser | undefined {
  const entry = userEntries().find(fields => fields[0] === name)
  return entry && { name, uid: Number(entry[2]), gid: Number(entry[3]) }
}

function nameOf(uid: number): string | undefined {
  return userEntries().find(fields => Number(fields[2]) === uid)?.[0]
}

function userEntries(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map(line => line.split(':'))
  } catch {
    return []
  }
}
