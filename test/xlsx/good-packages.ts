/** Workbooks that are read: archives, packages, encodings and workbook parts of every kind. */
import { MAIN, OFFICE, relationships, worksheet } from '../support/workbook-parts.ts'
import type { ZipPart } from '../support/zip-writer.ts'
import { type GoodWorkbook, good, oneRow, oneRowGolden, styledRow } from './good-workbook.ts'

const STRICT_MAIN = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
const STRICT_OFFICE = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
const COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

function strictly(text: string): string {
  return text.replaceAll(MAIN, STRICT_MAIN).replaceAll(OFFICE, STRICT_OFFICE)
}

/** The same XML with every element of the main namespace under the prefix `x`. */
function prefixed(text: string): string {
  return text
    .replace(/<(\/?)([a-zA-Z])/g, '<$1x:$2')
    .replaceAll(`xmlns="${MAIN}"`, `xmlns:x="${MAIN}"`)
    .replaceAll('<x:Relationship', '<Relationship')
    .replaceAll('</x:Relationship', '</Relationship')
}

function utf16(text: string, { isBigEndian = false, hasMark = true } = {}): Buffer {
  const bytes = Buffer.from((hasMark ? '\ufeff' : '') + text, 'utf16le')
  return isBigEndian ? bytes.swap16() : bytes
}

function everyXml(change: (text: string) => string | Buffer): (part: ZipPart) => ZipPart {
  return part => ({ ...part, data: change(part.data as string) })
}

const archives: GoodWorkbook[] = [
  good('archive-stored', { rows: oneRow, change: part => ({ ...part, method: 0 }) }, oneRowGolden),
  good(
    'archive-descriptors',
    { rows: oneRow, change: part => ({ ...part, hasDescriptor: true }) },
    oneRowGolden,
  ),
  good(
    'archive-zip64',
    { rows: oneRow, change: part => ({ ...part, isZip64: true }), zip: { isZip64: true } },
    oneRowGolden,
  ),
  good(
    'archive-comment',
    { rows: oneRow, zip: { comment: Buffer.alloc(0xffff, 'PK\x05\x06') } },
    oneRowGolden,
  ),
  good(
    'archive-bytes-before',
    { rows: oneRow, zip: { before: Buffer.from('PK stub') } },
    oneRowGolden,
  ),
  good(
    'archive-line-before',
    { rows: oneRow, zip: { before: Buffer.from('\ufeff\r\n') } },
    oneRowGolden,
  ),
  good('archive-bytes-after', { rows: oneRow, zip: { after: Buffer.from('\r\n') } }, oneRowGolden),
  good(
    'names-backslash-and-case',
    {
      rows: oneRow,
      change: part => ({ ...part, name: part.name.replaceAll('/', '\\').toUpperCase() }),
    },
    oneRowGolden,
  ),
]

const packages: GoodWorkbook[] = [
  good(
    'strings-and-styles-by-custom',
    {
      rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1</v></c></row>',
      strings: '<si><t>found</t></si>',
      formats: ['yyyy'],
      parts: {
        'xl/_rels/workbook.xml.rels': relationships(['rId1', 'worksheet', 'worksheets/sheet1.xml']),
      },
    },
    [
      [
        1,
        [
          [0, 'string', 'found'],
          [1, 'date', '1900-01-01T00:00:00'],
        ],
      ],
    ],
  ),
  good(
    'relationships-absolute',
    {
      parts: {
        '_rels/.rels': relationships(['x', 'officeDocument', '/data/book.xml']),
        'data/book.xml': `<workbook xmlns="${MAIN}" xmlns:q="${OFFICE}"><sheets><sheet name="Sheet1" q:id="a"/></sheets></workbook>`,
        'data/_rels/book.xml.rels': relationships(['a', 'worksheet', '../other/first%20sheet.xml']),
        'other/first sheet.xml': worksheet(oneRow),
        'xl/workbook.xml': null,
        'xl/_rels/workbook.xml.rels': null,
        'xl/worksheets/sheet1.xml': null,
      },
    },
    oneRowGolden,
  ),
  good(
    'relationships-carelessly-written',
    {
      rows: oneRow,
      parts: {
        '_rels/.rels': relationships(['x', 'officeDocument', 'xl/workbook.xml#top']),
        'xl/workbook.xml': `<workbook xmlns="${MAIN}"><sheets><sheet name="Sheet1" id="a"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Type="${OFFICE}/theme" Target="theme1.xml"/><Relationship Id="a" Type="${OFFICE}/worksheet" Target="worksheets/sheet#1.xml"/></Relationships>`,
        'xl/worksheets/sheet#1.xml': worksheet(oneRow),
        'xl/worksheets/sheet1.xml': null,
      },
    },
    oneRowGolden,
  ),
  good(
    'names-percent-encoded',
    {
      rows: oneRow,
      parts: {
        'xl/_rels/workbook.xml.rels': relationships(['rId1', 'worksheet', 'worksheets/łąka.xml']),
        'xl/worksheets/%C5%82%C4%85ka.xml': worksheet(oneRow),
        'xl/worksheets/sheet1.xml': null,
      },
    },
    oneRowGolden,
  ),
  good(
    'parts-out-of-order',
    { rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings: '<si><t>late</t></si>' },
    [[1, [[0, 'string', 'late']]]],
  ),
  good('no-strings-part', { rows: oneRow }, oneRowGolden),
  good('strict', { rows: oneRow, change: everyXml(strictly) }, oneRowGolden),
  good('prefixes', { rows: oneRow, change: everyXml(prefixed) }, oneRowGolden),
  good('utf-8-mark', { rows: oneRow, change: everyXml(text => `\ufeff${text}`) }, oneRowGolden),
  good('utf-16-little', { rows: oneRow, change: everyXml(text => utf16(text)) }, oneRowGolden),
  good(
    'utf-16-big',
    { rows: oneRow, change: everyXml(text => utf16(text, { isBigEndian: true })) },
    oneRowGolden,
  ),
  good(
    'utf-16-without-mark',
    {
      rows: oneRow,
      change: everyXml(text =>
        utf16(`<?xml version="1.0" encoding="UTF-16"?>${text}`, { hasMark: false }),
      ),
    },
    oneRowGolden,
  ),
  good(
    'latin-2-declared',
    {
      rows: oneRow,
      change: everyXml(text =>
        Buffer.from(
          `<?xml version="1.0" encoding="iso-8859-2"?>${text.replaceAll('ż', '\xbf')}`,
          'latin1',
        ),
      ),
    },
    oneRowGolden,
  ),
]

