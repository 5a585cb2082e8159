/** Custom fields: who makes them, what they may say, and how many a tenant has. */
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { ContactFieldItem, ContactFieldList } from '../../src/contracts/contact.ts'
import type { Problem } from '../../src/contracts/problem.ts'
import {
  customFieldBytesMax,
  customFieldsFreshMs,
  customFieldsPerTenant,
} from '../../src/limits.ts'
import { queryOnce } from '../support/query.ts'
import { type CallOptions, startTestService } from '../support/service.ts'

const service = await startTestService(t)
const labels = { en: 'Segment', pl: 'Grupa' }
const path = '/contact-fields'

type FieldAnswer = ContactFieldItem & Problem

const create = (body: object, options: CallOptions = {}) =>
  service.call<FieldAnswer>('POST', path, { body, ...options })

const list = async (options: CallOptions = {}) => {
  const { body } = await service.call<ContactFieldList>('GET', path, options)
  return body.items
}

t.test('a field is made, listed in both languages, changed and deleted', async t => {
  const choices = ['gold', { value: 'silver', labels: { en: 'Silver', pl: 'Srebrny' } }]
  const made = await create({ key: 'segment', type: 'choice', labels, choices })
  t.equal(made.status, 201, JSON.stringify(made.body))
  t.strictSame(made.body, {
    key: 'segment',
    field: 'field.segment',
    label: 'Segment',
    labels,
    kind: 'choice',
    type: 'choice',
    group: 'own',
    lengthMax: 100,
    example: 'gold',
    builtIn: false,
    choices: [{ value: 'gold', labels: { en: 'gold', pl: 'gold' } }, choices[1]],
    required: false,
  })
  const polish = await list({ headers: { 'accept-language': 'pl' }, role: 'agent' })
  t.match(polish.at(-1), { key: 'segment', label: 'Grupa' })
  t.match(polish[0], { key: 'firstName', field: 'firstName', type: null, choices: null })
  t.strictSame(
    (await list({ tenant: 'globex' })).filter(({ builtIn }) => !builtIn),
    [],
  )
  const changed = await service.call<FieldAnswer>('PATCH', `${path}/segment`, {
    body: { labels: { en: 'Tier', pl: 'Poziom' }, required: true },
  })
  t.match(changed, { status: 200, body: { label: 'Tier', required: true, choices: { length: 2 } } })
  t.match((await list()).at(-1), { label: 'Tier' })
  const usage = await service.call('GET', `${path}/segment/usage`)
  t.strictSame(usage.body, { key: 'segment', contacts: 0 })
  const removed = await service.call<FieldAnswer>('DELETE', `${path}/segment`)
  t.match(removed, { status: 202, body: { key: 'segment' } })
  t.notOk((await list()).some(({ key }) => key === 'segment'))
  t.equal((await service.call('DELETE', `${path}/segment`)).status, 404, 'the same once more')
  t.equal((await service.call('GET', `${path}/segment/usage`)).status, 404)
})

t.test('a key is taken once, and those of built-in fields are taken for good', async t => {
  const body = { key: 'taken', type: 'text', labels }
  const tries = await Promise.all([create(body), create(body)])
  t.strictSame(tries.map(({ status }) => status).toSorted(), [201, 409])
  t.match(await create(body), { status: 409, body: { code: 'contact-field-taken' } })
  t.match(await create({ ...body, key: 'phone' }), { body: { code: 'contact-field-taken' } })
  t.equal((await create(body, { tenant: 'globex' })).status, 201)
  for (const method of ['PATCH', 'DELETE'] as const) {
    const options = method === 'PATCH' ? { body: { labels } } : {}
    const refused = await service.call(method, `${path}/phone`, options)
    t.match(refused, { status: 409, body: { code: 'contact-field-built-in' } }, method)
    t.equal((await service.call(method, `${path}/nobody`, options)).status, 404, method)
  }
})

