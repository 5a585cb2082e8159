/** The sheet of faulty rows, read with the service's own reader and held to the file that was imported. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Import, RowIssuePage } from '../../../src/contracts/import.ts'
import { issueNotesMax } from '../../../src/limits.ts'
import { cellText, codeText } from '../../../src/mapping/cell.ts'
import { contactColumns, contactRows } from '../../../src/sample/contact-rows.ts'
import type { Cell, Row } from '../../../src/xlsx/index.ts'
import { downloadIssueSheet, fetchIssueSheet, readRows } from '../../support/issue-sheet-reader.ts'
import { messyColumns, writeMessySheet } from '../../support/messy-sheet.ts'
import { queryOnce } from '../../support/query.ts'
import { makeScratchFolder } from '../../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../../support/service.ts'
import { writeSmallSheet } from '../../support/small-sheet.ts'
import { MAIN, PACKAGE, type WorkbookSource, workbookParts } from '../../support/workbook-parts.ts'
import { readZipText } from '../../support/zip-reader.ts'
import { writeZip } from '../../support/zip-writer.ts'

const service = await startTestService(t)
const { url } = service
const folder = makeScratchFolder(t)

async function importWorkbook(
  source: WorkbookSource,
  mapping: object,
): Promise<{ id: string; path: string }> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.xlsx`)
  writeFileSync(path, writeZip(workbookParts(source)))
  const { id } = await service.upload(path)
  const { status, body } = await service.call<Import>('PUT', `/imports/${id}/mapping`, {
    body: mapping,
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  await service.call('POST', `/imports/${id}/start`)
  await service.waitFor(id, isCompleted)
  return { id, path }
}

const text = (reference: string, value: string) =>
  `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`

/** What a cell holds and shows, wherever it stands. */
function meaning(cell: Cell | undefined) {
  if (cell === undefined || cell.type === 'uncalculated') return null
  const shared = [cellText(cell), codeText(cell)]
  // A text of ISO 8601 becomes a date like any other.
  if (cell.type === 'date') return ['date', cell.kind.replace('iso', 'date'), ...shared]
  if (cell.type !== 'number') return [cell.type, ...shared]
  // More digits than Excel keeps are kept as a text.
  return cell.doubt === 'digits-beyond-excel'
    ? ['string', ...shared]
    : ['number', cell.value, cell.doubt, ...shared]
}

/** Holds each row of the list to the row of the file that it names. */
async function compare(list: readonly Row[], path: string, place = 0): Promise<object[]> {
  const originals = new Map((await readRows(path, place)).map(row => [row.number, row]))
  const differences: object[] = []
  for (const { cells } of list.slice(1)) {
    const own = cells[0] as Cell & { value: number }
    const original = originals.get(own.value)!
    const width = Math.max(...cells.map(({ column }) => column), 2) - 1
    for (let column = 1; column < width; column += 1) {
      const wanted = meaning(original.cells.find(cell => cell.column === column))
      const found = meaning(cells.find(cell => cell.column === column + 1))
      if (JSON.stringify(found) !== JSON.stringify(wanted)) {
        differences.push({ row: own.value, column, found, wanted })
      }
    }
  }
  return differences
}

const rich = 'http://schemas.microsoft.com/office/spreadsheetml/2017/richdata'
const richKinds = 'http://schemas.microsoft.com/office/2017/06/relationships'
const officeKinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A linked data type, and a picture, of which the file tells no text. */
const richParts = {
  'xl/metadata.xml':
    `<metadata xmlns="${MAIN}" xmlns:xlrd="${rich}"><metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes>` +
    `<futureMetadata name="XLRICHVALUE" count="2">${[0, 1]
      .map(at => `<bk><extLst><ext uri="{b}"><xlrd:rvb i="${at}"/></ext></extLst></bk>`)
      .join('')}</futureMetadata>` +
    '<valueMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>',
  'xl/richData/rdrichvalue.xml': `<rvData xmlns="${rich}" count="2"><rv s="0"><v>Gda\u0144sk &amp; Sopot</v></rv><rv s="1"><v>0</v></rv></rvData>`,
  'xl/richData/rdrichvaluestructure.xml': `<rvStructures xmlns="${rich}" count="2"><s t="_linkedentity2"><k n="_DisplayString" t="s"/></s><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/></s></rvStructures>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${[
    [`${officeKinds}/worksheet`, 'worksheets/sheet1.xml'],
    [`${officeKinds}/sheetMetadata`, 'metadata.xml'],
    [`${richKinds}/rdRichValue`, 'richData/rdrichvalue.xml'],
    [`${richKinds}/rdRichValueStructure`, 'richData/rdrichvaluestructure.xml'],
  ]
    .map(
      ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`,
}

