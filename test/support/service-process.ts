/** Owns the service as operators run it: in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'

export type ServiceProcess = {
  child: ChildProcess
  url: string
  /** Its last lines of output. */
  lines: readonly string[]
  /** Ends it as an orchestrator does; resolves with its exit code. */
  stop(): Promise<number | null>
}

export type ProcessOptions = {
  command: string[]
  cwd: string
  env: Record<string, string>
  uid?: number
  gid?: number
}

/** Arguments of `env` for a Node without what tap loads into every child that it can reach. */
export function bare(command: readonly string[]): string[] {
  return ['-u', 'NODE_OPTIONS', ...command]
}

/** Starts it and waits until it listens; rejects with its last lines when it ends before. */
export async function startServiceProcess(
  t: Test,
  { command, ...options }: ProcessOptions,
): Promise<ServiceProcess> {
  const child = spawn('env', bare(command), { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const { promise: url, resolve, reject } = Promise.withResolvers<string>()
  const lines: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface(stream).on('line', line => {
      lines.splice(0, lines.length - 20)
      lines.push(line)
      const listening = /listening on (http:\/\/[^,"]+)/.exec(line)
      if (listening) resolve(listening[1]!)
    })
  }
  child.once('error', reject)
  child.once('close', () => reject(new Error(`the service ended:\n${lines.join('\n')}`)))
  const closed = once(child, 'close') as Promise<[number | null]>
  const stop = async () => {
    child.kill('SIGTERM')
    return (await closed)[0]
  }
  return { child, url: await url, lines, stop }
}
