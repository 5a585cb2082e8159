/** What a figure depends on beside the code: machine, runtime, commit. */
import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, totalmem } from 'node:os'

export interface Circumstances {
  date: string
  commit: string
  node: string
  machine: string
}

export function describeCircumstances(): Circumstances {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: describeCommit(),
    node: process.version,
    machine: `${cpus()[0]?.model ?? process.arch}, ${availableParallelism()} cores, ${gibibytes} GiB`,
  }
}

/** The commit, marked when files that are measured differ from it. */
function describeCommit(): string {
  const commit = git('rev-parse', '--short=12', 'HEAD')
  return git('status', '--porcelain', '--', 'src', 'bench/contenders')
    ? `${commit}, changed`
    : commit
}

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  }).trim()
}
