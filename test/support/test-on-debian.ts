/**
 * Runs the tests whose answers depend on PostgreSQL once more, on the one that Debian brings with its own default
 * settings: `node test/support/test-on-debian.ts [FILES]`. Where there is none it says so and is content.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { ensureDebianPostgres } from './provision.ts'

/** All that speaks SQL, searches, whole imports, and processes that die or lose their server. */
const patterns = [
  'test/storage/**/*.test.ts',
  'test/contacts/{search,tenants}.test.ts',
  'test/imports/{import-path,delete-import}.test.ts',
  'test/process/{outages,take-over}.test.ts',
]

const postgres = ensureDebianPostgres()
if (postgres === undefined) {
  console.log(
    '# not tested on a PostgreSQL of Debian: there is none, and none can be installed here',
  )
} else {
  console.log(
    `# once more, on Debian's PostgreSQL ${postgres.majorVersion} with its default settings`,
  )
  const files = process.argv.length > 2 ? process.argv.slice(2) : globSync(patterns).sort()
  const runner = join(import.meta.dirname, 'run-suite.ts')
  const { status } = spawnSync(process.execPath, [runner, ...files], {
    stdio: 'inherit',
    env: { ...process.env, TEST_POSTGRES: 'debian' },
  })
  process.exitCode = status ?? 1
}
