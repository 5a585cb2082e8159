/** Owns child processes that hold an embedded server as the service does, to be killed by tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { startMarkOf } from '../../src/embedded/process-table.ts'
import { childEnvironment } from './child-environment.ts'

const script = fileURLToPath(new URL('serve-embedded.ts', import.meta.url))

export type MiniatureService = {
  child: ChildProcess
  /** The address of the server it holds. */
  url: string
  /** The pid of the server it holds. */
  serverPid: number
}

/** Starts one; rejects with what it wrote to standard error when its server did not start. */
export async function startMiniature(
  t: Test,
  kind: 'postgres' | 'nats',
  options: { folder: string; modules?: string; env?: Record<string, string> },
): Promise<MiniatureService> {
  const args = [script, kind, options.folder, ...(options.modules ? [options.modules] : [])]
  const env = { ...childEnvironment, ...options.env }
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  t.teardown(() => void child.kill('SIGKILL'))
  const faults = text(child.stderr)
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => ['']),
  ])
  if (String(line) === '') throw new Error((await faults).trim())
  const { url, pid } = JSON.parse(String(line))
  t.teardown(() => waitUntilGone(pid, 'SIGKILL'))
  return { child, url, serverPid: pid }
}

/** Lets it end of itself, and waits until it and the server it held are gone. */
export async function endMiniature({ child, serverPid }: MiniatureService): Promise<void> {
  const exited = once(child, 'exit')
  child.stdin!.write('end\n')
  await exited
  await waitUntilGone(serverPid)
}

/** Ends it without a chance to stop its server, which goes on. */
export async function killMiniature({ child }: MiniatureService): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function waitUntilGone(pid: number, signal?: NodeJS.Signals): Promise<void> {
  const mark = startMarkOf(pid)
  if (mark !== undefined && signal) process.kill(pid, signal)
  while (mark !== undefined && startMarkOf(pid) === mark) await sleep(20)
}
