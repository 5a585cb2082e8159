/** What the formats of cells show of numbers, and that nobody is given a text that Excel would not show. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parseNumberFormat } from '../../src/xlsx/formats/number-format.ts'
import { numberSigns } from '../../src/xlsx/formats/number-signs.ts'
import { type NumberCell, openWorkbook } from '../../src/xlsx/index.ts'
import { workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

type Case = readonly [code: string, value: string, shown: string | undefined, asCode?: string]

/** The numbers of a column, each with the cell format of its case. */
async function readNumbers(t: Test, cases: readonly Case[], locale?: string) {
  const path = join(t.testdir(), 'book.xlsx')
  const quote = (code: string) =>
    code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const rows = cases.map(([, value], at) => {
    const row = at + 1
    return `<row r="${row}"><c r="A${row}" s="${row}"><v>${value}</v></c></row>`
  })
  const formats = cases.map(([code]) => quote(code))
  writeFileSync(path, writeZip(workbookParts({ rows: rows.join(''), formats })))
  await using workbook = await openWorkbook(path, { locale })
  const cells: NumberCell[] = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    for (const row of batch) cells.push(row.cells[0]! as NumberCell)
  }
  return cells
}

async function check(t: Test, cases: readonly Case[], locale?: string) {
  const cells = await readNumbers(t, cases, locale)
  for (const [at, [code, value, shown, asCode = shown]] of cases.entries()) {
    const cell = cells[at]!
    t.match(cell, { type: 'number', value: Number(value) }, code)
    t.equal(cell.doubt, undefined, `${code}: ${value} is not doubtful`)
    t.equal(cell.shown, shown, `${code}: ${value}`)
    t.equal(cell.shownAsCode, asCode === value ? undefined : asCode, `${code}: ${value} as a code`)
  }
}

t.test('whole numbers are shown with their literals and zeros', t =>
  check(t, [
    ['00\\-000', '950', '00-950'],
    ['00-000', '30001', '30-001'],
    ['[$-415]00\\-000', '0', '00-000'],
    ['00000000000', '2070803628', '02070803628'],
    ['000"-"000"-"00"-"00', '1234567890', '123-456-78-90'],
    ['000 000 000', '501234567', '501 234 567'],
    ['"+48 "000000000', '501234567', '+48 501234567'],
    ['(00) 000', '1234567', '(1234) 567'],
    ['"+420 "### ### ###', '601123456', '+420 601 123 456'],
    ['\\+420\\ ###\\ ###\\ ###', '602123456', '+420 602 123 456'],
    ['"+420"#', '603123456', '+420603123456'],
    ['"+420 "General', '604123456', '+420 604123456'],
    ['+0', '4915123456789', '+4915123456789'],
    ['\\+0;', '420605123456', '+420605123456'],
    ['+## ### ### ###', '420606123456', '+420 606 123 456'],
    ['"0043 "0', '664123456', '0043 664123456'],
    ['0000#', '1310', '01310'],
    ['"0"#', '12', '012'],
    ['"K"00000', '12', 'K00012'],
    ['K00000', '12', 'K00012'],
    ['"K-"00000', '12', 'K-00012'],
    ['00000_)', '2136', '02136'],
    ['[Red]00000', '2137', '02137'],
    ['[Czerwony]00000', '2137', '02137'],
    ['[Color 12]00000', '2137', '02137'],
    ['* 00000', '2137', '02137'],
    ['0 "kg"', '5', '5 kg'],
    ['0 szt.', '5', '5 szt.'],
    ['[$zł-415]00', '5', 'zł05'],
    ['??0', '5', undefined],
    ['#-##', '1', '-1'],
    ['00:00', '1234', '12:34'],
    ['#', '0', ''],
  ]),
)

t.test('plain digits cost no text', async t => {
  const plain: Case[] = [
    ['General', '0.3', undefined],
    ['@', '12345', undefined],
    ['0', '5', undefined],
    ['0', '-5', undefined],
    ['[Red]0_)', '5', undefined],
    ['BOOLEAN', '12345', undefined],
    ['Standard', '12345', undefined],
    ['Currency', '7', undefined],
    ['Number', '7', undefined],
    ['Text', '7', undefined],
  ]
  await check(t, plain)
})

