/** Owns service processes that tests kill, hang and stop: the service as operators run it, several on one database. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from './child-environment.ts'
import { readStartCommand } from './start-command.ts'
import { createTestApi, secret, type TestApi } from './test-api.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const start = readStartCommand()

/** What is left of its output when a member fails. */
const linesMax = 40

/** Leases as short as the configuration takes, and batches so small that a sheet has many. */
export const shortLeases = { LEASE_MS: '1000', BATCH_ROWS_MAX: '250' }

export interface MemberOptions {
  databaseUrl: string
  scratchDir: string
  env?: Record<string, string>
}

export interface Member extends TestApi {
  readonly child: ChildProcess
  readonly url: string
  /** its last lines of output, both streams */
  readonly lines: readonly string[]
  /** how it ended: an exit code or the name of a signal */
  readonly ended: Promise<number | string>
  /** Sends the signal and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<number | string>
}

/** A member on its way: it may end before it listens. */
export interface MemberStart {
  readonly child: ChildProcess
  readonly lines: readonly string[]
  readonly ended: Promise<number | string>
  readonly listening: Promise<Member>
}

export function launchMember({ databaseUrl, scratchDir, env }: MemberOptions): MemberStart {
  const child = spawn(process.execPath, start.args, {
    cwd: root,
    env: {
      ...start.env,
      ...childEnvironment,
      DATABASE_URL: databaseUrl,
      NATS_URL: 'off',
      AUTH_SECRET: secret,
      PORT: '0',
      SCRATCH_DIR: scratchDir,
      LOG_LEVEL: 'info',
      ...shortLeases,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const { promise: url, resolve, reject } = Promise.withResolvers<string>()
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface(stream).on('line', line => {
      lines.push(line)
      if (lines.length > linesMax) lines.shift()
      const listening = /listening on (http:\/\/[^,"]+)/.exec(line)
      if (listening) resolve(listening[1]!)
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | string)
  void ended.then(how => reject(new Error(`the service ended (${how}):\n${lines.join('\n')}`)))
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  const listening = url.then(url => ({ child, url, lines, ended, kill, ...createTestApi(url) }))
  listening.catch(() => {})
  return { child, lines, ended, listening }
}

/** Members of one test: started on the same database, all gone when the test ends. */
export function createFleet(
  t: { teardown(end: () => unknown): void },
  { databaseUrl, scratchDir, env: common }: MemberOptions,
) {
  const living = new Set<MemberStart>()
  const killAll = async () => {
    for (const { child } of living) child.kill('SIGKILL')
    await Promise.all([...living].map(({ ended }) => ended))
  }
  t.teardown(killAll)

  function launch(env: Record<string, string> = {}): MemberStart {
    const start = launchMember({ databaseUrl, scratchDir, env: { ...common, ...env } })
    living.add(start)
    void start.ended.then(() => living.delete(start))
    return start
  }

  return {
    launch,
    killAll,
    start: (env?: Record<string, string>): Promise<Member> => launch(env).listening,
  }
}

export type Fleet = ReturnType<typeof createFleet>
