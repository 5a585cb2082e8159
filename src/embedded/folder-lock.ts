/**
 * Owns the right to use a data folder: one living service at a time. A lock whose owner died, however it
 * died, counts as free. Never touches anything in the folder but its own file.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError, rethrowFolderFault } from './embedded-error.ts'
import { startMarkOf } from './process-table.ts'

type Owner = { pid: number; startMark: string | undefined }

/**
 * Makes `folder` when absent and claims it for this process; the same process may claim it again.
 * Returns the release. Throws EmbeddedError `folder-in-use` or `folder-unwritable`.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'owner.json')
  try {
    mkdirSync(folder, { recursive: true })
    claim(folder, path)
  } catch (fault) {
    rethrowFolderFault(folder, fault)
  }
  return () => {
    if (readOwner(path)?.pid === process.pid) rmSync(path, { force: true })
  }
}

function claim(folder: string, path: string): void {
  const owner = readOwner(path)
  if (owner !== undefined) {
    const alive = owner.startMark !== undefined && startMarkOf(owner.pid) === owner.startMark
    if (alive && owner.pid !== process.pid) {
      throw new EmbeddedError('folder-in-use', { folder, pid: owner.pid })
    }
    rmSync(path, { force: true })
  }
  // a link appears with its content and never replaces another: of two starters exactly one wins
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ pid: process.pid, startMark: startMarkOf(process.pid) }))
  try {
    linkSync(draft, path)
  } catch (fault) {
    const winner = readOwner(path)
    if (winner === undefined) throw fault
    throw new EmbeddedError('folder-in-use', { folder, pid: winner.pid })
  } finally {
    rmSync(draft, { force: true })
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner
  } catch {
    return undefined
  }
}
