/** What a sheet tells beside its values: hidden rows, merged ranges, blanks at its end, the sheet it opens at. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import {
  openWorkbook,
  type Row,
  type RowBatchesOptions,
  type Workbook,
} from '../../src/xlsx/index.ts'
import {
  MAIN,
  OFFICE,
  type WorkbookSource,
  workbookParts,
  worksheet,
} from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

function open(t: Test, source: WorkbookSource, chunkBytes?: number): Promise<Workbook> {
  const path = join(t.testdir(), 'book.xlsx')
  writeFileSync(path, writeZip(workbookParts(source)))
  return openWorkbook(path, { chunkBytes })
}

async function readRows(workbook: Workbook, options?: RowBatchesOptions): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet, options))
    rows.push(...batch)
  return rows
}

const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`

t.test('hidden rows say so, in plain spellings and others', async t => {
  const rows = [
    `<row r="1">${text('A1', 'a')}</row>`,
    `<row r="2" hidden="1">${text('A2', 'b')}${text('B2', 'b')}</row>`,
    `<row r="3" hidden="1">${text('A3', 'c')}</row>`,
    `<row r="4" hidden="1"/>`,
    `<row r="5" hidden="true">${text('A5', 'd')}</row>`,
    `<row r="6" hidden="0">${text('A6', 'e')}</row>`,
    `<row r='7'>${text('A7', 'f')}</row>`,
    `<row r="8">${text('A8', 'g')}</row>`,
    `<row r="9" hidden="1">${text('A9', ' ')}</row>`,
  ]
  for (const chunkBytes of [1, 64, 4096]) {
    await using workbook = await open(t, { rows: rows.join('') }, chunkBytes)
    const read = await readRows(workbook)
    t.same(
      read.filter(({ hidden }) => hidden).map(({ number }) => number),
      [2, 3, 5, 9],
    )
    t.equal(read.length, 8)
    const measure = await workbook.measureSheet(workbook.firstVisibleSheet)
    t.equal(measure.hiddenRows, 3, 'those that hold a value')
  }
})

t.test('merged ranges are told by the measure, and to their first cells', async t => {
  const rows = `<row r="1">${text('A1', 'a')}${text('B1', 'b')}</row><row r="2">${text('B2', 'c')}</row>`
  const references = ['A1:A3', '$B$2:C2', 'B1', 'B1:B1', 'B3:A1', 'D9:E9', 'x', 'A1:B2:C3', 'A0:A2']
  const merged = references.map(reference => `<mergeCell ref="${reference}"/>`).join('')
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`
  await using workbook = await open(t, { sheet })
  const measure = await workbook.measureSheet(workbook.firstVisibleSheet)
  t.equal(measure.mergedCells, 3)
  t.same(measure.mergedRanges, [
    { row: 1, column: 1, rows: 3, columns: 1 },
    { row: 2, column: 2, rows: 1, columns: 2 },
    { row: 9, column: 4, rows: 1, columns: 2 },
  ])
  const [first, second] = await readRows(workbook, { merged: measure.mergedRanges })
  t.same(
    first!.cells.map(cell => cell.merged),
    [{ rows: 3, columns: 1 }, undefined],
  )
  t.same(
    second!.cells.map(cell => cell.merged),
    [{ rows: 1, columns: 2 }],
  )
  const untold = await readRows(workbook)
  t.ok(untold.every(({ cells }) => cells.every(cell => cell.merged === undefined)))
})

t.test('no more merged ranges are remembered than the cap, and all are counted', async t => {
  const merged = [1, 3, 5].map(row => `<mergeCell ref="A${row}:B${row}"/>`).join('')
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData/><mergeCells>${merged}</mergeCells></worksheet>`
  const path = join(t.testdir(), 'book.xlsx')
  writeFileSync(path, writeZip(workbookParts({ sheet })))
  await using workbook = await openWorkbook(path, { limits: { mergedRangesMax: 2 } })
  const measure = await workbook.measureSheet(workbook.firstVisibleSheet)
  t.equal(measure.mergedCells, 3)
  t.equal(measure.mergedRanges.length, 2)
})

t.test('texts of blanks alone do not lengthen a sheet', async t => {
  const blanks = [
    '<v> \n</v>',
    '<v>\u00a0\u200b</v>',
    '<v>&#160;</v>',
    '<v>_x000D_ </v>',
    '<v><![CDATA[ ]]></v>',
  ]
  const cells = blanks.map((blank, at) => `<c r="${'CDEFG'[at]}3" t="str">${blank}</c>`).join('')
  const rows =
    `<row r="1">${text('A1', 'a')}</row><row r="2">${text('A2', '_')}${text('B2', 'é')}</row>` +
    `<row r="3">${cells}<c r="H3" t="s"><v>0</v></c><c r="I3" t="s"><v>1</v></c></row>` +
    '<row r="4"><c r="A4" t="inlineStr"><is><t xml:space="preserve">  </t></is></c></row>'
  const strings = '<si><t>  </t></si><si><r><t>&#xa0;</t></r></si>'
  for (const chunkBytes of [1, 4096]) {
    await using workbook = await open(t, { rows, strings }, chunkBytes)
    t.match(await workbook.measureSheet(workbook.firstVisibleSheet), { rows: 2, columns: 2 })
    const read = await readRows(workbook)
    t.same(
      read.map(({ number }) => number),
      [1, 2, 3, 4],
      'they are cells all the same',
    )
    t.equal(read[2]!.cells.length, 7)
    const upTo = await readRows(workbook, { toRow: 2 })
    t.same(
      upTo.map(({ number }) => number),
      [1, 2],
    )
  }
})

t.test('the sheet that the workbook opens at', async t => {
  const workbookOf = (views: string) => ({
    'xl/workbook.xml':
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${views}<sheets>` +
      '<sheet name="A" r:id="rId1"/><sheet name="Chart" r:id="rId3"/><sheet name="B" r:id="rId2"/></sheets></workbook>',
    'xl/worksheets/sheet2.xml': worksheet(''),
    'xl/chartsheets/sheet1.xml': '<chartsheet/>',
  })
  const activeOf = async (views: string) => {
    await using workbook = await open(t, { parts: workbookOf(views) })
    return workbook.sheets.filter(({ active }) => active).map(({ name }) => name)
  }
  t.same(await activeOf(''), ['A'])
  t.same(
    await activeOf(
      '<bookViews><workbookView activeTab="2"/><workbookView activeTab="0"/></bookViews>',
    ),
    ['B'],
  )
  t.same(await activeOf('<bookViews><workbookView activeTab="1"/></bookViews>'), [])
  t.same(await activeOf('<bookViews><workbookView activeTab="x"/></bookViews>'), ['A'])
})
