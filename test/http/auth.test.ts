import { createHmac, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { createVerifier } from '../../src/http/auth.ts'
import { signToken } from '../../src/http/sign-token.ts'

const secret = 'a secret that is long enough for HS256'
const request = { tenant: 'acme', roles: ['manager'], subject: 'anna', ttlSeconds: 60 } as const
const goodClaims = { sub: 'anna', tenant: 'acme', roles: ['manager'], exp: inSeconds(60) }

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}

/** A token built by hand, with whatever header and claims. */
function forge(header: object, claims: object, key = secret): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

const hs256 = { alg: 'HS256', typ: 'JWT' }

t.test('a signed token gives its caller', async t => {
  const caller = await createVerifier({ secret }).verify(await signToken(secret, request))
  t.match(caller, { tenantId: 'acme', subject: 'anna', roles: ['manager'] })
  t.ok(caller.expiresAt! > Date.now() / 1000)
})

t.test('issuer and audience are checked when set', async t => {
  const verifier = createVerifier({ secret, issuer: 'idp', audience: 'contacts' })
  const good = await signToken(secret, { ...request, issuer: 'idp', audience: 'contacts' })
  await t.resolves(verifier.verify(good))
  for (const wrong of [
    { ...request },
    { ...request, issuer: 'idp' },
    { ...request, issuer: 'other', audience: 'contacts' },
    { ...request, issuer: 'idp', audience: 'other' },
  ]) {
    await t.rejects(verifier.verify(await signToken(secret, wrong)), { code: 'token-invalid' })
  }
})

t.test('tokens that are not good are refused', async t => {
  const verifier = createVerifier({ secret })
  const good = await signToken(secret, request)
  const [header, , signature] = good.split('.')
  const otherClaims = forge(hs256, { ...goodClaims, tenant: 'other' }).split('.')[1]
  const bad = {
    empty: '',
    'not a token': 'abc',
    'alg none': `${forge({ alg: 'none' }, goodClaims).split('.').slice(0, 2).join('.')}.`,
    'alg none, signed': forge({ alg: 'none' }, goodClaims),
    'alg of another length': forge({ alg: 'HS512' }, goodClaims),
    'claims of another token': [header, otherClaims, signature].join('.'),
    'another secret': forge(hs256, goodClaims, 'another secret, long enough for HS256'),
    expired: forge(hs256, { ...goodClaims, exp: inSeconds(-60) }),
    'not yet valid': forge(hs256, { ...goodClaims, nbf: inSeconds(60) }),
    'without end': forge(hs256, { ...goodClaims, exp: undefined }),
    'without subject': forge(hs256, { ...goodClaims, sub: undefined }),
    'subject of two lines': forge(hs256, { ...goodClaims, sub: 'anna\nadmin' }),
    'without tenant': forge(hs256, { ...goodClaims, tenant: undefined }),
    'tenant with a dot': forge(hs256, { ...goodClaims, tenant: 'a.b' }),
    'tenant that matches every subject': forge(hs256, { ...goodClaims, tenant: '*' }),
    'tenant that is a list': forge(hs256, { ...goodClaims, tenant: ['acme'] }),
    'tenant too long': forge(hs256, { ...goodClaims, tenant: 'a'.repeat(65) }),
    'roles that are a text': forge(hs256, { ...goodClaims, roles: 'admin' }),
    'critical header': forge({ ...hs256, crit: ['x'], x: 1 }, goodClaims),
    'far too long': forge(hs256, { ...goodClaims, more: 'x'.repeat(10_000) }),
  }
  for (const [name, token] of Object.entries(bad)) {
    await t.rejects(verifier.verify(token), { code: 'token-invalid' }, name)
  }
})

t.test('roles that nobody knows give nothing', async t => {
  const token = forge(hs256, { ...goodClaims, roles: ['root', 7, 'agent'] })
  t.strictSame((await createVerifier({ secret }).verify(token)).roles, ['agent'])
})

t.test('keys that are none are refused on start', async t => {
  t.throws(() => createVerifier({}), TypeError)
  t.throws(() => createVerifier({ secret: 'short' }), TypeError)
  t.throws(() => createVerifier({ secret, jwksUrl: 'https://id.example/jwks' }), TypeError)
})

t.test('public keys of a key set', async t => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const verifier = createVerifier({ jwksUrl: await serveKeys(t, { keys: [jwk] }) })
  const sign = (kid: string, key = privateKey) =>
    new SignJWT(goodClaims).setProtectedHeader({ alg: 'RS256', kid }).sign(key)

  t.equal((await verifier.verify(await sign('k1'))).tenantId, 'acme')
  await t.rejects(verifier.verify(await sign('k2')), { code: 'token-invalid' }, 'unknown key')
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  await t.rejects(verifier.verify(await sign('k1', other)), { code: 'token-invalid' }, 'other key')

  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string
  for (const key of [pem, JSON.stringify(jwk), jwk.n!]) {
    const confused = forge({ ...hs256, kid: 'k1' }, goodClaims, key)
    await t.rejects(
      verifier.verify(confused),
      { code: 'token-invalid' },
      'a public key is no shared secret',
    )
  }
  await t.rejects(
    createVerifier({ secret }).verify(await sign('k1')),
    { code: 'token-invalid' },
    'a shared secret is no public key',
  )
})

t.test('a key set that does not answer is not the fault of the token', async t => {
  const url = await serveKeys(t, undefined)
  const token = forge({ alg: 'RS256', kid: 'k1' }, goodClaims)
  await t.rejects(createVerifier({ jwksUrl: url }).verify(token), { code: 'service-unavailable' })
  const nobody = createVerifier({ jwksUrl: 'http://127.0.0.1:9/jwks' })
  await t.rejects(nobody.verify(token), { code: 'service-unavailable' })
})

async function serveKeys(t: Test, keys: object | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    response.statusCode = keys ? 200 : 500
    response.end(JSON.stringify(keys ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
}
