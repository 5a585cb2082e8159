/** Cells whose values are richer than a text: linked data types, links, pictures, errors with details. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openWorkbook, type XlsxLimits } from '../../src/xlsx/index.ts'
import { MAIN, OFFICE, PACKAGE, workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

const RICH = 'http://schemas.microsoft.com/office/spreadsheetml/2017/richdata'
const KINDS = 'http://schemas.microsoft.com/office/2017/06/relationships'

const metadataPart =
  `<metadata xmlns="${MAIN}" xmlns:xlrd="${RICH}">` +
  '<metadataTypes count="2"><metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>' +
  '<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{a}"/></extLst></bk></futureMetadata>' +
  `<futureMetadata name="XLRICHVALUE" count="6">${[4, 0, 1, 2, 3, 5]
    .map(at => `<bk><extLst><ext uri="{b}"><xlrd:rvb i="${at}"/></ext></extLst></bk>`)
    .join('')}</futureMetadata>` +
  '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata>' +
  `<valueMetadata count="7">${[1, 2, 3, 4, 0, 5].map(at => `<bk><rc t="2" v="${at}"/></bk>`).join('')}` +
  '<bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'

const structuresPart =
  `<rvStructures xmlns="${RICH}" count="5">` +
  '<s t="_linkedentity2"><k n="%EntityServiceId" t="i"/><k n="_DisplayString" t="s"/><k n="%EntityId" t="s"/></s>' +
  '<s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s>' +
  '<s t="_hyperlink"><k n="Address" t="s"/><k n="Text" t="s"/></s>' +
  '<s t="_error"><k n="errorType" t="i"/></s>' +
  '<s t="_webimage"><k n="WebImageIdentifier" t="i"/><k n="Text" t="s"/></s></rvStructures>'

const valuesPart =
  `<rvData xmlns="${RICH}" count="6">` +
  '<rv s="0"><v>268435456</v><v>Gdy&#324;sk_x0041_ &amp; Sopot</v><v>id</v></rv>' +
  '<rv s="1"><v>0</v><v>5</v></rv>' +
  '<rv s="2"><fb t="s">x</fb><v>https://example.com</v><v><![CDATA[Strona]]></v></rv>' +
  '<rv s="3"><v>8</v></rv>' +
  '<rv s="4"><v>0</v><v>a cat on a mat</v></rv>' +
  '<rv s="0"><v>268435456</v><v></v><v>id</v></rv></rvData>'

const parts = {
  'xl/metadata.xml': metadataPart,
  'xl/richData/rdrichvalue.xml': valuesPart,
  'xl/richData/rdrichvaluestructure.xml': structuresPart,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${[
    [`${OFFICE}/worksheet`, 'worksheets/sheet1.xml'],
    [`${OFFICE}/sheetMetadata`, 'metadata.xml'],
    [`${KINDS}/rdRichValue`, 'richData/rdrichvalue.xml'],
    [`${KINDS}/rdRichValueStructure`, 'richData/rdrichvaluestructure.xml'],
  ]
    .map(
      ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`,
}

const rows = [1, 2, 3, 4, 5, 6, 7, 8]
  .map(row => `<row r="${row}"><c r="A${row}" t="e" vm="${row}"><v>#VALUE!</v></c></row>`)
  .join('')

async function readCells(
  t: Test,
  changed: Record<string, string | null> = {},
  { cells = rows, limits }: { cells?: string; limits?: Partial<XlsxLimits> } = {},
): Promise<string[]> {
  const path = join(t.testdir(), 'book.xlsx')
  writeFileSync(path, writeZip(workbookParts({ rows: cells, parts: { ...parts, ...changed } })))
  await using workbook = await openWorkbook(path, { limits })
  const { firstRows } = await workbook.measureSheet(workbook.firstVisibleSheet, { firstRows: 99 })
  return firstRows.flatMap(row =>
    row.cells.map(cell => `${cell.type} ${'value' in cell ? cell.value : ''}`),
  )
}

const shown = [
  'string GdyńskA & Sopot',
  'rich #VALUE!',
  'string Strona',
  'error #VALUE!',
  'rich #VALUE!',
  'rich #VALUE!',
  'error #VALUE!',
  'rich #VALUE!',
]

t.test('a cell shows the text of its rich value, or says that it has none', async t => {
  t.same(await readCells(t), shown)
})

t.test('parts that are missing or damaged cost the texts, and never the workbook', async t => {
  const unknown = rows.match(/<row/g)!.map(() => 'rich #VALUE!')
  for (const name of Object.keys(parts).filter(part => !part.includes('_rels'))) {
    for (const damage of [null, '<broken', '<other/>', `<!DOCTYPE a><a/>`, '']) {
      t.same(new Set(await readCells(t, { [name]: damage })).has('string GdyńskA & Sopot'), false)
    }
  }
  t.same(await readCells(t, { 'xl/metadata.xml': null }), unknown)
  const lost = parts['xl/_rels/workbook.xml.rels'].replaceAll('/rdRich', '/other')
  t.same(await readCells(t, { 'xl/_rels/workbook.xml.rels': lost }), unknown)
})

t.test('texts beyond the caps are not known', async t => {
  const unknown = rows.match(/<row/g)!.map(() => 'rich #VALUE!')
  t.same(await readCells(t, {}, { limits: { richValuesMax: 6 } }), unknown)
  t.same(await readCells(t, {}, { limits: { richValuesMax: 7 } }), shown)
  t.same((await readCells(t, {}, { limits: { richCharactersMax: 20 } })).slice(0, 3), [
    'string GdyńskA & Sopot',
    'rich #VALUE!',
    'rich #VALUE!',
  ])
})

t.test(
  'numbers and texts beside a rich value stay; an empty cell with one is not empty',
  async t => {
    const cells =
      '<row r="1"><c r="A1" vm="1"><v>5</v></c><c r="B1" t="str" vm="2"><v>tekst</v></c>' +
      '<c r="C1" vm="2"/><c r="D1" vm="1"/><c r="E1" t="e" vm="x"><v>#VALUE!</v></c>' +
      '<c r="F1" t="e" vm="0"><v>#VALUE!</v></c><c r="G1" t="e"><v>#VALUE!</v></c></row>'
    t.same(await readCells(t, {}, { cells }), [
      'number 5',
      'string tekst',
      'rich ',
      'string GdyńskA & Sopot',
      'rich #VALUE!',
      'rich #VALUE!',
      'error #VALUE!',
    ])
  },
)
