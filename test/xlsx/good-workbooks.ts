/**
 * The workbooks that must be read, each with what is in it: one for each rule of the format that the
 * reader follows. `write-fixtures.ts` makes `good/` from them.
 */
import {
  MAIN,
  OFFICE,
  relationships,
  type WorkbookSource,
  workbookParts,
  worksheet,
} from '../support/workbook-parts.ts'
import { writeZip, type ZipOptions, type ZipPart } from '../support/zip-writer.ts'

/** `[column from 0, type, value]`, in the form that `xlsx-dump` prints. */
export type GoldenCell = [column: number, type: string, value: string | boolean]

export interface Golden {
  sheetNames: string[]
  sheet: string
  date1904: boolean
  rows: [number: number, cells: GoldenCell[]][]
}

export interface GoodWorkbook {
  name: string
  bytes: Buffer
  golden: Golden
}

const STRICT_MAIN = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
const STRICT_OFFICE = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
const COMPATIBILITY = 'http://schemas.openxmlformats.org/markup-compatibility/2006'

function good(
  name: string,
  source: WorkbookSource & { zip?: ZipOptions; change?: (part: ZipPart) => ZipPart },
  rows: Golden['rows'],
  golden: Partial<Golden> = {},
): GoodWorkbook {
  const parts = workbookParts(source).map(source.change ?? (part => part))
  return {
    name,
    bytes: writeZip(parts, source.zip),
    golden: { sheetNames: ['Sheet1'], sheet: 'Sheet1', date1904: false, rows, ...golden },
  }
}

const oneRow = '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="str"><v>ż</v></c></row>'
const oneRowGolden: Golden['rows'] = [
  [
    1,
    [
      [0, 'number', '1'],
      [2, 'string', 'ż'],
    ],
  ],
]

/** A row of numbers in columns A, B, …, each with the cell format of its position. */
function styledRow(row: number, values: readonly string[]): string {
  const cells = values.map((value, at) => {
    const letter = String.fromCharCode(65 + at)
    return `<c r="${letter}${row}" s="${at + 1}"><v>${value}</v></c>`
  })
  return `<row r="${row}">${cells.join('')}</row>`
}

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

const cells: GoodWorkbook[] = [
  good(
    'cell-types',
    {
      strings: '<si><t>zero</t></si><si><t/></si><si/>',
      rows:
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c>' +
        '<c r="D1" t="n"><v>-2.5</v></c><c r="E1" t="s"><v>0</v></c><c r="F1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>' +
        '<c r="G1" t="inlineStr"><is><t>in</t></is></c><c r="H1" t="d"><v>2024-02-29T13:45:30</v></c></row>' +
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" s="3"/><c r="D2"><v/></c>' +
        '<c r="E2" t="str"><f>""</f><v></v></c><c r="F2"><f>A1</f></c><c r="G2" t="inlineStr"><is><t></t></is></c></row>' +
        '<row r="3"><c r="A3" t="b"><v> true </v></c><c r="B3"><v> 7 </v></c><c r="C3" t="s"><v>\n0</v></c></row>',
    },
    [
      [
        1,
        [
          [0, 'boolean', true],
          [1, 'boolean', false],
          [2, 'error', '#N/A'],
          [3, 'number', '-2.5'],
          [4, 'string', 'zero'],
          [5, 'string', 'ab'],
          [6, 'string', 'in'],
          [7, 'date', '2024-02-29T13:45:30'],
        ],
      ],
      [
        3,
        [
          [0, 'boolean', true],
          [1, 'number', '7'],
          [2, 'string', 'zero'],
        ],
      ],
    ],
  ),
  good(
    'numbers',
    {
      rows: `<row r="1">${[
        '1E3',
        '4.8501234567E10',
        '0.1',
        '.5',
        '5.',
        '-0',
        '1e-7',
        '123456789012345678',
        '0.30000000000000004',
        '1e21',
        '+3',
        '00042',
        '9007199254740993',
        '1.7976931348623157E308',
        '5e-324',
        '123456789.12345678',
        '0.1234567890123456789',
      ]
        .map((text, at) => `<c r="${String.fromCharCode(65 + at)}1"><v>${text}</v></c>`)
        .join('')}</row>`,
    },
    [
      [
        1,
        [
          '1000',
          '48501234567',
          '0.1',
          '0.5',
          '5',
          '0',
          '1e-7',
          '123456789012345680',
          '0.30000000000000004',
          '1e+21',
          '3',
          '42',
          '9007199254740992',
          '1.7976931348623157e+308',
          '5e-324',
          '123456789.12345678',
          '0.12345678901234568',
        ].map((text, at): GoldenCell => [at, 'number', text]),
      ],
    ],
  ),
  good(
    'text-in-number-cell',
    { rows: '<row r="1"><c r="A1"><v>abc</v></c><c r="B1"><v>1e999</v></c></row>' },
    [
      [
        1,
        [
          [0, 'string', 'abc'],
          [1, 'string', '1e999'],
        ],
      ],
    ],
  ),
  good(
    'without-references',
    {
      rows: '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="4"><c r="C4"><v>4</v></c><c><v>5</v></c></row><row><c t="b"><v>1</v></c></row>',
    },
    [
      [
        1,
        [
          [0, 'number', '1'],
          [2, 'number', '3'],
        ],
      ],
      [
        4,
        [
          [2, 'number', '4'],
          [3, 'number', '5'],
        ],
      ],
      [5, [[0, 'boolean', true]]],
    ],
  ),
  good(
    'attribute-orders',
    {
      rows: `<row spans="1:3" r='1' ><c t="str" r="A1" s="0"><v>a</v></c><c s="0" t='n' r="B1"\n><v>2</v></c ><c r = "C1" t="str"><v>c</v></c></row>`,
    },
    [
      [
        1,
        [
          [0, 'string', 'a'],
          [1, 'number', '2'],
          [2, 'string', 'c'],
        ],
      ],
    ],
  ),
  good(
    'pretty-printed',
    {
      rows: '\n  <row r="1">\n    <c r="A1">\n      <v>1</v>\n    </c>\n    <c r="B1" t="str"><v>b</v></c>\n  </row>\n  <row r="2" ht="15">\r\n<c r="A2"><v>2</v></c>\r\n</row>\n<row r="3" ht="15"><c r="A3"><v>3</v></c></row>',
    },
    [
      [
        1,
        [
          [0, 'number', '1'],
          [1, 'string', 'b'],
        ],
      ],
      [2, [[0, 'number', '2']]],
      [3, [[0, 'number', '3']]],
    ],
  ),
  good('last-cell', { rows: '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' }, [
    [1048576, [[16383, 'number', '1']]],
  ]),
  good(
    'empty-sheet',
    { rows: '<row r="1"/><row r="2" s="1" customFormat="1"><c r="A2" s="1"/></row>' },
    [],
  ),
]

