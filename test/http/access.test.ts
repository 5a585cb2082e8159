import Fastify from 'fastify'
import t from 'tap'
import { access } from '../../src/http/access.ts'
import { authorize, buildTestApp } from './in-memory-services.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What an agent may do; everything else is for administrators and managers. */
const agentOperations = [
  'listContactFields',
  'listContacts',
  'getContact',
  'createCase',
  'listCases',
  'changeCase',
]

const publicOperations = ['getLiveness', 'getReadiness', 'getMetrics', 'getApiDocument']

async function listOperations(app: Awaited<ReturnType<typeof buildTestApp>>['app']) {
  await app.ready()
  const { paths = {} } = app.swagger() as { paths?: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operationId,
      method: method.toUpperCase() as Method,
      url: path.replace('{id}', path.startsWith('/v1/imports') ? someUuid : '1'),
    })),
  )
}

interface Operation {
  operationId: string
}

const someUuid = '0198c0de-0000-7000-8000-000000000000'

t.test('nothing below /v1 is open', async t => {
  const { app } = await buildTestApp(t)
  for (const { operationId, method, url } of await listOperations(app)) {
    const answer = await app.inject({ method, url })
    if (publicOperations.includes(operationId)) {
      t.equal(answer.statusCode, 200, `${operationId} is public`)
    } else {
      t.equal(answer.statusCode, 401, operationId)
      t.equal(answer.json().code, 'token-missing')
      t.equal(answer.headers['www-authenticate'], 'Bearer realm="contact-import"')
    }
  }
})

t.test('roles open what is theirs', async t => {
  const { app } = await buildTestApp(t, { limits: { eventStreamHeartbeatMs: 50 } })
  const rightsOf = async (roles: string[]) => {
    const headers = await authorize({ roles: roles as never })
    const open: string[] = []
    for (const { operationId, method, url } of await listOperations(app)) {
      const answer = await app.inject({ method, url, headers })
      if (answer.statusCode !== 403) open.push(operationId)
      else t.equal(answer.json().code, 'role-forbidden', operationId)
    }
    return open.sort()
  }
  const all = (await listOperations(app)).map(operation => operation.operationId).sort()
  t.strictSame(await rightsOf(['admin']), all)
  t.strictSame(await rightsOf(['manager']), all)
  t.strictSame(await rightsOf(['agent']), [...agentOperations, ...publicOperations].sort())
  t.strictSame(await rightsOf(['agent', 'manager']), all)
  t.strictSame(await rightsOf(['root']), [...publicOperations].sort())
  t.strictSame(await rightsOf([]), [...publicOperations].sort())
})

t.test('only a bearer token counts', async t => {
  const { app } = await buildTestApp(t)
  const { authorization } = await authorize()
  const token = authorization.slice('Bearer '.length)
  const status = async (headers: Record<string, string>, query = '') =>
    (await app.inject({ url: `/v1/contacts${query}`, headers })).statusCode
  t.equal(await status({ authorization }), 200)
  t.equal(await status({ authorization: `bearer ${token}` }), 200)
  t.equal(await status({ authorization: `Basic ${token}` }), 401)
  t.equal(await status({ authorization: token }), 401)
  t.equal(await status({ authorization: `${authorization} more` }), 401)
  t.equal(await status({ cookie: `token=${token}` }), 401)
  t.equal(await status({}, `?access_token=${token}`), 401)
})

t.test('a route that names no role does not register', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(access, { auth: { verify: () => Promise.reject(new Error('unused')) } })
  t.throws(() => app.get('/open', async () => 'open'), /names no role/)
})