t.test("another tenant's fields are unknown, and agents change none", async t => {
  await create({ key: 'ours', type: 'text', labels })
  for (const [method, place, body] of [
    ['PATCH', '/ours', { labels }],
    ['DELETE', '/ours', undefined],
    ['GET', '/ours/usage', undefined],
  ] as const) {
    const options = body ? { body } : {}
    const foreign = await service.call(method, path + place, { ...options, tenant: 'initech' })
    t.equal(foreign.status, 404, method)
    const agent = await service.call(method, path + place, { ...options, role: 'agent' })
    t.match(agent, { status: 403, body: { code: 'role-forbidden' } }, method)
  }
  const agent = await create({ key: 'theirs', type: 'text', labels }, { role: 'agent' })
  t.equal(agent.status, 403)
})

t.test('what no field may say is refused at its place', async t => {
  const field = { key: 'bad', type: 'text', labels }
  const refused: [object, string, string][] = [
    [{ ...field, key: 'Bad' }, 'request-invalid', '/key'],
    [{ ...field, key: 'a.b' }, 'request-invalid', '/key'],
    [{ ...field, key: 'x'.repeat(51) }, 'request-invalid', '/key'],
    [{ ...field, type: 'gender' }, 'request-invalid', '/type'],
    [{ ...field, labels: { en: 'Only' } }, 'request-invalid', '/labels/pl'],
    [{ ...field, labels: { en: ' ', pl: 'x' } }, 'request-invalid', '/labels/en'],
    [{ ...field, label: 'x' }, 'request-invalid', '/label'],
    [{ ...field, choices: ['a'] }, 'contact-field-choices', '/choices'],
    [{ ...field, type: 'choice' }, 'contact-field-choices', '/choices'],
    [{ ...field, type: 'choice', choices: ['a', 'A'] }, 'contact-field-choices', '/choices'],
  ]
  for (const [body, code, pointer] of refused) {
    const { body: problem } = await create(body)
    t.match(problem, { code, errors: [{ pointer }] }, JSON.stringify(body))
  }
  const large = Array.from({ length: 200 }, (_, at) => `${at}${'ż'.repeat(97)}`)
  const answer = await create({ ...field, type: 'choice', choices: large })
  t.match(answer, { status: 422, body: { code: 'contact-field-too-large' } })
  t.match(answer.body.detail, new RegExp(String(customFieldBytesMax)))
  t.match(await service.call('PATCH', `${path}/ours`, { body: {} }), { status: 400 })
  t.match(await service.call('PATCH', `${path}/ours`, { body: { type: 'date' } }), { status: 400 })
  t.match(await service.call('PATCH', `${path}/ours`, { body: { choices: ['a'] } }), {
    status: 422,
    body: { code: 'contact-field-choices' },
  })
})

t.test('another process knows of a change at once', async t => {
  const other = await startTestService(t, {}, service.database)
  const knows = async (key: string) => {
    const { body } = await other.call<ContactFieldList>('GET', path, { tenant: 'shared' })
    return body.items.some(item => item.key === key)
  }
  t.notOk(await knows('told'), 'and holds what it knows')
  await create({ key: 'told', type: 'text', labels }, { tenant: 'shared' })
  const begun = performance.now()
  while (!(await knows('told'))) await sleep(10)
  t.ok(performance.now() - begun < customFieldsFreshMs / 2)
})

t.test('a tenant has so many fields', async t => {
  await queryOnce(
    service.database.adminUrl,
    `insert into contact_fields (tenant_id, key, type, labels, created_by)
    select 'full', 'f' || n, 'text', '{"en": "F", "pl": "F"}', 'anna' from generate_series(1, $1::int) n`,
    [customFieldsPerTenant - 1],
  )
  const tries = await Promise.all(
    ['a', 'b', 'c'].map(async key => {
      const { status, body } = await create({ key, type: 'text', labels }, { tenant: 'full' })
      return status === 201 ? 'made' : body.code
    }),
  )
  t.strictSame(tries.toSorted(), ['contact-fields-too-many', 'contact-fields-too-many', 'made'])
  t.match(await create({ key: 'f1', type: 'text', labels }, { tenant: 'full' }), {
    body: { code: 'contact-field-taken' },
  })
  t.equal((await service.call('DELETE', `${path}/f1`, { tenant: 'full' })).status, 202)
  t.equal((await create({ key: 'd', type: 'text', labels }, { tenant: 'full' })).status, 201)
})
