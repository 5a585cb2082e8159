/** Tells other commands on this machine where the embedded servers of a running service are. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMarkOf } from './process-table.ts'

export interface RunningServers {
  readonly databaseUrl?: string | undefined
  readonly natsUrl?: string | undefined
}

interface Announcement extends RunningServers {
  readonly pid: number
  readonly startMark: string | undefined
}

const pathOf = (dataDir: string) => join(dataDir, 'running.json')

/** Only the owner may read the file: addresses carry passwords. Gives the function that removes it. */
export function announceServers(dataDir: string, servers: RunningServers): () => void {
  const path = pathOf(dataDir)
  const announcement: Announcement = {
    ...servers,
    pid: process.pid,
    startMark: startMarkOf(process.pid),
  }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(announcement), { mode: 0o600 })
  renameSync(draft, path)
  return () => {
    if (readAnnouncement(dataDir)?.pid === process.pid) rmSync(path, { force: true })
  }
}

/** Undefined when no service holds embedded servers in this folder now. */
export function findRunningServers(dataDir: string): RunningServers | undefined {
  const announcement = readAnnouncement(dataDir)
  if (announcement?.startMark === undefined) return undefined
  const isAlive = startMarkOf(announcement.pid) === announcement.startMark
  return isAlive ? announcement : undefined
}

function readAnnouncement(dataDir: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(dataDir), 'utf8'))
  } catch {
    return undefined
  }
}
