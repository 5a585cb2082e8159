/**
 * Owns servers for one test alone, which it may stop, kill and start again: as durable as in production,
 * always on the same port, so that clients find them again.
 */
import { join } from 'node:path'
import type { Test } from 'tap'
import { startNats } from '../../src/embedded/nats.ts'
import { makeScratchFolder } from './scratch-folder.ts'
import { startTestPostgres } from './test-postgres.ts'

// a run that is broken off ends its test files by signal: only a regular exit takes their servers along
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1))
}

/** A test, or a long run by hand that ends like one. */
export type Owner = Pick<Test, 'teardown' | 'passing'>

type Child = { pid: number; waitForExit(): Promise<void>; kill(signal: NodeJS.Signals): void }

type OwnServer = {
  port: number
  folder: string
  /** The process that runs now. */
  pid(): number
  stop(): Promise<void>
  /** Starts it again where it was; a no-op for the caller's connection strings. */
  start(): Promise<void>
  /** Ends it without a chance to tidy up, and waits until it is gone. */
  killOutright(): Promise<void>
}

export type OwnPostgres = OwnServer & { url: string; adminUrl: string }
export type OwnNats = OwnServer & { url: string }

/** A PostgreSQL with an empty database `contact_import`; migrate it when the test needs tables. */
export async function startOwnPostgres(
  t: Owner,
  settings: Record<string, string> = {},
): Promise<OwnPostgres> {
  const folder = join(makeScratchFolder(t), 'postgres')
  const start = (port?: number) =>
    startTestPostgres({
      dataDir: folder,
      tuning: { shared_buffers: '64MB' },
      settings,
      ...(port && { port }),
    })
  const first = await start()
  const server = ownServer(t, { first, folder, start: () => start(first.port) })
  return { ...server, url: first.url, adminUrl: first.adminUrl }
}

/** A nats-server with JetStream; `configuration` is appended to its configuration file. */
export async function startOwnNats(t: Owner, configuration = ''): Promise<OwnNats> {
  const folder = join(makeScratchFolder(t), 'nats')
  const start = (port?: number) =>
    startNats({ storeDir: folder, configuration, ...(port && { port }) })
  const first = await start()
  return {
    ...ownServer(t, { first, folder, start: () => start(first.port) }),
    url: first.url,
  }
}

function ownServer(
  t: Owner,
  options: {
    first: Child & { port: number; stop(): Promise<void> }
    folder: string
    start(): Promise<Child & { stop(): Promise<void> }>
  },
): OwnServer {
  const { first, folder, start } = options
  let current: Child & { stop(): Promise<void> } = first
  t.teardown(() => current.stop())
  return {
    port: first.port,
    folder,
    pid: () => current.pid,
    stop: () => current.stop(),
    start: async () => {
      current = await start()
    },
    killOutright: async () => {
      current.kill('SIGKILL')
      await current.waitForExit()
    },
  }
}
