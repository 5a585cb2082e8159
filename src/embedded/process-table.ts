/**
 * Owns questions to the operating system about processes that are not our children: is it alive, what
 * was it started with, when. Reads /proc on Linux and asks `ps` elsewhere; never signals anything.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const hasProc = process.platform === 'linux'

/** The arguments a living process was started with, joined by blanks; undefined for none or a zombie. */
export function commandLineOf(pid: number): string | undefined {
  const text = hasProc
    ? readOrNothing(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
    : askPs(pid, 'args=')
  return text?.trim() || undefined
}

/**
 * A mark that two processes with the same number never share: the moment it started. Undefined when no
 * such process lives. The unit is the system's own; only equality means anything.
 */
export function startMarkOf(pid: number): string | undefined {
  if (commandLineOf(pid) === undefined) return undefined
  if (!hasProc) return askPs(pid, 'lstart=')
  const stat = readOrNothing(`/proc/${pid}/stat`)
  // proc(5): the name in parentheses may hold blanks; starttime is the 20th field after it
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function askPs(pid: number, column: string): string | undefined {
  const answer = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' })
  return answer.status === 0 ? answer.stdout.trim() || undefined : undefined
}
