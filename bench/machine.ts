/** What a figure depends on beside the code: machine, runtime, commit. */
import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

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
    machine: `${cpus()[0]?.model ?? process.arch}, ${availableParallelism()} cores, ${gibibytes} GiB, inflates ${measureInflating()} MiB/s`,
  }
}

/**
 * How fast one core is just now, so that figures of different days can be told apart from different machines: machines
 * of the same name differed by half. The best of several goes, for a neighbour only slows it down.
 */
function measureInflating(): number {
  const mebibytes = 16
  const cell = '<c r="A1" t="s"><v>0</v></c>'
  const text = Array.from({ length: (mebibytes * 2 ** 20) / cell.length }, (_, at) =>
    cell.replace('0', String((at * 7_919) % 100_003)),
  ).join('')
  const deflated = deflateRawSync(text)
  const seconds = Array.from({ length: 8 }, () => {
    const begun = performance.now()
    inflateRawSync(deflated)
    return (performance.now() - begun) / 1000
  })
  return Math.round(text.length / 2 ** 20 / Math.min(...seconds))
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
