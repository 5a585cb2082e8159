/** What no honest client sends, to the whole service: each a clear answer, and nothing of it is kept. */
import t, { type Test } from 'tap'
import { authorization, claims, encode, forge, hs256, openHostileScene } from './hostile-scene.ts'

const { service, importPath, countKept, listScratch } = await openHostileScene(t)

interface Hostile {
  method?: string
  path: string
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

/** The status and code of the answer, which is a problem document; `ok` when nothing was refused. */
async function ask({ method = 'GET', path, body, headers }: Hostile): Promise<string> {
  const answer = await fetch(service.url + path, {
    method,
    headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body }),
  })
  const text = await answer.text()
  if (answer.ok) return 'ok'
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return text
  return `${answer.status} ${JSON.parse(text).code}`
}

/** Every request is answered as expected, and all of them together change nothing. */
async function refuses(t: Test, expected: string, requests: Record<string, Hostile>) {
  const before = await countKept()
  for (const [name, request] of Object.entries(requests)) {
    t.equal(await ask(request), expected, name)
  }
  t.strictSame(await countKept(), before, 'no row is left behind')
  t.strictSame(listScratch(), [], 'no file is left behind')
}

const rename = (body: string | Uint8Array<ArrayBuffer>) => ({
  method: 'PATCH',
  path: importPath,
  body,
})

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

t.test('bodies', async t => {
  await refuses(t, '413 request-too-large', {
    oversize: rename(JSON.stringify({ name: 'a'.repeat(2_000_000) })),
  })
  await refuses(t, '400 request-invalid', {
    deep: rename(nested(400_000)),
    'deep without an end': rename('['.repeat(500_000)),
    'deep in a field': rename(`{"name":${nested(400_000)}}`),
    'deep in a list': {
      method: 'PUT',
      path: `${importPath}/mapping`,
      body: `{"headerRow":true,"columns":${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}}`,
    },
    'invalid UTF-8': rename(new Uint8Array(Buffer.from('{"name":"\xff"}', 'latin1'))),
    'UTF-16': rename(new Uint8Array(Buffer.from('{"name":"a"}', 'utf16le'))),
    'a prototype': rename('{"__proto__":{"a":1},"name":"a"}'),
    'a number beyond all numbers': {
      method: 'PUT',
      path: `${importPath}/mapping`,
      body: '{"headerRow":true,"columns":[{"column":1e400,"field":"phone"}]}',
    },
  })
})

t.test('names that do not say what they hold', async t => {
  const names = {
    NUL: 'a\0b',
    'control character': 'a\u0001b',
    'line break': 'a\nb',
    'escape sequence': '\u001b[31mred',
    'line separator': 'a\u2028b',
    'reversed direction': 'a\u202egpj.exe',
    isolate: 'a\u2066b',
    'half a pair': '\ud800',
    blank: '   ',
    invisible: '\u200b\u2060',
  }
  for (const [name, text] of Object.entries(names)) {
    const body = JSON.stringify({ name: text })
    await refuses(t, '400 request-invalid', {
      [`import: ${name}`]: rename(body),
      [`template: ${name}`]: {
        method: 'POST',
        path: '/v1/mapping-templates',
        body: JSON.stringify({ name: text, columns: [{ name: 'a', field: 'phone' }] }),
      },
      [`campaign: ${name}`]: { method: 'POST', path: '/v1/campaigns', body },
      [`case: ${name}`]: {
        method: 'POST',
        path: '/v1/contacts/1/cases',
        body: JSON.stringify({ subject: text }),
      },
    })
  }
  for (const name of ['Zażółć gęślą', '客户 2026', 'שלום', '👩‍👩‍👧', 'a\u00a0b', 'क्‍ष']) {
    t.equal(await ask(rename(JSON.stringify({ name }))), 'ok', name)
  }
})

t.test('cursors, queries and ids', async t => {
  const lists = [
    '/v1/imports',
    '/v1/contacts',
    '/v1/cases',
    '/v1/campaigns',
    '/v1/mapping-templates',
    `${importPath}/issues`,
  ]
  const cursors = [
    'x',
    '%00',
    '%ff',
    'A'.repeat(5_000),
    ...[
      [],
      {},
      [null],
      ['x'],
      ["1'; drop table imports"],
      [1e308],
      ['9'.repeat(30)],
      [1, 2, 3, 4, 5],
    ].map(encode),
  ]
  await refuses(
    t,
    '400 request-invalid',
    Object.fromEntries(
      lists.flatMap(list =>
        cursors.map(cursor => [
          `${list} ${cursor.slice(0, 30)}`,
          { path: `${list}?cursor=${cursor}` },
        ]),
      ),
    ),
  )
  await refuses(t, '400 request-invalid', {
    'q with NUL': { path: '/v1/contacts?q=a%00b' },
    'q with half a pair': { path: '/v1/contacts?q=%ED%A0%80' },
    'q of no UTF-8': { path: '/v1/contacts?q=%ff' },
    'q cut in a character': { path: '/v1/contacts?q=%C5' },
    'q too long': { path: `/v1/contacts?q=${'a'.repeat(7_000)}` },
    'q as a list': { path: '/v1/contacts?q[]=a' },
    'a path of no UTF-8': { path: '/v1/%ff' },
  })
  await refuses(t, '431 request-too-large', {
    'q of 32 KB': { path: `/v1/contacts?q=${'a'.repeat(32_768)}` },
  })
  await refuses(t, 'ok', {
    'the last character there is': { path: '/v1/contacts?q=%F4%8F%BF%BF' },
    wildcards: { path: '/v1/contacts?q=%25_%5C' },
    quotes: { path: `/v1/contacts?q='"` },
  })
  const ids = ['x', '-1', '1e5', '%00', '..%2f..', "1'--", '9223372036854775808', 'a'.repeat(8_000)]
  const paths = [
    '/v1/imports/@',
    '/v1/imports/@/events',
    '/v1/contacts/@',
    '/v1/campaigns/@/contacts',
    '/v1/mapping-templates/@',
  ]
  await refuses(
    t,
    '404 not-found',
    Object.fromEntries(
      paths.flatMap(path =>
        ids.map(id => [`${path} ${id.slice(0, 30)}`, { path: path.replace('@', id) }]),
      ),
    ),
  )
  t.match(await ask({ path: '/docs/static/%00' }), /^40[04] /)
  t.equal(await ask({ path: '/docs/static/..%2f..%2fpackage.json' }), '404 not-found')
})

