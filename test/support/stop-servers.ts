/** Ends the servers of a run once all its test files have ended. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMarkOf } from '../../src/embedded/process-table.ts'
import type { SharedServers } from './run-folder.ts'
import { runFolder } from './servers.ts'

/** Has the servers of this run stopped, waits until they are, and names what failed tests have kept. */
export async function stopServers(): Promise<void> {
  const description = join(runFolder, 'servers.json')
  if (!existsSync(description)) return
  const { keeperPid }: SharedServers = JSON.parse(readFileSync(description, 'utf8'))
  const mark = startMarkOf(keeperPid)
  if (mark !== undefined) process.kill(keeperPid, 'SIGTERM')
  while (mark !== undefined && startMarkOf(keeperPid) === mark) await sleep(20)
  const kept = join(runFolder, 'kept')
  for (const name of existsSync(kept) ? readdirSync(kept) : []) console.error(`# kept: ${name}`)
}
