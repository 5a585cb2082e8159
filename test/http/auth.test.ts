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

t.test('the answer names what is wrong with a token', async t => {
  const verifier = createVerifier({ secret, issuer: 'idp' })
  const claims = { ...goodClaims, iss: 'idp' }
  const reasons: Record<string, string> = {
    ['x'.repeat(10_000)]: 'it is too long',
    abc: 'it is no signed token',
    [forge({ alg: 'HS512' }, claims)]: 'its algorithm is not accepted here',
    [forge(hs256, claims, 'another secret, long enough for HS256')]:
      'its signature was made by another key',
    [forge(hs256, { ...claims, exp: inSeconds(-60) })]: 'it has expired',
    [forge(hs256, { ...claims, nbf: inSeconds(60) })]: 'it is not valid yet',
    [forge(hs256, { ...claims, exp: undefined })]: 'it has no claim "exp"',
    [forge(hs256, goodClaims)]: 'it has no claim "iss"',
    [forge(hs256, { ...claims, iss: 'lucja' })]: 'its claim "iss" is not as expected here',
    [forge(hs256, { ...claims, sub: '' })]:
      'its claim "sub" is missing, or is not one line of 1 to 255 characters',
    [forge(hs256, { ...claims, tenant: 'a b' })]:
      'its claim "tenant" is missing, or is not 1 to 64 of A-Z, a-z, 0-9, _, -',
    [forge(hs256, { ...claims, roles: 'manager' })]:
      'its claim "roles" is missing, or is not a list',
  }
  for (const [token, reason] of Object.entries(reasons)) {
    await t.rejects(verifier.verify(token), { code: 'token-invalid', data: { reason } }, reason)
  }
})

t.test('while a secret is changed, tokens of both are good', async t => {
  const previousSecret = 'the secret before, long enough for HS256'
  const verifier = createVerifier({ secret, previousSecret })
  const sign = (key: string, change: object = {}) => forge(hs256, { ...goodClaims, ...change }, key)
  for (const key of [secret, previousSecret]) {
    t.match(await verifier.verify(sign(key)), { tenantId: 'acme' })
    const expired = { code: 'token-invalid', data: { reason: 'it has expired' } }
    await t.rejects(verifier.verify(sign(key, { exp: inSeconds(-60) })), expired)
  }
  const byNone = sign('a third secret, long enough for HS256 too')
  await t.rejects(verifier.verify(byNone), {
    code: 'token-invalid',
    data: { reason: /^its signature/ },
  })
  await t.rejects(createVerifier({ secret }).verify(sign(previousSecret)), {
    code: 'token-invalid',
  })
  t.throws(() => createVerifier({ secret, previousSecret: 'short' }), TypeError)
})

t.test('claims by other names, and within others', async t => {
  const names = { tenantClaim: 'https://id.example/tenant', rolesClaim: 'realm_access.roles' }
  const verifier = createVerifier({ secret, ...names })
  const { sub, exp } = goodClaims
  const theirs = { sub, exp, [names.tenantClaim]: 'acme', realm_access: { roles: ['agent', 'x'] } }
  t.match(await verifier.verify(forge(hs256, theirs)), { tenantId: 'acme', roles: ['agent'] })
  t.match(await verifier.verify(await signToken(secret, { ...request, ...names })), {
    tenantId: 'acme',
    roles: ['manager'],
  })
  for (const wrong of [
    goodClaims,
    { ...theirs, realm_access: null },
    { ...theirs, realm_access: 'roles' },
    { ...theirs, realm_access: { roles: { 0: 'admin', length: 1 } } },
  ]) {
    await t.rejects(verifier.verify(forge(hs256, wrong)), { code: 'token-invalid' })
  }
  // The prototype of lists is a list itself: a token without roles would pass as one with none.
  for (const names of [{ rolesClaim: 'roles.__proto__' }, { tenantClaim: 'constructor.name' }]) {
    const inherited = createVerifier({ secret, ...names })
    await t.rejects(inherited.verify(forge(hs256, goodClaims)), { code: 'token-invalid' })
  }
})
