/**
 * Owns the answer to "which run of the suite is this?": tap runs each test file in a process of its own, and
 * all of one run share the servers described in one folder. Never starts anything.
 */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMarkOf } from '../../src/embedded/process-table.ts'

const prefix = 'contact-import-test-'
const evidenceMsMax = 24 * 60 * 60 * 1000

export type SharedServers = {
  keeperPid: number
  postgres: { url: string; adminUrl: string }
  nats: { url: string } | undefined
}

/**
 * The process whose end ends the run: tap's runner, or a test file that was started by hand. Children of a test file
 * are no part of the run: they get addresses from the file that starts them.
 */
export function runOwnerPid(): number {
  return process.env.TAP === '1' || process.env.TAP_BEFORE !== undefined
    ? process.ppid
    : process.pid
}

export function runFolderOf(ownerPid: number): string {
  return join(tmpdir(), `${prefix}${ownerPid}-${startMarkOf(ownerPid)}`)
}

/** Removes what failed or broken-off runs kept for a look, a day later. */
export function removeOldEvidence(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
    const found = statSync(folder, { throwIfNoEntry: false })
    if (found === undefined || found.uid !== process.getuid!()) continue
    if (Date.now() - found.mtimeMs > evidenceMsMax) rmSync(folder, { recursive: true, force: true })
  }
}