const workbooks: GoodWorkbook[] = [
  good(
    'other-sheet-without-relationship',
    {
      rows: oneRow,
      sheets: '<sheet name="Sheet1" r:id="rId1"/><sheet name="Lost" r:id="rId99"/>',
    },
    oneRowGolden,
    { sheetNames: ['Sheet1', 'Lost'] },
  ),
  good(
    'hidden-and-chart-sheets',
    {
      sheets:
        '<sheet name="Chart" sheetId="3" r:id="rId3"/><sheet name="Hid" sheetId="1" state="veryHidden" r:id="rId1"/>' +
        '<sheet name="Seen" sheetId="2" r:id="rId2"/>',
      rows: '<row r="1"><c r="A1"><v>0</v></c></row>',
      parts: { 'xl/worksheets/sheet2.xml': worksheet(oneRow) },
    },
    oneRowGolden,
    { sheetNames: ['Chart', 'Hid', 'Seen'], sheet: 'Seen' },
  ),
  good(
    'alternate-content',
    {
      parts: {
        'xl/worksheets/sheet1.xml':
          `<worksheet xmlns="${MAIN}" xmlns:mc="${COMPATIBILITY}" xmlns:n="urn:new" xmlns:m="${MAIN}"><sheetData>` +
          '<mc:AlternateContent><mc:Choice Requires="n"><row r="1"><c r="A1"><v>9</v></c></row></mc:Choice>' +
          `<mc:Fallback>${oneRow}</mc:Fallback></mc:AlternateContent>` +
          '<mc:AlternateContent><mc:Choice Requires="m"><row r="2"><c r="A2"><v>2</v></c></row></mc:Choice>' +
          '<mc:Fallback><row r="2"><c r="A2"><v>8</v></c></row></mc:Fallback></mc:AlternateContent>' +
          '</sheetData></worksheet>',
      },
    },
    [...oneRowGolden, [2, [[0, 'number', '2']]]],
  ),
  good(
    'foreign-elements',
    {
      sheet:
        `<worksheet xmlns="${MAIN}" xmlns:f="urn:f"><f:sheetData><row r="7"/></f:sheetData><sheetPr/><sheetData>` +
        `<row r="1" f:x="1"><c r="A1" f:r="B1"><f:v>5</f:v><v>1</v><extLst><ext><v>6</v></ext></extLst></c><f:c><v>7</v></f:c><c r="C1" t="str"><v>ż</v></c></row><f:row/>` +
        '</sheetData><extLst><ext><row r="1"><c r="A1"><v>3</v></c></row></ext></extLst></worksheet>',
    },
    oneRowGolden,
  ),
  good(
    'date-system-1904',
    {
      properties: 'date1904="1"',
      formats: ['yyyy-mm-dd hh:mm:ss', 'h:mm'],
      rows: styledRow(1, ['0', '0.5']) + styledRow(2, ['42917.75', '1.25']),
    },
    [
      [
        1,
        [
          [0, 'date', '1904-01-01T00:00:00'],
          [1, 'date', '1904-01-01T12:00:00'],
        ],
      ],
      [
        2,
        [
          [0, 'date', '2021-07-02T18:00:00'],
          [1, 'date', '1904-01-02T06:00:00'],
        ],
      ],
    ],
    { date1904: true },
  ),
]

export const packageWorkbooks: readonly GoodWorkbook[] = [...archives, ...packages, ...workbooks]
