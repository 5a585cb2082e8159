/** What keeps the service from starting is told in one line for each fault. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { loadConfig, localSecretPath } from '../src/config.ts'
import { createTestDatabase } from './support/database.ts'
import { makeScratchFolder } from './support/scratch-folder.ts'
import { secret } from './support/service.ts'
import { bare } from './support/service-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const base = { DATABASE_URL: 'postgres://localhost/x', AUTH_SECRET: secret }

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment)
    return []
  } catch (fault) {
    return (fault as { faults: readonly string[] }).faults
  }
}

t.test('every fault has a line of its own', async t => {
  const faults = faultsOf({ PORT: 'abc', LEASE_MS: '-1', DATABASE_URL: 'mysql://x' })
  t.match(faults, [/^DATABASE_URL is not /, /^PORT is "abc": /, /^LEASE_MS is "-1": /])
  t.same(faultsOf(base), [])
})

t.test('a default region is a country with phone numbers', async t => {
  t.equal(loadConfig({ ...base, DEFAULT_REGION: 'DE' }).defaultRegion, 'DE')
  for (const region of ['XX', 'pl', 'POL', '001', 'constructor']) {
    const faults = faultsOf({ ...base, DEFAULT_REGION: region })
    t.same(faults, [
      `DEFAULT_REGION is "${region}": use the two capital letters of a country, as PL`,
    ])
  }
})

t.test('a local secret that cannot be read', async t => {
  const folder = makeScratchFolder(t)
  // Rights do not bind root: a folder in its place cannot be read by anybody.
  mkdirSync(localSecretPath(folder))
  t.match(faultsOf({ DATA_DIR: folder }), [/^DATA_DIR holds .*auth-secret, .* \(EISDIR\): run as /])
  t.same(faultsOf({ ...base, DATA_DIR: folder }), [], 'nor is it, with a secret of its own')
})

t.test('a port that is taken', async t => {
  const { url } = await createTestDatabase(t)
  const holder = createServer()
  await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve))
  t.teardown(() => holder.close())
  const { port } = holder.address() as { port: number }
  const { status, stderr } = spawnSync('env', bare([process.execPath, 'src/main.ts']), {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: url,
      NATS_URL: 'off',
      AUTH_SECRET: secret,
      PORT: String(port),
      SCRATCH_DIR: makeScratchFolder(t),
    },
  })
  t.equal(status, 1)
  const line = `PORT ${port} on 127.0.0.1 is taken: free it, or use another one (0: any free one)`
  t.equal(stderr, `contact-import: ${line}\n`)
})
