/** What keeps the service from starting is told in one line for each fault. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { loadConfig, localSecretPath } from '../src/config.ts'
import { builtFile } from './support/built-service.ts'
import { childEnvironment } from './support/child-environment.ts'
import { createTestDatabase } from './support/database.ts'
import { queryOnce } from './support/query.ts'
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

t.test('secrets in files', async t => {
  const folder = makeScratchFolder(t)
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const config = loadConfig({
    DATABASE_URL_FILE: write('url', 'postgres://one/x\n'),
    NATS_URL_FILE: write('nats', 'nats://a,b:4333\n'),
    NATS_CREDS_FILE: write('creds', 'x'),
    AUTH_SECRET_FILE: write('secret', `${secret}\n`),
    AUTH_SECRET_PREVIOUS_FILE: write('previous', `before ${secret}`),
  })
  t.match(config, {
    databaseUrl: 'postgres://one/x',
    natsUrl: 'nats://a,nats://b:4333',
    brokerIdentity: { credsFile: join(folder, 'creds') },
    auth: { secret, previousSecret: `before ${secret}` },
  })
  const missing = join(folder, 'missing')
  t.match(faultsOf({ ...base, NATS_URL: 'nats://a', NATS_CREDS_FILE: missing }), [
    /^NATS_CREDS_FILE names .*missing, which cannot be read \(ENOENT\)$/,
  ])
  t.match(faultsOf({ ...base, AUTH_SECRET: '', AUTH_SECRET_FILE: write('empty', ' \n') }), [
    /^AUTH_SECRET_FILE names .*empty, which is empty$/,
    /^AUTH_SECRET or AUTH_JWKS_URL must be set/,
  ])
  t.match(faultsOf({ ...base, AUTH_SECRET_FILE: write('second', secret) }), [
    'AUTH_SECRET and AUTH_SECRET_FILE are both set: keep one of them',
  ])
})

t.test('what says two things about the broker, or half of one', async t => {
  const folder = makeScratchFolder(t)
  const file = join(folder, 'file')
  writeFileSync(file, 'x')
  const nats = { ...base, NATS_URL: 'tls://a,tls://b' }
  t.same(faultsOf({ ...nats, NATS_CERT_FILE: file, NATS_KEY_FILE: file, NATS_CA_FILE: file }), [])
  t.match(faultsOf({ ...nats, NATS_CERT_FILE: file }), [/^NATS_CERT_FILE and NATS_KEY_FILE belong/])
  t.match(faultsOf({ ...nats, NATS_CREDS_FILE: file, NATS_NKEY_FILE: file }), [/both set/])
  t.match(faultsOf({ ...base, NATS_NKEY_FILE: file }), [/without NATS_URL/])
  t.match(faultsOf({ ...base, NATS_URL: 'nats://a,wss://b' }), [/^NATS_URL mixes/])
  t.match(faultsOf({ ...base, NATS_URL: 'nats://a,http://b' }), [/^NATS_URL is not a URL/])
})

t.test('a secret that is changed, and claims by other names', async t => {
  const previous = { AUTH_SECRET_PREVIOUS: `before ${secret}` }
  t.match(loadConfig({ ...base, ...previous }).auth, { previousSecret: `before ${secret}` })
  t.match(faultsOf({ ...base, AUTH_SECRET_PREVIOUS: 'short' }), [
    /^AUTH_SECRET_PREVIOUS is shorter/,
  ])
  t.match(faultsOf({ DATABASE_URL: base.DATABASE_URL, ...previous }), [
    'AUTH_SECRET_PREVIOUS is set without AUTH_SECRET: set the new secret, too',
    /^AUTH_SECRET or AUTH_JWKS_URL must be set/,
  ])
  const jwks = { DATABASE_URL: base.DATABASE_URL, AUTH_JWKS_URL: 'https://id.example/keys' }
  t.match(faultsOf({ ...jwks, ...previous }), [/^AUTH_SECRET_PREVIOUS and AUTH_JWKS_URL are both/])
  const claims = { AUTH_TENANT_CLAIM: 'org', AUTH_ROLES_CLAIM: 'realm_access.roles' }
  t.match(loadConfig({ ...base, ...claims }).auth, {
    tenantClaim: 'org',
    rolesClaim: 'realm_access.roles',
  })
  t.match(faultsOf({ ...base, AUTH_ROLES_CLAIM: 'a..b' }), [/^AUTH_ROLES_CLAIM is "a\.\.b": use/])
})

t.test('a variable that is nearly one of ours is named', async t => {
  const near = { AUTH_ISSUR: 'x', NATS_URLS: 'x', LAESE_MS: 'x', LOG_LEBEL: 'x', SCRATCHDIR: 'x' }
  const far = { PATH: 'x', HOME: 'x', AUTH_SECRETS_OF_OTHERS: 'x', lease_ms: 'x' }
  t.same(loadConfig({ ...base, ...near, ...far }).warnings, [
    'AUTH_ISSUR is set and means nothing: is AUTH_ISSUER meant?',
    'NATS_URLS is set and means nothing: is NATS_URL meant?',
    'LAESE_MS is set and means nothing: is LEASE_MS meant?',
    'LOG_LEBEL is set and means nothing: is LOG_LEVEL meant?',
    'SCRATCHDIR is set and means nothing: is SCRATCH_DIR meant?',
  ])
  t.match(faultsOf({ DATABASE_URL: base.DATABASE_URL, AUTH_SECRT: secret }), [
    /^AUTH_SECRET or AUTH_JWKS_URL must be set/,
    /is AUTH_SECRET meant\?$/,
  ])
})

/** How a program ends that cannot start: its one line, with exit code 1. */
async function lineOf(t: Test, program: string, environment: Record<string, string>) {
  const child = spawn('env', bare([process.execPath, builtFile(program)]), {
    cwd: root,
    env: { ...childEnvironment, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  t.equal(code, 1)
  const [, line] = /^contact-import: (.*)\n$/.exec(said) ?? []
  return line ?? said
}

/** A server that does this with whoever connects. */
async function listen(t: Test, greet: (socket: Socket) => void): Promise<number> {
  const server = createServer(greet).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as { port: number }).port
}

t.test('what the system refuses is told in one line that names the setting', async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  await queryOnce(
    adminUrl,
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by)
    values (gen_random_uuid(), 'acme', 'n', 'queued', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2, 9, 'anna')`,
  )
  const usual = {
    DATABASE_URL: url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    PORT: '0',
    SCRATCH_DIR: makeScratchFolder(t),
  }
  const line = (change: Record<string, string>) => lineOf(t, 'main.js', { ...usual, ...change })
  const PORT = String(await listen(t, () => {}))
  t.equal(
    await line({ PORT }),
    `PORT ${PORT} on 127.0.0.1 is taken: free it, or use another one (0: any free one)`,
  )
  t.same(await queryOnce(adminUrl, 'select from imports where epoch > 0'), [], 'and claims nothing')
  t.match(
    await line({ HOST: '203.0.113.1' }),
    /^HOST or PORT cannot be listened on: .*203\.0\.113\.1/,
  )
  t.match(await line({ HOST: 'nobody.invalid' }), /^no address is known for nobody\.invalid: /)
  const file = join(makeScratchFolder(t), 'file')
  writeFileSync(file, '')
  t.match(await line({ SCRATCH_DIR: file }), /^SCRATCH_DIR .*file cannot be written \(EEXIST\)/)
})

t.test('a database that does not answer as one', async t => {
  const usual = { NATS_URL: 'off', AUTH_SECRET: secret, PORT: '0' }
  const kinds: [what: string, port: number, line: RegExp][] = [
    ['nobody listens', 1, /ECONNREFUSED/],
    ['something else', await listen(t, socket => socket.end('HTTP/1.1 400\r\n\r\n')), /.+/],
    ['silence', await listen(t, () => {}), /timeout/],
  ]
  for (const [what, port, pattern] of kinds) {
    const DATABASE_URL = `postgres://contact:pass@127.0.0.1:${port}/x`
    for (const program of ['main.js', 'migrate.js']) {
      const line = await lineOf(t, program, { ...usual, DATABASE_URL })
      t.match(line, new RegExp(`^DATABASE_URL: 127\\.0\\.0\\.1:${port}: `), `${what}: ${program}`)
      t.match(line, pattern)
    }
  }
})

t.test("a schema that is not this release's", async t => {
  const { url, adminUrl } = await createTestDatabase(t)
  await queryOnce(adminUrl, `insert into schema_migrations (name) values ('0099-future')`)
  const line = await lineOf(t, 'migrate.js', { DATABASE_URL: url })
  t.match(line, /^the database was migrated by a newer release \(0099-future\): /)
})

t.test('the command that migrates asks for nothing but a database', async t => {
  t.match(await lineOf(t, 'migrate.js', {}), /^set DATABASE_URL/)
  t.match(await lineOf(t, 'migrate.js', { DATABASE_URL: 'foo' }), /^DATABASE_URL is not/)
})