const strings: GoodWorkbook[] = [
  good(
    'rich-and-phonetic-strings',
    {
      strings:
        '<si><r><rPr><b/></rPr><t>bo</t></r><r><t xml:space="preserve">ld </t></r></si>' +
        '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></si>',
      rows:
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>' +
        '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c></row>',
    },
    [
      [
        1,
        [
          [0, 'string', 'bold '],
          [1, 'string', '東京'],
          [2, 'string', 'inline'],
        ],
      ],
    ],
  ),
  good(
    'escapes',
    {
      strings:
        '<si><t>_x0041_</t></si><si><t>_x005F_x0041_</t></si><si><t>a_b_x_x00e9_</t></si><si><t>_xD83D__xDE00_</t></si><si><t>_xD83D_</t></si>',
      rows: `<row r="1">${[0, 1, 2, 3, 4].map(at => `<c r="${'ABCDE'[at]}1" t="s"><v>${at}</v></c>`).join('')}<c r="F1" t="str"><v>_x000D_</v></c><c r="G1" t="inlineStr"><is><t>_x0041_</t></is></c></row>`,
    },
    [
      [
        1,
        [
          [0, 'string', 'A'],
          [1, 'string', '_x0041_'],
          [2, 'string', 'a_b_xé'],
          [3, 'string', '😀'],
          [4, 'string', '\ud83d'],
          [5, 'string', '\r'],
          [6, 'string', 'A'],
        ],
      ],
    ],
  ),
  good(
    'xml-text',
    {
      rows:
        '<row r="1"><c r="A1" t="str"><v>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</v></c>' +
        '<c r="B1" t="str"><v>a\r\nb\rc&#13;d</v></c><c r="C1" t="str"><v>x<!-- <v>no</v> -->y<![CDATA[<&amp;]]>z<?pi ?></v></c>' +
        '<c r="D1" t="inlineStr"><is><t xml:space="preserve">  s  </t></is></c><c r="E1" t="str"><v>]] ></v></c></row>',
    },
    [
      [
        1,
        [
          [0, 'string', '<&>"\'A😀'],
          [1, 'string', 'a\nb\nc\rd'],
          [2, 'string', 'xy<&amp;z'],
          [3, 'string', '  s  '],
          [4, 'string', ']] >'],
        ],
      ],
    ],
  ),
  good(
    'long-strings',
    {
      strings: `<si><t>${'ż'.repeat(32_767)}</t></si>`,
      rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>${'ab'.repeat(16_000)}</v></c></row>`,
    },
    [
      [
        1,
        [
          [0, 'string', 'ż'.repeat(32_767)],
          [1, 'string', 'ab'.repeat(16_000)],
        ],
      ],
    ],
  ),
]

const formats: GoodWorkbook[] = [
  good(
    'formats-custom',
    {
      formats: [
        'yyyy\\-mm\\-dd',
        'hh:mm:ss.000',
        '[h]:mm',
        'm/d',
        'mm:ss',
        '&quot;day&quot; 0',
        '[Red]0.00',
        '[$-409]mmmm',
        '0.00E+00',
        'General',
        '\\d0',
        'h AM/PM',
        '@',
        '# ?/?',
      ],
      rows: styledRow(
        1,
        Array.from({ length: 14 }, () => '45000.25'),
      ),
    },
    [
      [
        1,
        [
          ...[0, 1, 2, 3, 4].map((at): GoldenCell => [at, 'date', '2023-03-15T06:00:00']),
          ...[5, 6].map((at): GoldenCell => [at, 'number', '45000.25']),
          [7, 'date', '2023-03-15T06:00:00'],
          ...[8, 9, 10].map((at): GoldenCell => [at, 'number', '45000.25']),
          [11, 'date', '2023-03-15T06:00:00'],
          ...[12, 13].map((at): GoldenCell => [at, 'number', '45000.25']),
        ],
      ],
    ],
  ),
  good(
    'formats-sections',
    {
      formats: ['yyyy;0;0', '[&gt;=100]yyyy;0', '[&lt;1]h:mm;[&lt;100]0;yyyy', '0;yyyy'],
      rows:
        styledRow(1, ['0', '99', '0.5', '0']) +
        styledRow(2, ['200', '200', '50', '5']) +
        styledRow(3, ['200', '100', '200', '7']),
    },
    [
      [
        1,
        [
          [0, 'number', '0'],
          [1, 'number', '99'],
          [2, 'date', '1899-12-31T12:00:00'],
          [3, 'number', '0'],
        ],
      ],
      [
        2,
        [
          [0, 'date', '1900-07-18T00:00:00'],
          [1, 'date', '1900-07-18T00:00:00'],
          [2, 'number', '50'],
          [3, 'number', '5'],
        ],
      ],
      [
        3,
        [
          [0, 'date', '1900-07-18T00:00:00'],
          [1, 'date', '1900-04-09T00:00:00'],
          [2, 'date', '1900-07-18T00:00:00'],
          [3, 'number', '7'],
        ],
      ],
    ],
  ),
  good(
    'formats-built-in',
    {
      styles: `<cellXfs><xf/>${[14, 18, 22, 45, 46, 47, 1, 49].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`,
      rows: styledRow(
        1,
        Array.from({ length: 8 }, () => '1.5'),
      ),
    },
    [
      [
        1,
        [
          ...[0, 1, 2, 3, 4, 5].map((at): GoldenCell => [at, 'date', '1900-01-01T12:00:00']),
          [6, 'number', '1.5'],
          [7, 'number', '1.5'],
        ],
      ],
    ],
  ),
  good(
    'dates-at-the-edges',
    {
      formats: ['yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy'],
      rows: styledRow(1, [
        '0',
        '1',
        '59',
        '60',
        '61',
        '2958465',
        '2958466',
        '-1',
        '45000.999999999',
      ]),
    },
    [
      [
        1,
        [
          [0, 'date', '1899-12-31T00:00:00'],
          [1, 'date', '1900-01-01T00:00:00'],
          [2, 'date', '1900-02-28T00:00:00'],
          [3, 'date', '1900-03-01T00:00:00'],
          [4, 'date', '1900-03-01T00:00:00'],
          [5, 'date', '9999-12-31T00:00:00'],
          [6, 'number', '2958466'],
          [7, 'number', '-1'],
          [8, 'date', '2023-03-16T00:00:00'],
        ],
      ],
    ],
  ),
  good(
    'iso-dates',
    {
      rows: `<row r="1">${[
        '2024-02-29',
        '2024-02-29T12:00:00.250Z',
        '10:59:59.9999999',
        'PT25H0M1.5S',
        '2024-02-29T23:59:59.9999',
      ]
        .map((text, at) => `<c r="${'ABCDE'[at]}1" t="d"><v>${text}</v></c>`)
        .join('')}</row>`,
    },
    [
      [
        1,
        [
          [0, 'date', '2024-02-29T00:00:00'],
          [1, 'date', '2024-02-29T12:00:00.250'],
          [2, 'date', '1899-12-31T11:00:00'],
          [3, 'date', '1900-01-01T01:00:01.500'],
          [4, 'date', '2024-03-01T00:00:00'],
        ],
      ],
    ],
  ),
]

export const goodWorkbooks: readonly GoodWorkbook[] = [
  ...archives,
  ...packages,
  ...workbooks,
  ...cells,
  ...strings,
  ...formats,
]
