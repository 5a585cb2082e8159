import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Import } from '../../../src/contracts/import.ts'
import { writeContactSheet } from '../../../src/sample/contact-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'
import { relationships, workbookParts, worksheet } from '../../support/workbook-parts.ts'
import { writeZip } from '../../support/zip-writer.ts'

const service = await startTestService(t, { UPLOAD_BYTES_MAX: '200000' })
const folder = makeScratchFolder(t)
const good = join(folder, 'good.xlsx')
await writeContactSheet(good, { rows: 50, strings: 'inline' })

async function post(bytes: Uint8Array, name: string, headers: Record<string, string> = {}) {
  const form = new FormData()
  form.set('file', new Blob([bytes]), name)
  return service.call<{ code?: string; id?: string }>('POST', '/imports', { body: form, headers })
}

async function nothingKept(t: Test, label: string) {
  const [kept] = await queryOnce(
    service.database.adminUrl,
    `select (select count(*) from imports) as imports, (select count(*) from file_chunks) as chunks,
      (select count(*) from outbox) as events`,
  )
  t.same(kept, { imports: '0', chunks: '0', events: '0' }, `${label} leaves no row`)
  t.same(readdirSync(join(service.scratchDir, readdirSync(service.scratchDir)[0]!)), [], label)
}

t.test('what is no workbook is refused with its code and nothing is kept', async t => {
  const bytes = readFileSync(good)
  const damaged = Buffer.from(bytes)
  damaged.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 64)
  const empty = readFileSync(await writeSmallSheet(join(folder, 'empty.xlsx'), []))
  const refused: [string, Uint8Array, string, string][] = [
    ['text', Buffer.from('imię;nazwisko\n'), 'a.xlsx', 'file-not-xlsx'],
    ['nothing', Buffer.alloc(0), 'a.xlsx', 'file-not-xlsx'],
    ['cut', bytes.subarray(0, bytes.length - 200), 'a.xlsx', 'file-corrupt'],
    ['damaged', damaged, 'a.xlsx', 'file-corrupt'],
    ['too large', Buffer.alloc(200_001), 'a.xlsx', 'file-too-large'],
    ['empty', empty, 'a.xlsx', 'file-empty'],
  ]
  for (const [label, content, name, code] of refused) {
    const { status, body } = await post(content, name)
    t.equal(body.code, code, label)
    t.ok(status >= 400 && status < 500, `${label}: ${status}`)
    await nothingKept(t, label)
  }
})

t.test('names of sheets do not fill answers and events', async t => {
  const row = '<row r="1"><c r="A1"><v>1</v></c></row>'
  const named = (names: readonly string[]) => {
    const sheets = names.map((name, at) => `<sheet name="${name}" r:id="rId${at + 1}"/>`).join('')
    const links = names.map((_, at): [string, string, string] => [
      `rId${at + 1}`,
      'worksheet',
      `worksheets/sheet${at + 1}.xml`,
    ])
    const parts = {
      'xl/_rels/workbook.xml.rels': relationships(...links),
      ...Object.fromEntries(links.map(([, , target]) => [`xl/${target}`, worksheet(row)])),
    }
    return writeZip(workbookParts({ sheets, parts }))
  }
  const long = await post(named(['x'.repeat(256)]), 'a.xlsx')
  t.match(long, { status: 422, body: { code: 'file-beyond-limits' } })
  const many = Array.from({ length: 700 }, (_, at) => `${at}-${'ż'.repeat(80)}`)
  t.match(await post(named(many), 'a.xlsx'), { status: 422, body: { code: 'file-beyond-limits' } })
  t.match(await post(named(['a\u0001b']), 'a.xlsx'), {
    status: 422,
    body: { code: 'file-corrupt' },
  })
  await nothingKept(t, 'names')
})

t.test('what the reader met stands apart from the text for people', async t => {
  const { body } = await post(Buffer.from('imię;nazwisko\n'), 'a.xlsx', { 'accept-language': 'pl' })
  t.match(body, {
    title: 'Plik nie jest skoroszytem .xlsx',
    detail: 'Zapisz go jako skoroszyt programu Excel (.xlsx) i wyślij ponownie.',
    reason: /^[ -~]+$/,
  })
})

t.test('an idempotency key gives the first import again, and refuses another file', async t => {
  const headers = { 'idempotency-key': 'upload-1' }
  const bytes = readFileSync(good)
  const answers = await Promise.all([1, 2, 3].map(() => post(bytes, 'a.xlsx', headers)))
  t.same(
    answers.map(({ status }) => status),
    [201, 201, 201],
  )
  t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  const other = join(folder, 'other.xlsx')
  await writeContactSheet(other, { rows: 51, strings: 'inline' })
  const refused = await post(readFileSync(other), 'a.xlsx', headers)
  t.match(refused, { status: 422, body: { code: 'idempotency-key-reused' } })
  // The key is looked up before the file is inspected: what the file holds is of no account.
  const noWorkbook = await post(Buffer.from('imię;nazwisko\n'), 'a.xlsx', headers)
  t.match(noWorkbook, { status: 422, body: { code: 'idempotency-key-reused' } })
  const elsewhere = new FormData()
  elsewhere.set('file', new Blob([bytes]), 'a.xlsx')
  const foreign = await service.call<Import>('POST', '/imports', {
    body: elsewhere,
    tenant: 'globex',
    headers,
  })
  t.equal(foreign.status, 201, "another tenant's key is another key")
  t.not(foreign.body.id, answers[0]!.body.id)
})
