/** Owns the page that long runs are recorded on: a section for each run, the newest last. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import type { FireCounts } from './fleet-under-fire.ts'
import { quantile } from './recovery.ts'

export interface ChaosResult {
  command: string
  minutes: number
  counts: FireCounts
  recoveriesMs: readonly number[]
  cancelsMs: readonly number[]
  faults: readonly string[]
}

export interface Section {
  /** that makes such a run again */
  command: string
  minutes: number
  rows: readonly (readonly [string, string])[]
  faults: readonly string[]
}

export function appendReport(path: string, result: ChaosResult): void {
  appendSection(path, { ...result, rows: rowsOf(result) })
}

export function appendSection(path: string, section: Section): void {
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '# Reliability\n'
  writeFileSync(path, `${page.trimEnd()}\n\n${textOf(section)}`)
}

function rowsOf({ counts, ...result }: ChaosResult): Section['rows'] {
  const { troubles, ...figures } = counts
  return [
    [
      'processes killed',
      `${figures.kills}, ${figures.killsAtCrashpoints} of them at a crash point`,
    ],
    ...Object.entries(troubles).map(([name, times]): [string, string] => [name, String(times)]),
    ['imports completed and compared with their reference', String(figures.completed)],
    ['of them foretold by a validation', String(figures.foretold)],
    ['of them made whole by a correction', String(figures.corrected)],
    ['cancelled and continued', String(figures.cancelled)],
    ['deleted in mid-import', String(figures.deleted)],
    ['failed as poisoned and continued', String(figures.poisoned)],
    ['recovery: kill → next batch of another process', spread(result.recoveriesMs)],
    ['cancel: call → terminal state, where the called process lived', spread(result.cancelsMs)],
  ]
}

function textOf({ command, minutes, rows, faults }: Section): string {
  return `## ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC

\`${command}\`

${availableParallelism()} cores of ${cpus()[0]?.model ?? process.arch}, Node ${process.version}, commit ${commit()}, ${minutes.toFixed(1)} minutes

| | |
|---|---|
${[...rows, ['faults', faults.length]].map(row => `| ${row.join(' | ')} |`).join('\n')}
${faults.map(fault => `\n- ${fault}`).join('')}`
}

/** How many, the median, the 99th percentile and the longest, in words. */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return 'none'
  const [half, most, all] = [0.5, 0.99, 1].map(part => Math.round(quantile(values, part)!))
  return `${values.length} measured: median ${half} ms, p99 ${most} ms, longest ${all} ms`
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'src', 'migrations') === '' ? '' : ', changed'
  return git('rev-parse', '--short=12', 'HEAD') + changed
}