const kinds: WorkbookSource = {
  formats: [
    '00\\-000',
    'd.m.yyyy',
    'd.m.yyyy h:mm',
    '0%',
    '#,##0.00\\ &quot;zł&quot;',
    '[h]:mm:ss',
  ],
  rows:
    `<row r="1">${text('A1', 'Telefon')}${text('B1', 'Kod')}${text('C1', 'Data')}${text('D1', 'Uwagi')}${text('F1', 'Reszta')}</row>` +
    `<row r="2">${text('A2', '12')}<c r="B2" s="1"><v>950</v></c><c r="C2" s="2"><v>36526</v></c>${text('D2', '=HYPERLINK("http://x")')}<c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c></row>` +
    `<row r="3">${text('A3', '501234567')}${text('D3', 'ok')}</row>` +
    `<row r="5">${text('A5', 'abc')}<c r="B5" s="4"><v>0.25</v></c><c r="C5" s="3"><v>45000.5</v></c>${text('D5', '+48 &amp; &lt;b&gt;')}<c r="E5" s="5"><v>-1234.5</v></c><c r="F5" s="6"><v>1.5</v></c></row>` +
    `<row r="6">${text('A6', '-1')}<c r="B6"><v>12345678901234567890</v></c>${text('C6', '@SUM(1)')}${text('D6', '\tx')}<c r="E6"><v>1.1010119900307101E+17</v></c><c r="F6"><v>0.30000000000000004</v></c></row>` +
    `<row r="7">${text('A7', '_x000D_ _x0041_ 1')}${text('B7', '_x005F_x0041_')}${text('C7', ' spaces ')}${text('D7', 'a_x0007_b')}<c r="E7" t="d"><v>2026-01-31</v></c><c r="F7"><f>A1</f></c></row>` +
    `<row r="8"><c r="A8"><v>123</v></c><c r="B8"><v>48501234567</v></c>${text('D8', '007')}<c r="E8" t="d"><v>2026-01-31T12:30:00</v></c></row>`,
}
const mapping = {
  headerRow: true,
  columns: [
    { column: 1, field: 'phone' },
    { column: 4, field: 'notes' },
  ],
  invalidValues: 'reject',
  force: true,
}

t.test('every cell holds and shows what it did, and no text becomes a formula', async t => {
  const { id, path } = await importWorkbook(kinds, mapping)
  const sheet = await downloadIssueSheet(url, id, { folder })
  const list = await readRows(sheet)
  t.strictSame(await compare(list, path), [])
  t.strictSame(
    list.map(({ cells }) => cells[0]!.value),
    ['Row', 2, 5, 6, 7, 8],
  )
  t.strictSame(
    list[0]!.cells.map(({ value }) => value),
    ['Row', 'Telefon', 'Kod', 'Data', 'Uwagi', 'E', 'Reszta', 'Reason'],
  )
  const xml = await readZipText(sheet, 'xl/worksheets/sheet1.xml')
  t.notMatch(xml, /<f[ >]/, 'no formula')
  t.match(
    xml,
    /<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/,
  )
  t.match(list[1]!.cells.at(-1)!.value, /^Telefon: "12" is not a phone number/)
})

t.test('the document says which import it corrects', async t => {
  const { id } = await importWorkbook(kinds, mapping)
  const sheet = await downloadIssueSheet(url, id, { folder })
  const properties = await readZipText(sheet, 'docProps/custom.xml')
  t.match(properties, `name="contact-import.corrects"><vt:lpwstr>${id}</vt:lpwstr>`)
})

