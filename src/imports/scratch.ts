/**
 * This process's folder for temporary files: uploads, fetched workbooks, spilled shared strings. On start it removes the
 * folders that dead processes of this host left behind.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'

export interface Scratch {
  readonly directory: string
  /** A path for a new file. */
  newPath(): string
  /** Removes the folder with all in it. */
  close(): Promise<void>
}

const prefix = `contact-import-${hostname()}-`

/** Makes the folder below `parent`. Throws `ConfigError` when that cannot be written. */
export async function openScratch(parent: string): Promise<Scratch> {
  const directory = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(parent, { recursive: true })
    await removeLeftovers(parent)
    await mkdir(directory, { mode: 0o700 })
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    throw new ConfigError([`SCRATCH_DIR ${parent} cannot be written (${code}): use another folder`])
  }
  return {
    directory,
    newPath: () => join(directory, randomBytes(12).toString('hex')),
    close: () => rm(directory, { recursive: true, force: true }),
  }
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue
    const pid = Number(name.slice(prefix.length).split('-')[0])
    // A folder with this process's own number belongs to an earlier process: in a container numbers begin at 1 again.
    if (pid === process.pid || !isAlive(pid)) {
      await rm(join(parent, name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
