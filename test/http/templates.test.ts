/** Mapping templates over HTTP: who may, what is taken, and what is answered. */
import t from 'tap'
import { authorize, buildTestApp } from './in-memory-services.ts'

const { app } = await buildTestApp(t)
const headers = await authorize()
const body = { name: 'Sklep', columns: [{ name: 'Telefon', field: 'phone' }] }
const url = '/v1/mapping-templates'

t.test('the answers of each call', async t => {
  const created = await app.inject({ method: 'POST', url, headers, body })
  t.match([created.statusCode, created.headers.location], [201, `${url}/5`])
  t.equal((await app.inject({ url, headers })).json().items.length, 1)
  t.equal((await app.inject({ url: `${url}/5`, headers })).json().id, '5')
  const replaced = await app.inject({ method: 'PUT', url: `${url}/5`, headers, body })
  t.equal(replaced.statusCode, 200)
  const removed = await app.inject({ method: 'DELETE', url: `${url}/5`, headers })
  t.match([removed.statusCode, removed.body], [204, ''])
  t.equal((await app.inject({ url: `${url}/x`, headers })).statusCode, 404)
})

t.test('agents may none of it', async t => {
  const agent = await authorize({ roles: ['agent'] })
  for (const [method, path] of [
    ['POST', url],
    ['GET', url],
    ['GET', `${url}/5`],
    ['PUT', `${url}/5`],
    ['DELETE', `${url}/5`],
  ] as const) {
    const takesBody = method === 'POST' || method === 'PUT'
    const answer = await app.inject({
      method,
      url: path,
      headers: agent,
      ...(takesBody && { body }),
    })
    t.match(answer.json(), { status: 403, code: 'role-forbidden' }, `${method} ${path}`)
  }
})

t.test('what is no template is refused at its place', async t => {
  const refused: [object, string][] = [
    [{ columns: body.columns }, '/name'],
    [{ ...body, name: ' ' }, '/name'],
    [{ ...body, name: 'a\nb' }, '/name'],
    [{ ...body, name: 'x'.repeat(201) }, '/name'],
    [{ ...body, columns: [{ name: '', field: 'phone' }] }, '/columns/0/name'],
    [{ ...body, columns: [{ name: 'x'.repeat(1_028), field: 'phone' }] }, '/columns/0/name'],
    [{ ...body, columns: [{ column: 1, field: 'phone' }] }, '/columns/0/name'],
    [{ ...body, columns: Array(501).fill(body.columns[0]) }, '/columns'],
    [{ ...body, headerRow: false }, '/headerRow'],
    [{ ...body, headerRow: 101 }, '/headerRow'],
    [{ ...body, force: true }, '/force'],
  ]
  for (const [sent, pointer] of refused) {
    const answer = await app.inject({ method: 'POST', url, headers, body: sent })
    const { code, errors } = answer.json()
    t.equal(code, 'request-invalid', pointer)
    t.ok(
      errors.some((item: { pointer: string }) => item.pointer === pointer),
      `${pointer} in ${JSON.stringify(errors)}`,
    )
  }
  for (const headerRow of [true, 1, 100]) {
    const sent = { ...body, headerRow }
    t.equal((await app.inject({ method: 'POST', url, headers, body: sent })).statusCode, 201)
  }
})
