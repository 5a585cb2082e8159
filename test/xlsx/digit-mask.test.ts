/** Numbers whose leading zeros stand in their format alone, and formats that are no masks of digits. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openWorkbook } from '../../src/xlsx/index.ts'
import { workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

const masks: [code: string, value: string, shown: string | undefined][] = [
  ['00\\-000', '950', '00-950'],
  ['00-000', '30001', '30-001'],
  ['[$-415]00\\-000', '0', '00-000'],
  ['00000000000', '2070803628', '02070803628'],
  ['000&quot;-&quot;000&quot;-&quot;00&quot;-&quot;00', '1234567890', '123-456-78-90'],
  ['000 000 000', '501234567', '501 234 567'],
  ['&quot;+48 &quot;000000000', '501234567', '+48 501234567'],
  ['(00) 000', '1234567', '(1234) 567'],
  ['00000', '-5', undefined],
  ['00000', '1.5', undefined],
  ['00000', '1e300', undefined],
  ['0', '5', undefined],
  ['0 &quot;kg&quot;', '5', undefined],
  ['00 &quot;szt.&quot;', '5', undefined],
  ['[$zł-415]00', '5', undefined],
  ['0.00', '5', undefined],
  ['#00', '5', undefined],
  ['00%', '5', undefined],
  ['00,000', '5', undefined],
  ['00E+00', '5', undefined],
  ['00;-00', '5', undefined],
  ['General', '5', undefined],
]

t.test('a whole number is told as its mask shows it', async t => {
  const path = join(t.testdir(), 'book.xlsx')
  const formats = masks.map(([code]) => code)
  const rows = masks.map(([, value], at) => {
    const row = at + 1
    return `<row r="${row}"><c r="A${row}" s="${row}"><v>${value}</v></c></row>`
  })
  writeFileSync(path, writeZip(workbookParts({ rows: rows.join(''), formats })))
  await using workbook = await openWorkbook(path)
  const cells = []
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    for (const row of batch) cells.push(row.cells[0]!)
  }
  for (const [at, [code, value, shown]] of masks.entries()) {
    const cell = cells[at]!
    t.match(cell, { type: 'number', value: Number(value) }, code)
    t.equal(cell.type === 'number' ? cell.shown : null, shown, `${code}: ${value}`)
  }
})
