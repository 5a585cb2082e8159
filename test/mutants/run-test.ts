/** Owns the run of one test file in a process group of its own, which ends whole: no service of it stays behind. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A test that no longer ends has missed its guard, too. */
const testMsMax = 3 * 60_000

export interface TestRun {
  /** the checkout to run it in */
  readonly folder: string
  readonly file: string
  /** whether it uses the servers of the whole run, or starts its own */
  readonly sharesServers: boolean
}

/** Whether the test file passes; it ends at its first failure. */
export async function passes({ folder, file, sharesServers }: TestRun): Promise<boolean> {
  const env = { ...process.env, TAP_BAIL: '1', TAP_TIMEOUT: String(testMsMax / 1000) }
  const child = spawn(process.execPath, [file], {
    cwd: folder,
    env: sharesServers ? { ...env, TAP: '1' } : env,
    stdio: 'ignore',
    detached: true,
  })
  const endGroup = () => endGroupOf(child.pid!)
  const timeout = setTimeout(endGroup, testMsMax)
  process.once('exit', endGroup)
  try {
    const [status] = await once(child, 'exit')
    return status === 0
  } finally {
    clearTimeout(timeout)
    process.off('exit', endGroup)
    endGroup()
  }
}

function endGroupOf(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}
