/** Workbooks that are usable though something in them is doubtful: what their owner is told, and what is imported. */
import t from 'tap'
import type { Contact, ContactPage } from '../../../src/contracts/contact.ts'
import type { Import, Preview } from '../../../src/contracts/import.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import {
  MAIN,
  OFFICE,
  type WorkbookSource,
  workbookParts,
  worksheet,
} from '../../support/workbook-parts.ts'
import { writeZip } from '../../support/zip-writer.ts'

const service = await startTestService(t)

const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`
const header = `<row r="1">${text('A1', 'Nazwisko')}${text('B1', 'Telefon')}${text('C1', 'Uwagi')}</row>`
const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'notes' },
]

async function upload(source: WorkbookSource, headers: Record<string, string> = {}) {
  const form = new FormData()
  form.set('file', new Blob([writeZip(workbookParts(source))]), 'lista.xlsx')
  return service.call<Import & { code?: string }>('POST', '/imports', { body: form, headers })
}

async function importAll(id: string, region = 'PL'): Promise<Contact[]> {
  const body = { headerRow: true, columns, region }
  await service.call('PUT', `/imports/${id}/mapping`, { body })
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  const contacts = await service.call<ContactPage>('GET', `/contacts?importId=${id}`)
  return contacts.body.items
}

const twoSheets = '<sheet name="Kontakty" r:id="rId1"/><sheet name="Zepsuty" r:id="rId2"/>'
const person = `<row r="2">${text('A2', 'Iks')}<c r="B2"><v>501234567</v></c></row>`

t.test('a damaged sheet beside a good one refuses nothing but itself', async t => {
  const damaged = worksheet('<row r="2"/><row r="1"/>')
  const rows = header + person
  const source = { rows, sheets: twoSheets, parts: { 'xl/worksheets/sheet2.xml': damaged } }
  const { status, body } = await upload(source, { 'accept-language': 'pl' })
  t.equal(status, 201)
  t.match(body.sheets, [
    { name: 'Kontakty', rows: 2, unreadable: false },
    { name: 'Zepsuty', rows: 0, unreadable: true },
  ])
  t.match(body.warnings, [
    { code: 'sheet-unreadable', sheet: 'Zepsuty', message: /^Nie można odczytać/ },
  ])
  t.match(body.warnings[0]!.message, /sheet "Zepsuty": xl\/worksheets\/sheet2\.xml: row 2/)
  const preview = await service.call<{ code: string; reason: string }>(
    'GET',
    `/imports/${body.id}/preview?sheet=Zepsuty`,
  )
  t.match(preview, { status: 422, body: { code: 'sheet-unreadable', reason: /row 1 after row 2/ } })
  const mapping = { sheet: 'Zepsuty', headerRow: true, columns }
  const mapped = await service.call<{ code: string }>('PUT', `/imports/${body.id}/mapping`, {
    body: mapping,
  })
  t.match(mapped, { status: 422, body: { code: 'sheet-unreadable' } })
  t.match(await importAll(body.id), [{ lastName: 'Iks', phone: '+48501234567' }])
})

t.test('a workbook without a sheet that can be read is refused', async t => {
  const parts = { 'xl/worksheets/sheet2.xml': worksheet('') }
  const { status, body } = await upload({
    rows: '<row r="2"/><row r="1"/>',
    sheets: twoSheets,
    parts,
  })
  t.equal(status, 422)
  t.equal(body.code, 'file-corrupt')
})

t.test('formulas without results, hidden rows and merged ranges are told at once', async t => {
  const rows =
    header +
    `<row r="2">${text('A2', 'Iks')}<c r="B2"><f>CONCATENATE("501","234567")</f></c>${text('C2', 'a')}</row>` +
    `<row r="3" hidden="1">${text('A3', 'Igrek')}<c r="B3"><v>501234568</v></c></row>` +
    '<row r="4"><c r="A4"><f>UPPER("z")</f><v/></c><c r="B4"><v>501234569</v></c></row>'
  const sheet =
    `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>` +
    '<mergeCells><mergeCell ref="C2:C3"/></mergeCells></worksheet>'
  const { body } = await upload({ sheet })
  t.match(body.warnings, [
    { code: 'formula-not-calculated', sheet: 'Sheet1', count: 2 },
    { code: 'rows-hidden', count: 1 },
    { code: 'cells-merged', count: 1 },
  ])
  t.equal(body.rows.total, 3)
  const read = await service.call<Import>('GET', `/imports/${body.id}`)
  t.same(read.body.warnings, body.warnings, 'also later')
  const listed = await service.call<{ items: object[] }>('GET', '/imports')
  t.notOk('warnings' in listed.body.items[0]!, 'a list carries none')
})

t.test('numbers are shown in the locale of the region, in previews and contacts', async t => {
  const rows = `${header}<row r="2">${text('A2', 'Iks')}<c r="B2" s="1"><v>601123456</v></c><c r="C2" s="2"><v>1234.5</v></c></row>`
  const formats = ['&quot;+420 &quot;### ### ###', '#,##0.00\\ &quot;zł&quot;']
  const { body } = await upload({ rows, formats })
  const preview = await service.call<Preview>('GET', `/imports/${body.id}/preview`)
  t.same(preview.body.rows, [['Iks', '+420 601 123 456', '1 234,50 zł']])
  t.match(await importAll(body.id, 'DE'), [{ phone: '+420601123456', notes: '1.234,50 zł' }])
})

t.test('blanks at the end are no rows', async t => {
  const rows = `${header}${person}<row r="3">${text('A3', ' ')}</row><row r="900">${text('A900', '\u00a0')}</row>`
  const { body } = await upload({ rows })
  t.equal(body.rows.total, 1)
  t.match(await importAll(body.id), [{ lastName: 'Iks' }])
})

t.test('the sheet that the workbook opens at is the one that is meant', async t => {
  const workbook =
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="1"/></bookViews>` +
    '<sheets><sheet name="Instrukcja" r:id="rId1"/><sheet name="Kontakty" r:id="rId2"/></sheets></workbook>'
  const parts = {
    'xl/workbook.xml': workbook,
    'xl/worksheets/sheet2.xml': worksheet(header + person),
  }
  const { body } = await upload({ rows: `<row r="1">${text('A1', 'Wypełnij')}</row>`, parts })
  const preview = await service.call<Preview>('GET', `/imports/${body.id}/preview`)
  t.equal(preview.body.sheet, 'Kontakty')
  t.match(await importAll(body.id), [{ lastName: 'Iks' }])
})
