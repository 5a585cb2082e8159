import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import t from 'tap'
import { createVerifier } from '../../src/http/auth.ts'
import { builtFile } from '../support/built-service.ts'
import { childEnvironment } from '../support/child-environment.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

const secret = 'a secret that is long enough for HS256'
const entry = builtFile('token.js')

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

function run(args: string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise(resolve => {
    const env = { ...childEnvironment, ...environment }
    execFile(process.execPath, [entry, ...args], { env }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })
}

t.test('a token of the secret in force', async t => {
  const folder = makeScratchFolder(t)
  writeFileSync(`${folder}/auth-secret`, `${secret}\n`)
  const args = ['--tenant', 'acme', '--role', 'manager', '--role', 'agent', '--ttl', '2h']
  for (const given of [{ AUTH_SECRET: secret }, {}]) {
    const environment = { ...given, DATA_DIR: folder }
    const { out, err } = await run([...args, '--sub', 'anna'], environment)
    t.equal(err, '')
    const caller = await createVerifier({ secret }).verify(out.trim())
    t.match(caller, { tenantId: 'acme', subject: 'anna', roles: ['manager', 'agent'] })
    const hours = (caller.expiresAt! - Date.now() / 1000) / 3600
    t.ok(hours > 1.9 && hours <= 2)
  }
})

t.test('issuer and audience are those that are checked', async t => {
  const environment = { AUTH_SECRET: secret, AUTH_ISSUER: 'idp', AUTH_AUDIENCE: 'contacts' }
  const { out } = await run(['--tenant', 'acme', '--role', 'admin'], environment)
  const verifier = createVerifier({ secret, issuer: 'idp', audience: 'contacts' })
  await t.resolves(verifier.verify(out.trim()))
})

t.test('what can not be signed is told in a line', async t => {
  const folder = makeScratchFolder(t)
  const good = ['--tenant', 'acme', '--role', 'admin']
  const cases: [string[], Record<string, string>, RegExp][] = [
    [[], { AUTH_SECRET: secret }, /--tenant must be/],
    [['--tenant', 'a.b', '--role', 'admin'], { AUTH_SECRET: secret }, /--tenant must be/],
    [['--tenant', 'acme'], { AUTH_SECRET: secret }, /--role must be/],
    [['--tenant', 'acme', '--role', 'root'], { AUTH_SECRET: secret }, /--role must be/],
    [[...good, '--ttl', '1 week'], { AUTH_SECRET: secret }, /--ttl is "1 week"/],
    [[...good, '--what'], { AUTH_SECRET: secret }, /--what/],
    [good, { DATA_DIR: folder }, /there is no secret yet/],
    [good, { AUTH_JWKS_URL: 'https://id.example/jwks', DATA_DIR: folder }, /identity provider/],
    [good, { AUTH_SECRET: 'short' }, /AUTH_SECRET is shorter/],
  ]
  for (const [args, environment, message] of cases) {
    const { code, out, err } = await run(args, environment)
    t.equal(code, 1)
    t.equal(out, '')
    t.match(err, message)
    t.notMatch(err, /\n {4}at /)
  }
})
