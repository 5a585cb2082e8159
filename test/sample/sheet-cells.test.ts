/** What single values look like as worksheet XML. */
import t from 'tap'
import {
  cellCharactersMax,
  columnLetters,
  dateSerial,
  escapeText,
  inlineTextCell,
  rowXml,
  sheetRowsMax,
  textXml,
} from '../../src/sample/sheet-cells.ts'

t.test('column letters', async t => {
  const columns = [0, 25, 26, 51, 701, 702, 16_383]
  t.strictSame(columns.map(columnLetters), ['A', 'Z', 'AA', 'AZ', 'ZZ', 'AAA', 'XFD'])
})

t.test('date serials count from 1900 and step over 29 February 1900', async t => {
  const serials: [string, number][] = [
    ['1900-01-01', 1],
    ['1900-02-28', 59],
    ['1900-03-01', 61],
    ['1970-01-01', 25_569],
    ['2024-02-29', 45_351],
    ['2024-02-29T18:00:00', 45_351.75],
    ['9999-12-31', 2_958_465],
  ]
  for (const [date, serial] of serials) {
    t.equal(dateSerial(new Date(date.includes('T') ? `${date}Z` : date)), serial, date)
  }
  t.ok(Number.isNaN(dateSerial(new Date('1899-12-31'))))
  t.ok(Number.isNaN(dateSerial(new Date(Number.NaN))))
})

t.test('text is escaped so that it reads back as it was', async t => {
  const escapes: [string, string][] = [
    ['zażółć 🇬🇧', 'zażółć 🇬🇧'],
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['line\nbreak\ttab', 'line\nbreak\ttab'],
    ['cr\r\n', 'cr_x000D_\n'],
    ['nul\u0000bell\u0007', 'nul_x0000_bell_x0007_'],
    ['_x0041_ stays', '_x005F_x0041_ stays'],
    ['_x00g1_ _x41_', '_x00g1_ _x41_'],
    ['lone \ud83d end', 'lone _xD83D_ end'],
    ['lone \ude00 end', 'lone _xDE00_ end'],
    ['\uffff', '_xFFFF_'],
  ]
  for (const [text, xml] of escapes) t.equal(escapeText(text), xml)
  t.equal(textXml(' edge'), '<t xml:space="preserve"> edge</t>')
  t.equal(textXml('a\nb'), '<t xml:space="preserve">a\nb</t>')
  t.equal(textXml('a b'), '<t>a b</t>')
})

t.test('a row holds its values by type and leaves gaps', async t => {
  const values = ['x', null, 48501234567, undefined, true, new Date('2024-02-29'), 0.1, '']
  t.equal(
    rowXml(3, values, inlineTextCell),
    '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="C3"><v>48501234567</v></c>' +
      '<c r="E3" t="b"><v>1</v></c><c r="F3" s="1"><v>45351</v></c><c r="G3"><v>0.1</v></c>' +
      '<c r="H3" t="inlineStr"><is><t></t></is></c></row>',
  )
})

t.test('what no cell can hold is refused by its address', async t => {
  const refused: [number, Parameters<typeof rowXml>[1], RegExp][] = [
    [7, [null, Number.NaN], /B7/],
    [7, [Number.POSITIVE_INFINITY], /A7/],
    [7, [new Date('1899-12-31')], /A7/],
    [7, ['x'.repeat(cellCharactersMax + 1)], /A7/],
    [7, new Array(16_385).fill(1), /row 7/],
    [sheetRowsMax + 1, [1], /1048576/],
  ]
  for (const [row, values, message] of refused) {
    t.throws(() => rowXml(row, values, inlineTextCell), { name: 'RangeError', message })
  }
})