t.test('no more digits are shown than a spreadsheet keeps', t =>
  check(t, [
    ['General', '0.30000000000000004', '0.3'],
    ['@', '19.900000000000002', '19.9'],
    // The same double as 19.9, whose own text is short.
    ['@', '19.899999999999999', undefined],
    ['General', '1234.5678901234567', '1234.56789012346'],
    ['General', '-0.30000000000000004', '-0.3'],
    ['General', '123456789012.125', undefined],
  ]),
)

t.test('the section counts that the value falls into', t =>
  check(t, [
    ['[<=99999]00000;00000\\-0000', '2134', '02134'],
    ['[<=99999]00000;00000\\-0000', '123456789', '12345-6789'],
    ['00000;;;@', '2135', '02135'],
    ['00\\-000;[Red]\\-00\\-000', '950', '00-950'],
    ['00\\-000;[Red]\\-00\\-000', '-950', '-00-950'],
    ['[<=9999999]###-####;(###) ###-####', '5551234567', '(555) 123-4567'],
    ['[=1]"jeden";[=2]"dwa";0', '2', 'dwa'],
    ['[=1]"jeden";[=2]"dwa";000', '3', '003'],
    ['"Tak";"Tak";"Nie"', '1', 'Tak'],
    ['"Tak";"Tak";"Nie"', '-1', 'Tak'],
    ['"Tak";"Tak";"Nie"', '0', 'Nie'],
    ['0;;', '0', ''],
    [';;;', '5', ''],
    ['00000', '-5', '-00005'],
    ['[<5]00;000', '-5', '-05'],
  ]),
)

t.test('percentages, money and fractions are shown in the locale of the reader', async t => {
  const cases: Case[] = [
    ['0%', '0.25', '25%'],
    ['0.0%', '0.1234', '12,3%'],
    ['#,##0.00\\ "zł"', '1234.5', '1 234,50 zł', '1234,50 zł'],
    ['#,##0.00\\ [$zł-415]', '1234567', '1 234 567,00 zł', '1234567 zł'],
    ['_-* #,##0.00\\ [$€-1]_-', '1234.5', '1 234,50 €', '1234,50 €'],
    ['#,##0', '601123456', '601 123 456', '601123456'],
    ['0.00', '601123456', '601123456,00', '601123456'],
    ['0.##', '5', '5,', '5'],
    ['0.##', '5.256', '5,26'],
    ['#.##', '0.5', ',5'],
    ['0', '12.5', '13'],
    ['0.00', '1.005', '1,01'],
    ['0.0', '9.96', '10,0'],
    ['0.0', '0.04', '0,0'],
    ['0.00', '-1234.565', '-1234,57'],
    ['#,##0,,"M"', '12500000', '13M'],
    ['0,000', '5', '0 005', '0005'],
    ['# ?/?', '0.5', '1/2'],
    ['# ??/??', '1.25', '1 1/4'],
    ['# ?/?', '5', undefined],
    ['# ?/?', '4.99', '5'],
    ['?/?', '1.5', '3/2'],
    ['# ?/16', '1.3', '1 5/16'],
    ['# ???/???', '3.14159265', '3 16/113'],
    ['0.00E+00', '89010112345', '8,90E+10', '89010112345'],
    ['0.00E-00', '0.00012', '1,20E-04'],
    ['##0.0E+0', '12345', '12,3E+3', '12345'],
    ['"ok. "General', '0.5', 'ok. 0,5'],
  ]
  await check(t, cases, 'pl-PL')
  await check(t, [['#,##0.00 "zł"', '1234.5', '1.234,50 zł', '1234,50 zł']], 'de-DE')
  await check(t, [['#,##0.00 "zł"', '1234.5', '1,234.50 zł', '1234.50 zł']], 'en-US')
  await check(t, [['#,##0.00 "zł"', '1234.5', '1,234.50 zł', '1234.50 zł']])
})