t.test('cursors as ours are, with keys that no row has', async t => {
  const campaign = { method: 'POST', path: '/v1/campaigns', body: '{"name":"lato"}' }
  t.equal(await ask(campaign), 'ok')
  const [uuid, row, id] = [importPath.split('/').at(-1), 9_999_999, '9'.repeat(18)]
  const lists: Record<string, { largest: object; refused: object[] }> = {
    '/v1/imports?': { largest: [uuid], refused: [[`${uuid}\0`], [`${uuid}1`]] },
    '/v1/contacts?': {
      largest: [uuid, row],
      refused: [
        [uuid, 99_999_999_999],
        [uuid, '2147483648'],
        [`${uuid}\0`, 1],
      ],
    },
    '/v1/contacts?q=a&': {
      largest: [9, '\u{10FFFF}', id],
      refused: [
        [0, 'a\0', '1'],
        [0, '\ud800', '1'],
        [0, 'a', `${id}9`],
        [10, 'a', '1'],
      ],
    },
    [`/v1/contacts?q=a&importId=${uuid}&`]: {
      largest: [9, '\u{10FFFF}', id],
      refused: [
        [0, 'a\0', '1'],
        [0, '\ud800', '1'],
      ],
    },
    [`${importPath}/issues?`]: {
      largest: [row, row],
      refused: [
        ['2147483648', 1],
        [1, 99_999_999_999],
      ],
    },
    '/v1/cases?': { largest: [id], refused: [[`${id}9`], ['1\0']] },
    '/v1/campaigns?': { largest: [id], refused: [[`${id}9`], ['1\0']] },
    '/v1/mapping-templates?': { largest: [id], refused: [[`${id}9`], ['1\0']] },
    '/v1/campaigns/1/contacts?': { largest: [id], refused: [[`${id}9`], ['1\0']] },
  }
  for (const [list, { largest, refused }] of Object.entries(lists)) {
    const at = (key: object) => ({ path: `${list}cursor=${encode(key)}` })
    await refuses(t, 'ok', { [`${list} ${JSON.stringify(largest)}`]: at(largest) })
    const requests = refused.map(key => [`${list} ${JSON.stringify(key)}`, at(key)])
    await refuses(t, '400 request-invalid', Object.fromEntries(requests))
  }
})

t.test('tokens', async t => {
  const tokens = {
    'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'a path as kid': forge({ ...hs256, kid: '../../../../dev/null' }, claims, '\0'),
    'SQL as kid': forge({ ...hs256, kid: "x' union select 'key" }, claims, 'key'),
    'a key of its own': forge({ ...hs256, jwk: { kty: 'oct', k: 'a2V5' } }, claims, 'key'),
    'an address of keys': forge({ ...hs256, jku: 'http://127.0.0.1:9/' }, claims, 'key'),
    'an unsigned payload': forge({ ...hs256, b64: false, crit: ['b64'] }, claims),
    expired: forge(hs256, { ...claims, exp: 1 }),
    'an end that is no number': forge(hs256, { ...claims, exp: 'never' }),
    huge: forge(hs256, { ...claims, more: 'x'.repeat(9_000) }),
    'a quote in the tenant': forge(hs256, { ...claims, tenant: "a'b" }),
    'NUL in the tenant': forge(hs256, { ...claims, tenant: 'acme\0' }),
    'a line break after the tenant': forge(hs256, { ...claims, tenant: 'acme\n' }),
    'a tenant of 4 KB': forge(hs256, { ...claims, tenant: 'a'.repeat(4_000) }),
    'no claims': forge(hs256, [1]),
  }
  await refuses(
    t,
    '401 token-invalid',
    Object.fromEntries(
      Object.entries(tokens).map(([name, token]) => [
        name,
        { path: '/v1/imports', headers: { authorization: `Bearer ${token}` } },
      ]),
    ),
  )
  await refuses(t, '431 request-too-large', {
    'a tenant of 20 KB': {
      path: '/v1/imports',
      headers: {
        authorization: `Bearer ${forge(hs256, { ...claims, tenant: 'a'.repeat(20_000) })}`,
      },
    },
  })
})
