/**
 * `npm run mutants -- [--only TEXT]… [--record]`: takes each guard out of a copy of the checkout, runs the tests that
 * must miss it, and tells which guards no test missed. `--record` appends the result to docs/reliability.md.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { conductRun } from '../chaos/long-run.ts'
import { appendSection } from '../chaos/report.ts'
import { runFolderOf } from '../support/run-folder.ts'
import { type Guard, guards } from './guards.ts'
import { passes } from './run-test.ts'
import { copyCheckout, takeOut } from './take-out.ts'

const reportPath = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url))

await conductRun(async owner => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [''] },
      record: { type: 'boolean', default: false },
    },
  })
  const chosen = guards.filter(({ name }) => values.only.some(text => name.includes(text)))
  const { folder, remove } = copyCheckout()
  // Also of a run that is broken off.
  process.once('exit', remove)
  owner.teardown(() => rmSync(runFolderOf(process.pid), { recursive: true, force: true }))
  const started = performance.now()
  const failing = await failingBefore(folder, chosen)
  const tried = chosen.filter(({ tests }) => !tests.some(file => failing.has(file)))
  const unmissed: Guard[] = []
  for (const guard of tried) if (!(await isMissed(folder, guard))) unmissed.push(guard)
  const faults = [
    ...[...failing].map(file => `${file} fails with every guard in place`),
    ...chosen.filter(guard => !tried.includes(guard)).map(({ name }) => `not tried: "${name}"`),
    ...unmissed.map(({ name, file }) => `no test misses "${name}" (${file})`),
  ]
  const rows: [string, string][] = [
    ['guards in the list', String(guards.length)],
    ['taken out, one at a time', String(tried.length)],
    ['missed by a test', String(tried.length - unmissed.length)],
  ]
  for (const row of rows) console.log(row.join(': '))
  for (const fault of faults) console.log(`- ${fault}`)
  if (values.record) {
    const minutes = (performance.now() - started) / 60_000
    const only = values.only.map(text => text && ` --only '${text}'`).join('')
    const command = `npm run mutants -- --record${only}`
    appendSection(reportPath, { command, minutes, rows, faults })
  }
  return faults.length === 0
})

/** Tests that fail while every guard is in place: they prove nothing, and their guards are not tried. */
async function failingBefore(folder: string, chosen: readonly Guard[]): Promise<Set<string>> {
  const failing = new Set<string>()
  for (const file of new Set(chosen.flatMap(({ tests }) => tests))) {
    if (await passes({ folder, file, sharesServers: true })) continue
    console.log(`FAILS      with every guard in place: ${file}`)
    failing.add(file)
  }
  return failing
}

async function isMissed(folder: string, guard: Guard): Promise<boolean> {
  const putBack = takeOut(folder, guard)
  // The servers that tests share hold a schema with every guard: a changed migration needs servers of its own.
  const sharesServers = !guard.file.startsWith('migrations/')
  try {
    for (const file of guard.tests) {
      if (await passes({ folder, file, sharesServers })) continue
      console.log(`missed     ${guard.name}: ${file}`)
      return true
    }
    console.log(`NOT MISSED ${guard.name}`)
    return false
  } finally {
    putBack()
  }
}