t.test('by outcome, and in the language of the reader', async t => {
  const source = {
    rows:
      `<row r="1">${text('A1', 'Nazwisko')}${text('B1', 'Telefon')}${text('C1', 'E-mail')}</row>` +
      `<row r="2">${text('A2', 'Nowak')}${text('B2', '12')}${text('C2', 'a@example.com')}</row>` +
      `<row r="3">${text('A3', '')}${text('B3', '13')}</row>` +
      `<row r="4">${text('A4', 'Zając')}${text('B4', '501234567')}</row>`,
  }
  const { id } = await importWorkbook(source, {
    headerRow: true,
    columns: [
      { column: 1, field: 'lastName' },
      { column: 2, field: 'phone' },
      { column: 3, field: 'email' },
    ],
    required: ['lastName'],
    force: true,
  })
  const rowsOf = async (outcome?: string) => {
    const path = await downloadIssueSheet(url, id, {
      folder,
      language: 'pl',
      ...(outcome && { outcome }),
    })
    return readRows(path)
  }
  const numbers = (rows: Row[]) => rows.slice(1).map(({ cells }) => cells[0]!.value)
  t.strictSame(numbers(await rowsOf('rejected')), [3])
  t.strictSame(numbers(await rowsOf('blanked')), [2])
  t.strictSame(numbers(await rowsOf('all')), [2, 3])
  const all = await rowsOf()
  t.strictSame(numbers(all), [2, 3])
  t.strictSame(
    all[0]!.cells.map(({ value }) => value),
    ['Wiersz', 'Nazwisko', 'Telefon', 'E-mail', 'Przyczyna'],
  )
  t.match(
    all[2]!.cells.at(-1)!.value,
    /^Nazwisko: brakuje wartości \(Nazwisko\).*\nTelefon: „13” nie jest/,
  )
  const path = await downloadIssueSheet(url, id, { folder, language: 'pl' })
  const explanation = (await readRows(path, 1)).map(({ cells }) => cells[0]!.value)
  t.equal(explanation[0], 'Jak poprawić te wiersze')
  t.match(explanation[2], /nie zostały zaimportowane: 1\. .* wartości: 1\./)
  const answer = await fetchIssueSheet(url, id, { language: 'pl' })
  t.match(
    answer.headers.get('content-disposition'),
    /^attachment; filename=".+\.xlsx"; filename\*=UTF-8''.+%20-%20do%20poprawy\.xlsx$/,
  )
  await answer.body?.cancel()
  t.equal((await fetchIssueSheet(url, id, { outcome: 'skipped' })).status, 400)
})

t.test('without names in the file columns are called by their letters', async t => {
  const source = {
    rows: `<row r="1">${text('A1', 'Nowak')}${text('C1', '12')}</row><row r="2">${text('C2', '501234567')}</row>`,
  }
  const { id, path } = await importWorkbook(source, {
    headerRow: false,
    columns: [{ column: 3, field: 'phone' }],
    invalidValues: 'reject',
    force: true,
  })
  const list = await readRows(await downloadIssueSheet(url, id, { folder }))
  t.strictSame(
    list.map(({ cells }) => cells.map(({ value }) => value).slice(0, 4)),
    [
      ['Row', 'A', 'B', 'C'],
      [
        1,
        'Nowak',
        '12',
        'C: "12" is not a phone number that can be called (Phone). Write the whole number, one from abroad with + and its country code.',
      ],
    ],
  )
  t.strictSame(await compare(list, path), [])
})

t.test('of a hidden sheet, with serials from 1904 and rows of shared strings', async t => {
  const strings =
    '<si><t>Telefon</t></si><si><t>za krótki</t></si><si><r><t>1</t></r><r><t>2</t></r></si>'
  const sheet2 =
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' +
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' +
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>35000</v></c><c r="C2" t="d"><v>2026-01-31</v></c><c r="D2" t="s"><v>1</v></c></row>' +
    '</sheetData></worksheet>'
  const { id, path } = await importWorkbook(
    {
      strings,
      formats: ['yyyy\\-mm\\-dd'],
      properties: 'date1904="1"',
      rows: `<row r="1">${text('A1', 'pusto')}</row>`,
      sheets:
        '<sheet name="Jawny" sheetId="1" r:id="rId1"/><sheet name="Ukryty" sheetId="2" state="hidden" r:id="rId2"/>',
      parts: { 'xl/worksheets/sheet2.xml': sheet2 },
    },
    {
      sheet: 'Ukryty',
      headerRow: true,
      columns: [{ column: 1, field: 'phone' }],
      invalidValues: 'reject',
      force: true,
    },
  )
  const sheet = await downloadIssueSheet(url, id, { folder })
  t.strictSame(await compare(await readRows(sheet), path, 1), [])
  t.match(await readZipText(sheet, 'xl/workbook.xml'), 'date1904="1"')
})

