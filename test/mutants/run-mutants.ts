/**
 * `npm run mutants -- [--only TEXT] [--record]`: takes each guard out of a copy of the checkout, runs the tests that
 * must miss it, and tells which guards no test missed. `--record` appends the result to docs/reliability.md.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { conductRun } from '../chaos/long-run.ts'
import { appendSection } from '../chaos/report.ts'
import { runFolderOf } from '../support/run-folder.ts'
import { type Guard, guards } from './guards.ts'
import { copyCheckout, takeOut } from './take-out.ts'

/** A test that no longer ends has missed its guard, too. */
const testMsMax = 5 * 60_000

const reportPath = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url))

interface Verdict {
  readonly guard: Guard
  /** the test that failed, undefined when none did */
  readonly missedBy: string | undefined
}

await conductRun(async owner => {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, record: { type: 'boolean', default: false } },
  })
  const chosen = guards.filter(({ name }) => name.includes(values.only))
  const { folder, remove } = copyCheckout()
  owner.teardown(remove)
  owner.teardown(() => rmSync(runFolderOf(process.pid), { recursive: true, force: true }))
  const started = performance.now()
  const faults = failingBefore(folder, chosen)
  const verdicts = faults.length > 0 ? [] : chosen.map(guard => judge(folder, guard))
  for (const { guard, missedBy } of verdicts) {
    if (missedBy === undefined) faults.push(`no test misses "${guard.name}" (${guard.file})`)
  }
  const killed = verdicts.filter(({ missedBy }) => missedBy !== undefined)
  console.log(`${killed.length} of ${chosen.length} guards are missed by a test`)
  for (const fault of faults) console.log(`- ${fault}`)
  if (values.record) {
    appendSection(reportPath, {
      command: 'npm run mutants',
      minutes: (performance.now() - started) / 60_000,
      rows: [
        ['guards taken out', String(chosen.length)],
        ['missed by a test', String(killed.length)],
      ],
      faults,
    })
  }
  return faults.length === 0
})

/** Tests that fail while every guard is in place prove nothing: the run ends with their names. */
function failingBefore(folder: string, chosen: readonly Guard[]): string[] {
  const files = new Set(chosen.flatMap(({ tests }) => tests))
  return [...files]
    .filter(file => !passes(folder, file, true))
    .map(file => `${file} fails with every guard in place`)
}

function judge(folder: string, guard: Guard): Verdict {
  const putBack = takeOut(folder, guard)
  try {
    // The servers that tests share hold a schema with every guard: a changed migration needs servers of its own.
    const shareServers = !guard.file.startsWith('migrations/')
    const missedBy = guard.tests.find(file => !passes(folder, file, shareServers))
    console.log(
      `${missedBy === undefined ? 'NOT MISSED' : 'missed    '} ${guard.name}: ${missedBy ?? '-'}`,
    )
    return { guard, missedBy }
  } finally {
    putBack()
  }
}

function passes(folder: string, file: string, shareServers: boolean): boolean {
  const env = { ...process.env, TAP_TIMEOUT: String(testMsMax / 1000) }
  const { status } = spawnSync(process.execPath, [file], {
    cwd: folder,
    env: shareServers ? { ...env, TAP: '1' } : env,
    stdio: 'ignore',
    timeout: testMsMax,
    killSignal: 'SIGKILL',
  })
  return status === 0
}
