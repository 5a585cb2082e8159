import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import { authorize, buildTestApp, knownImport } from './in-memory-services.ts'
import { boundary, encodeForm, encodePart, file } from './multipart-form.ts'

const shared = await buildTestApp(t, { limits: { uploadBytesMax: 100_000 } })

/** One upload to the shared application, and whether anything of it was left. */
async function upload(t: Test, payload: Buffer, more: Record<string, string> = {}) {
  const built = shared
  built.bench.accepted.length = 0
  const answer = await built.app.inject({
    method: 'POST',
    url: '/v1/imports',
    headers: {
      ...(await authorize()),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...more,
    },
    payload,
  })
  t.strictSame(await built.bench.listScratch(), [], 'nothing stays in the scratch folder')
  if (answer.statusCode !== 201) t.strictSame(built.bench.accepted, [], 'nothing is accepted')
  return { answer, ...built }
}

t.test('a file becomes an import', async t => {
  const { answer, bench } = await upload(t, encodeForm(file))
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers.location, `/v1/imports/${knownImport.id}`)
  t.strictSame(answer.json(), JSON.parse(JSON.stringify(knownImport)))
  t.strictSame(bench.accepted, [
    {
      fileName: 'Klienci.xlsx',
      sizeBytes: 20,
      sha256: createHash('sha256').update('the bytes of a sheet').digest('hex'),
      tenantId: 'acme',
    },
  ])
})

t.test('the name may come before or after the file, or be empty', async t => {
  const name = { name: 'name', value: ' Klienci łódzcy ' }
  for (const form of [encodeForm(name, file), encodeForm(file, name)]) {
    t.equal((await upload(t, form)).bench.accepted[0]?.name, 'Klienci łódzcy')
  }
  const empty = await upload(t, encodeForm({ name: 'name', value: '' }, file))
  t.equal(empty.bench.accepted[0]?.name, undefined)
})

t.test('file names arrive as they are called', async t => {
  const names = {
    'form-data; name="file"; filename="Żółte kółka.xlsx"': 'Żółte kółka.xlsx',
    'form-data; name="file"; filename="a \\"b\\"; c.xlsx"': 'a "b"; c.xlsx',
    'form-data; name="file"': 'upload.xlsx',
    'form-data; name="file"; filename*=UTF-8\'\'%C5%BB.xlsx': 'Ż.xlsx',
    'form-data; name="file"; filename="../../etc/a.xlsx"': 'a.xlsx',
    'form-data; name="file"; filename="C:\\\\dane\\\\a.xlsx"': 'a.xlsx',
  }
  for (const [disposition, fileName] of Object.entries(names)) {
    const { bench } = await upload(t, encodeForm({ ...file, disposition }))
    t.equal(bench.accepted[0]?.fileName, fileName)
  }
})

t.test('the idempotency key is passed on', async t => {
  const good = await upload(t, encodeForm(file), { 'idempotency-key': 'once-1' })
  t.equal(good.bench.accepted[0]?.idempotencyKey, 'once-1')
  const { answer } = await upload(t, encodeForm(file), { 'idempotency-key': 'x'.repeat(201) })
  t.equal(answer.statusCode, 400)
  t.match(answer.json(), { errors: [{ pointer: '/headers/idempotency-key' }] })
})

