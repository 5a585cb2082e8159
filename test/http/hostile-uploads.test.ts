/** Uploads that lie or come in crowds, to the whole service: what is not answered 201 is not there. */
import t, { type Test } from 'tap'
import { authorization, openHostileScene } from './hostile-scene.ts'
import { boundary, encodeForm } from './multipart-form.ts'
import { RawClient } from './raw-client.ts'

const { service, sheet, countKept, listScratch } = await openHostileScene(t)

/** A form with the sheet, as bytes over a bare socket; `more` are headers beside the usual ones. */
function beginUpload(t: Test, form: Buffer, more: string): RawClient {
  const client = new RawClient(t, Number(new URL(service.url).port))
  client.send(
    `POST /v1/imports HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\n${more}\r\n\r\n`,
  )
  client.send(form)
  return client
}

const sheetPart = { name: 'file', fileName: 'a.xlsx', value: sheet }

t.test('uploads whose head and body do not agree', async t => {
  const before = await countKept()
  const form = encodeForm(sheetPart)
  const cases: [string, string, Buffer, number][] = [
    ['a length too short', `content-length: ${form.length - 100}`, form, 400],
    ['two lengths', 'content-length: 5\r\ncontent-length: 6', form, 400],
    ['a length that is none', 'content-length: -1', form, 400],
    ['a length beyond all files', `content-length: ${2 ** 52}`, form, 413],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked', form, 400],
    ['chunks that are none', 'transfer-encoding: chunked', form, 400],
    ['a line break in a header', `x-a: b\rx-c: d\r\ncontent-length: ${form.length}`, form, 400],
  ]
  for (const [name, headers, body, status] of cases) {
    const answer = await beginUpload(t, body, headers).answer()
    t.equal(answer.status, status, name)
    t.match(
      JSON.parse(answer.body).code,
      /^(upload-malformed|request-invalid|file-too-large)$/,
      name,
    )
  }
  const gone = beginUpload(t, form, `content-length: ${form.length + 100}`)
  gone.socket.end()
  await new Promise(resolve => gone.socket.once('close', resolve))
  t.strictSame(await countKept(), before, 'no row is left behind')
  while (listScratch().length > 0) await new Promise(resolve => setTimeout(resolve, 20))
  t.strictSame(listScratch(), [], 'no file is left behind')
})

t.test('headers in the names of a form are none', async t => {
  const dispositions = {
    // What would have been its name stands before the archive, where the reader forgives it.
    'form-data; name="file"; filename="a\r\nx-evil: 1\r\n\r\n.xlsx"': [201, undefined],
    'form-data; name="file"; filename="a%0d%0ax-evil: 1.xlsx"': [201, undefined],
  }
  for (const [disposition, [status, code]] of Object.entries(dispositions)) {
    const form = encodeForm({ ...sheetPart, disposition })
    const answer = await beginUpload(t, form, `content-length: ${form.length}`).answer()
    t.notMatch(answer.headers, /x-evil/)
    t.strictSame([answer.status, JSON.parse(answer.body).code], [status, code], disposition)
  }
  const name = { name: 'name', value: Buffer.from('Kr\xf3l', 'latin1') }
  const form = encodeForm(name, sheetPart)
  const answer = await beginUpload(t, form, `content-length: ${form.length}`).answer()
  t.equal(answer.status, 400, 'a name in another encoding')
  t.match(JSON.parse(answer.body).errors, [{ pointer: '/name', code: 'text-invalid' }])
})

t.test('hundreds of uploads at a time', async t => {
  const before = await countKept()
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, async () => {
      const body = new FormData()
      body.set('file', new Blob([sheet]), 'a.xlsx')
      const { status, body: answer } = await service.call<{ code?: string }>('POST', '/imports', {
        body,
      })
      return `${status} ${answer.code ?? ''}`.trim()
    }),
  )
  const taken = outcomes.filter(outcome => outcome === '201').length
  t.ok(taken > 0)
  t.equal(taken + outcomes.filter(outcome => outcome === '503 service-busy').length, 300)
  const after = await countKept()
  t.equal(Number(after!.imports) - Number(before!.imports), taken, 'what was answered 201 is there')
  t.equal(Number(after!.events) - Number(before!.events), taken)
  t.strictSame(listScratch(), [], 'no file is left behind')
})