t.test('cells of linked data types are the texts that they show', async t => {
  const rows =
    `<row r="1">${text('A1', 'Telefon')}${text('B1', 'Miasto')}${text('C1', 'Zdjęcie')}</row>` +
    `<row r="2">${text('A2', '12')}<c r="B2" t="e" vm="1"><v>#VALUE!</v></c><c r="C2" t="e" vm="2"><v>#VALUE!</v></c></row>`
  const { id, path } = await importWorkbook(
    { rows, parts: richParts },
    { ...mapping, columns: [{ column: 1, field: 'phone' }] },
  )
  const list = await readRows(await downloadIssueSheet(url, id, { folder }))
  t.strictSame(
    list[1]!.cells.slice(0, 4).map(({ type, value }) => [type, value]),
    [
      ['number', 2],
      ['string', '12'],
      ['string', 'Gdańsk & Sopot'],
      ['error', '#VALUE!'],
    ],
    path,
  )
})

t.test('a thousand faulty rows and more, each with its reason and its comment', async t => {
  const path = await writeSmallSheet(join(folder, 'faulty.xlsx'), [
    contactColumns.map(({ header }) => header),
    ...contactRows({ rows: 2_600, flawedEvery: 2 }),
  ])
  const { id } = await service.upload(path)
  await service.mapAndStart(id, { columns: messyColumns })
  const { rows: ledger, findings } = await service.waitFor(id, isCompleted)
  const sheet = await downloadIssueSheet(url, id, { folder })
  const list = await readRows(sheet)
  t.ok(ledger.rejected + findings.blanked > 1_000)
  t.strictSame(await compare(list, path), [])
  const found = new Set<unknown>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page = await service.call<RowIssuePage>('GET', `/imports/${id}/issues?limit=200${query}`)
    for (const { row } of page.body.items) found.add(row)
    cursor = page.body.nextCursor
  }
  t.strictSame(
    list.slice(1).map(({ cells }) => cells[0]!.value),
    [...found],
  )
  const comments = await readZipText(sheet, 'xl/comments1.xml')
  const noted = comments.match(/<comment /g)?.length
  t.equal(noted, Math.min(ledger.rejected + findings.blanked, issueNotesMax))
  const drawing = await readZipText(sheet, 'xl/drawings/vmlDrawing1.vml')
  t.equal(drawing.match(/<v:shape /g)?.length, noted)
})

t.test('while an import runs, before it is mapped, and when nothing is faulty', async t => {
  const path = await writeMessySheet(join(folder, 'few.xlsx'), 50)
  const { id } = await service.upload(path)
  const unmapped = await service.call<{ code: string }>('GET', `/imports/${id}/issues.xlsx`)
  t.match(unmapped, { status: 409, body: { code: 'mapping-missing' } })
  await service.mapAndStart(id, { columns: messyColumns })
  await service.waitFor(id, isCompleted)
  const list = await readRows(await downloadIssueSheet(url, id, { folder }))
  t.equal(list.length, 1, 'the names alone')
})

t.test('of an import that runs there is what came so far, and the file says so', async t => {
  const { id } = await importWorkbook(kinds, mapping)
  const { adminUrl } = service.database
  await queryOnce(
    adminUrl,
    `update imports set status = 'running', owner = 'x', lease_until = now() + interval '1 hour' where id = $1`,
    [id],
  )
  const sheet = await downloadIssueSheet(url, id, { folder })
  t.equal((await readRows(sheet)).length, 6)
  const lines = (await readRows(sheet, 1)).map(({ cells }) => cells[0]!.value)
  t.match(lines.at(-1), /^The import was not over/)
  await queryOnce(
    adminUrl,
    `update imports set status = 'completed', owner = null, lease_until = null where id = $1`,
    [id],
  )
})

t.test('who leaves ends the writing, and leaves no file behind', async t => {
  const { id } = await importWorkbook(kinds, mapping)
  for (let time = 0; time < 5; time += 1) {
    const answer = await fetchIssueSheet(url, id)
    await answer.body?.cancel()
  }
  const [scratch] = readdirSync(service.scratchDir)
  const left = () => readdirSync(join(service.scratchDir, scratch!))
  for (let look = 0; look < 100 && left().length > 0; look += 1) await sleep(50)
  t.strictSame(left(), [])
  t.equal((await readRows(await downloadIssueSheet(url, id, { folder }))).length, 6)
})

t.test('only for those who may import, and within the tenant', async t => {
  const { id } = await importWorkbook(kinds, mapping)
  const read = async (request: object, of = id) => {
    const answer = await fetchIssueSheet(url, of, request)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  t.strictSame(await read({ tenant: 'globex' }), [404, 'not-found'])
  t.strictSame(await read({ role: 'agent' }), [403, 'role-forbidden'])
  t.strictSame(await read({}, '0198c0de-7a10-7c44-9d2e-3f5b8a6c1e02'), [404, 'not-found'])
})
