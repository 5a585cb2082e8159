/** Owns the scratch folders of tests: open to PostgreSQL's own user, removed when the test passed. */
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/** An empty folder that `t` may fill; kept and named when `t` fails. */
export function makeScratchFolder(t: Pick<Test, 'teardown' | 'passing'>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'contact-import-test-scratch-')))
  chmodSync(folder, 0o755)
  t.teardown(() => {
    const isEvidence = !t.passing() && readdirSync(folder).length > 0
    if (!isEvidence) rmSync(folder, { recursive: true, force: true })
    else console.error(`# kept folder ${folder}`)
  })
  return folder
}