t.test('a format that nobody can show says so', async t => {
  const unknown: Case[] = [
    ['[DBNum1]0', '12', undefined],
    ['[$-D00041E]0', '12', undefined],
    ['0.0.0', '12', undefined],
    ['0.0,0', '12', undefined],
    ['000/000/000', '123456789', undefined],
    ['[>5]0', '3', undefined],
    ['[<1]0;[>5]0', '3', undefined],
    ['[<-1]0;[<0]00;0', '-0.5', undefined],
    ['"K"@', '5', undefined],
    ['0 h', '5', undefined],
    ['0 m', '5', undefined],
    ['GeneralGeneral', '5', undefined],
    ['General0', '5', undefined],
    ['0E+', '5', undefined],
    ['DD.MM.RRRR', '45000', undefined],
    ['Tak;Tak;Nie', '1', undefined],
    ['yyyy\\-mm\\-dd', '-1', undefined],
  ]
  const cells = await readNumbers(t, unknown)
  for (const [at, [code]] of unknown.entries()) {
    t.match(cells[at], { type: 'number', doubt: 'format-unknown' }, code)
    t.equal(cells[at]!.shown, undefined, code)
    t.equal(cells[at]!.shownAsCode, undefined, code)
  }
})

t.test('digits that are lost, or more than Excel shows, are told', async t => {
  const cells = await readNumbers(t, [
    ['General', '110101199003071234', undefined],
    ['0000-0000-0000-0000-0000', '110101199003071234', undefined],
    ['General', '1.1010119900307101E+17', undefined],
    ['0', '-1e20', undefined],
    ['0.00', '8.9e10', undefined],
    ['General', '123456789012345', undefined],
  ])
  t.match(cells[0], { text: '110101199003071234', doubt: 'digits-beyond-excel' })
  t.equal(cells[0]!.shown, undefined)
  t.equal(cells[1]!.shown, '0011-0101-1990-0307-1234')
  t.match(cells[2], { text: '110101199003071000', doubt: 'digits-lost' })
  t.match(cells[3], { doubt: 'digits-lost' })
  t.equal(cells[4]!.doubt, undefined)
  t.equal(cells[5]!.doubt, undefined)
})

t.test(
  'a bare exclamation mark is a sign or an escape, so that nobody can say what it shows',
  async t => {
    for (const code of ['!00', '0!0', '0!.0,', '00!-000', '"K"!0']) {
      t.equal(parseNumberFormat(code, numberSigns('pl-PL')).show(7), null, code)
    }
    t.equal(parseNumberFormat('0!', numberSigns('pl-PL')).show(7), '7!')
    t.equal(parseNumberFormat('0"!"0', numberSigns('pl-PL')).show(7), '0!7')
    t.equal(parseNumberFormat('0\\!0', numberSigns('pl-PL')).show(7), '0!7')
  },
)

t.test('formats that have an id and no code', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const ids = [1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 39, 48, 49, 59, 62, 67, 69, 300]
  const cells = ids.map(
    (_, at) => `<c r="${'ABCDEFGHIJKLMNOPQR'[at]}1" s="${at}"><v>1234.5</v></c>`,
  )
  const unknown = [5, 8, 42, 44].map(
    (_, at) => `<c r="${'STUV'[at]}1" s="${ids.length + at}"><v>5</v></c>`,
  )
  const styles = `<cellXfs>${[...ids, 5, 8, 42, 44].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
  const rows = `<row r="1">${cells.join('')}${unknown.join('')}</row>`
  writeFileSync(path, writeZip(workbookParts({ rows, styles })))
  await using workbook = await openWorkbook(path)
  const { firstRows } = await workbook.measureSheet(workbook.firstVisibleSheet, { firstRows: 1 })
  const numbers = firstRows[0]!.cells as NumberCell[]
  t.same(
    numbers.slice(0, ids.length).map(({ shown, text }) => shown ?? text),
    [
      '1235',
      '1234.50',
      '1,235',
      '1,234.50',
      '123450%',
      '123450.00%',
      '1.23E+03',
      '1234 1/2',
      '1234 1/2',
    ].concat([
      '1,235',
      '1,234.50',
      '1.2E+3',
      '1234.5',
      '1235',
      '1,234.50',
      '123450%',
      '1234 1/2',
      '1234.5',
    ]),
  )
  t.same(
    numbers.slice(ids.length).map(({ doubt }) => doubt),
    Array.from({ length: 4 }, () => 'format-unknown'),
  )
})