t.test('forms that are no upload are refused', async t => {
  const cases: Record<string, [Buffer, number, string, string?]> = {
    'no part at all': [encodeForm(), 400, 'file-missing'],
    'an empty body': [Buffer.alloc(0), 400, 'file-missing'],
    'a name alone': [encodeForm({ name: 'name', value: 'a' }), 400, 'file-missing'],
    'a form without a chosen file': [
      encodeForm({ name: 'file', fileName: '', value: '' }),
      400,
      'file-missing',
    ],
    'two files': [encodeForm(file, file), 400, 'file-twice'],
    'a file of another name': [encodeForm({ ...file, name: 'f' }), 400, 'request-invalid', '/f'],
    'an unknown field': [
      encodeForm({ name: 'a/b', value: '1' }, file),
      400,
      'request-invalid',
      '/a~1b',
    ],
    'two names': [
      encodeForm({ name: 'name', value: 'a' }, { name: 'name', value: 'b' }, file),
      400,
      'request-invalid',
      '/name',
    ],
    'a name too long': [
      encodeForm(file, { name: 'name', value: 'a'.repeat(201) }),
      400,
      'request-invalid',
      '/name',
    ],
    'a name far too long': [
      encodeForm(file, { name: 'name', value: 'a'.repeat(10_000) }),
      400,
      'request-invalid',
      '/name',
    ],
    'a name with NUL': [
      encodeForm(file, { name: 'name', value: 'a\0b' }),
      400,
      'request-invalid',
      '/name',
    ],
    'a name with half a character, which a part in UTF-16 can hold': [
      encodeForm(file, {
        name: 'name',
        disposition: 'form-data; name="name"\r\ncontent-type: text/plain; charset=utf-16le',
        value: Buffer.from('a\ud800', 'utf16le'),
      }),
      400,
      'request-invalid',
      '/name',
    ],
    'a prototype': [encodeForm({ name: '__proto__', value: 'a' }, file), 400, 'upload-malformed'],
    'many parts': [
      encodeForm(...Array.from({ length: 20 }, () => ({ name: 'name', value: '' })), file),
      400,
      'upload-malformed',
    ],
    'cut inside the file': [encodePart(file).subarray(0, -10), 400, 'upload-malformed'],
    'cut before the end': [encodePart(file), 400, 'upload-malformed'],
    'cut inside a header': [Buffer.from(`--${boundary}\r\ncontent-dis`), 400, 'upload-malformed'],
    'another boundary': [
      Buffer.from('--other\r\n\r\nabc\r\n--other--\r\n'),
      400,
      'upload-malformed',
    ],
    'no multipart at all': [Buffer.from('PK\x03\x04'), 400, 'upload-malformed'],
    'a file too large': [
      encodeForm({ ...file, value: Buffer.alloc(100_001) }),
      413,
      'file-too-large',
    ],
    'a file far too large': [
      encodeForm({ ...file, value: Buffer.alloc(1_000_000) }),
      413,
      'file-too-large',
    ],
  }
  for (const [name, [form, status, code, pointer]] of Object.entries(cases)) {
    const { answer } = await upload(t, form)
    t.equal(answer.statusCode, status, name)
    t.equal(answer.json().code, code, name)
    if (pointer) t.equal(answer.json().errors[0].pointer, pointer, name)
  }
})

t.test('a file of exactly the largest size is taken', async t => {
  const { bench } = await upload(t, encodeForm({ ...file, value: Buffer.alloc(100_000) }))
  t.equal(bench.accepted[0]?.sizeBytes, 100_000)
})

t.test('media types that are no upload are refused', async t => {
  for (const type of ['application/json', 'application/octet-stream', 'text/plain', 'nonsense']) {
    const { answer } = await upload(t, Buffer.from('{}'), { 'content-type': type })
    t.equal(answer.statusCode, 415, type)
    t.match(answer.json(), { code: 'media-type-unsupported', detail: /multipart\/form-data/ })
  }
  const { answer } = await upload(t, encodeForm(file), { 'content-type': 'multipart/form-data' })
  t.equal(answer.statusCode, 400, 'no boundary')
  t.equal(answer.json().code, 'upload-malformed')
})

t.test('a file that the parser cuts is never taken for whole', async t => {
  const { app, bench } = await buildTestApp(t, {
    limits: { uploadBytesMax: 1_000 },
    spoolBytesMax: 100_000,
  })
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/imports',
    headers: {
      ...(await authorize()),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: encodeForm({ ...file, value: Buffer.alloc(2_000) }),
  })
  t.equal(answer.json().code, 'file-too-large')
  t.strictSame(bench.accepted, [])
})
