/** What careless writers leave out or spell oddly in parts: codes of formats, namespaces, characters of names. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Cell, openWorkbook } from '../../src/xlsx/index.ts'
import { MAIN, type WorkbookSource, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

async function readSheet(t: Test, source: WorkbookSource) {
  const path = join(t.testdir(), 'book.xlsx')
  writeFileSync(path, writeZip(workbookParts(source)))
  await using workbook = await openWorkbook(path)
  const cells: Cell[] = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    cells.push(...batch.flatMap(row => row.cells))
  }
  return { name: workbook.firstVisibleSheet.name, cells }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

function styledColumn(styles: number, value: string): string {
  return range(1, styles)
    .map(row => `<row r="${row}"><c r="A${row}" s="${row - 1}"><v>${value}</v></c></row>`)
    .join('')
}

t.test('ids of formats that are dates in East Asia are dates without a code', async t => {
  const dates = [...range(27, 31), ...range(50, 58), ...range(71, 75), 78]
  const times = [76, 77, 79, 81]
  const elapsed = [80]
  const numbers = [23, 26, 49, ...range(59, 62), ...range(67, 70), 82]
  for (const [kind, ids] of Object.entries({ date: dates, time: times, elapsed })) {
    const styles = `<cellXfs>${ids.map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
    const rows = styledColumn(ids.length, '33000.5')
    const { cells } = await readSheet(t, { rows, styles })
    for (const [at, cell] of cells.entries()) {
      t.match(cell, { type: 'date', kind, value: '1990-05-07T12:00:00' }, `${ids[at]}`)
    }
  }
  const styles = `<cellXfs>${numbers.map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
  const { cells } = await readSheet(t, { rows: styledColumn(numbers.length, '33000'), styles })
  for (const [at, cell] of cells.entries()) t.match(cell, { type: 'number' }, `${numbers[at]}`)
})

t.test('a code of its own goes before what an id means without one', async t => {
  const styles =
    '<numFmts><numFmt numFmtId="27" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="27"/></cellXfs>'
  const { cells } = await readSheet(t, { rows: styledColumn(1, '950'), styles })
  t.match(cells, [{ type: 'number', shown: '00950' }])
})

t.test('styles without a namespace are read', async t => {
  const formats = '<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts>'
  const inner = `${formats}<cellXfs><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>`
  const spellings = [
    `<styleSheet>${inner}</styleSheet>`,
    `<styleSheet xmlns="">${inner}</styleSheet>`,
    `<x:styleSheet xmlns:x="${MAIN}">${inner}</x:styleSheet>`,
    `<styleSheet xmlns="${MAIN}"><cellXfs xmlns=""><xf numFmtId="14"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  ]
  for (const styles of spellings) {
    const parts = { 'xl/styles.xml': styles }
    const { cells } = await readSheet(t, { rows: styledColumn(2, '33000'), parts })
    t.match(cells, [
      { type: 'date', value: '1990-05-07T00:00:00' },
      { type: 'date', value: '1990-05-07T00:00:00' },
    ])
  }
})

t.test('styles of another namespace are refused, and never half read', async t => {
  const parts = { 'xl/styles.xml': '<styleSheet xmlns="urn:other"><cellXfs/></styleSheet>' }
  await t.rejects(readSheet(t, { rows: styledColumn(1, '1'), parts }), { code: 'corrupt' })
})

t.test('numeric references stand for their characters wherever names are', async t => {
  const plain = {
    rows: '<row r="12"><c r="AB12" s="1"><v>33000</v></c><c r="AC12" t="s"><v>0</v></c></row>',
    strings: '<si><t>Anna</t></si>',
    formats: ['&quot;K&quot;0'],
    sheets: '<sheet name="Kliś" sheetId="1" r:id="rId1"/>',
  }
  const written = {
    rows: '<row r="&#49;2"><c r="&#65;&#x42;1&#50;" s="&#x31;"><v>330&#48;0</v></c><c r="A&#x43;12" t="&#115;"><v>&#x30;</v></c></row>',
    strings: '<si><t>A&#110;na</t></si>',
    formats: ['&#34;K&#x22;&#48;'],
    sheets: '<sheet name="Kli&#347;" sheetId="1" r:id="rId&#x31;"/>',
  }
  const expected = await readSheet(t, plain)
  t.match(expected.cells, [
    { column: 28, type: 'number', shown: 'K33000' },
    { column: 29, type: 'string', value: 'Anna' },
  ])
  t.same(JSON.stringify(await readSheet(t, written)), JSON.stringify(expected))
})

t.test('a reference within a name of an element or that is none is refused', async t => {
  for (const rows of [
    '<row r="1"><c r="A&#0;1"><v>1</v></c></row>',
    '<row r="1"><c r="A&#x110000;1"><v>1</v></c></row>',
    '<row r="1"><c r="A&#;1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><&#118;>1</v></c></row>',
  ]) {
    await t.rejects(readSheet(t, { rows }), { code: 'xml-malformed' }, rows)
  }
})
