/** Workbooks that are read: cells and strings of every kind and spelling. */
import { MAIN, OFFICE } from '../support/workbook-parts.ts'
import { type GoldenCell, type GoodWorkbook, good } from './good-workbook.ts'

/** Without a result, with an empty one, with an empty text that is one, with results, with an empty text that is none. */
const formulaRow = `<row r="1">${[
  '<c r="A1"><f>1</f></c>',
  '<c r="B1"><f>1</f><v></v></c>',
  '<c r="C1" t="e"><f t="shared" si="0"/><v/></c>',
  '<c r="D1" t="str"><f>""</f><v></v></c>',
  '<c r="E1" t="str"><f>"501234569"</f><v>501234569</v></c>',
  '<c r="F1"><f>1-1</f><v>0</v></c>',
  '<c r="G1" t="str"><f>""</f></c>',
].join('')}</row>`

const cells: GoodWorkbook[] = [
  good(
    'lenient-spellings',
    {
      rows:
        '<row r="1"><c r="a1" t="b"><v>TRUE</v></c><c r="B1"><is><t>007</t></is></c>' +
        '<c r="$C$1"><v>1</v></c><c r="D1" t="inlineStr"><v>value</v></c><c r="E1" s="99"><v>2</v></c></row>',
    },
    [
      [
        1,
        [
          [0, 'boolean', true],
          [1, 'string', '007'],
          [2, 'number', '1'],
          [3, 'string', 'value'],
          [4, 'number', '2'],
        ],
      ],
    ],
  ),
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
      [2, [[5, 'uncalculated', '']]],
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
          '123456789012345678',
          '0.30000000000000004',
          '1e+21',
          '3',
          '42',
          '9007199254740993',
          '1.7976931348623157e+308',
          '5e-324',
          '123456789.12345678',
          '0.12345678901234568',
        ].map((text, at): GoldenCell => [at, 'number', text]),
      ],
    ],
  ),
  good(
    'more-digits-than-a-double-holds',
    {
      rows: `<row r="1">${[
        '<c r="A1"><v>110101199003071234</v></c>',
        '<c r="B1"><f>A1</f><v> 12345678901234567890123456 </v></c>',
        '<c r="C1" s="1" t="n"><v>-110101199003071234.00</v></c>',
        '<c r="D1"><v>1.1010119900307101E+17</v></c>',
        '<c r="E1"><v>0000000001234567</v></c>',
      ].join('')}</row>`,
    },
    [
      [
        1,
        [
          '110101199003071234',
          '12345678901234567890123456',
          '-110101199003071234',
          '110101199003071000',
          '1234567',
        ].map((text, at): GoldenCell => [at, 'number', text]),
      ],
    ],
  ),
  good(
    'cells-that-are-not-of-their-type',
    {
      rows: `<row r="1">${[
        '<c r="A1" t="b"><v>TAK</v></c>',
        '<c r="B1" t="b"><v>2</v></c>',
        '<c r="C1" t="d"><v>2024-02-30</v></c>',
        '<c r="D1" t="x"><v>1</v></c>',
        '<c r="E1" t="N"><v>5</v></c>',
        '<c r="F1" t="STR"><v>text</v></c>',
        '<c r="G1" t="S"><v>0</v></c>',
      ].join('')}</row>`,
      strings: '<si><t>shared</t></si>',
    },
    [
      [
        1,
        [
          [0, 'error', 'TAK'],
          [1, 'error', '2'],
          [2, 'error', '2024-02-30'],
          [3, 'error', '1'],
          [4, 'number', '5'],
          [5, 'string', 'text'],
          [6, 'string', 'shared'],
        ],
      ],
    ],
  ),
  good('formulas-without-results', { rows: formulaRow }, [
    [
      1,
      [
        ...[0, 1, 2].map((at): GoldenCell => [at, 'uncalculated', '']),
        [4, 'string', '501234569'],
        [5, 'number', '0'],
        [6, 'uncalculated', ''],
      ],
    ],
  ]),
  good(
    'formulas-to-be-calculated-on-load',
    {
      rows: formulaRow,
      parts: {
        'xl/workbook.xml':
          `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
          '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>',
      },
    },
    [
      [
        1,
        [
          ...[0, 1, 2].map((at): GoldenCell => [at, 'uncalculated', '']),
          [4, 'string', '501234569'],
          [5, 'uncalculated', ''],
          [6, 'uncalculated', ''],
        ],
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
    'rows-numbered-by-their-cells',
    {
      rows: '<row><c r="A5"><v>5</v></c><c r="B5"><v>6</v></c></row><row><c r="B9"><v>9</v></c></row><row r="12.0"><c r=""><v>12</v></c></row>',
    },
    [
      [
        5,
        [
          [0, 'number', '5'],
          [1, 'number', '6'],
        ],
      ],
      [9, [[1, 'number', '9']]],
      [12, [[0, 'number', '12']]],
    ],
  ),
  good(
    'values-beside-inline-strings',
    {
      rows: `<row r="1">${[
        '<c r="A1" t="inlineStr"><v>7</v><is><t>before</t></is></c>',
        '<c r="B1" t="inlineStr"><is><r><t>aft</t></r><r><t>er</t></r></is><v>7</v></c>',
        '<c r="C1" t="inlineStr"><f>1</f><v>alone</v></c>',
        '<c r="D1"><is><t>no type</t></is></c>',
        '<c r="E1" t=""><v>5</v></c>',
        '<c r="F1"><v>1</v><v>2</v></c>',
      ].join('')}</row>`,
    },
    [
      [
        1,
        [
          [0, 'string', 'before'],
          [1, 'string', 'after'],
          [2, 'string', 'alone'],
          [3, 'string', 'no type'],
          [4, 'number', '5'],
          [5, 'number', '1'],
        ],
      ],
    ],
  ),
  good(
    'escapes-by-references',
    {
      rows: '<row r="1"><c r="A1" t="str"><v>&#95;x0041&#95;</v></c><c r="B1" t="inlineStr"><is><t>&#x5f;x0042_</t></is></c><c r="C1" t="s"><v>0</v></c></row>',
      strings: '<si><t>&#95;x0043_</t></si>',
    },
    [
      [
        1,
        [
          [0, 'string', 'A'],
          [1, 'string', 'B'],
          [2, 'string', 'C'],
        ],
      ],
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

export const cellWorkbooks: readonly GoodWorkbook[] = [...cells, ...strings]
