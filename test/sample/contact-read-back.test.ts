/** What the generator wrote is what the reader reads, cell by cell. */
import { join } from 'node:path'
import t from 'tap'
import { contactColumns, contactRows } from '../../src/sample/contact-rows.ts'
import { writeContactSheet } from '../../src/sample/contact-sheet.ts'
import type { SheetValue } from '../../src/sample/sheet-writer.ts'
import { openWorkbook } from '../../src/xlsx/index.ts'

const rows = 5_000

for (const strings of ['shared', 'inline'] as const) {
  t.test(`${strings} strings`, async t => {
    const path = join(t.testdir(), 'contacts.xlsx')
    await writeContactSheet(path, { rows, strings })
    await using workbook = await openWorkbook(path)
    t.strictSame(workbook.sheetNames, ['Kontakty'])
    const source = sourceRows()
    let number = 0
    let differing = 0
    for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
      for (const row of batch) {
        number += 1
        const expected = expectedCells(source.next().value ?? [])
        const found = row.cells.map(({ type, column, value }) => ({ type, column, value }))
        if (row.number === number && JSON.stringify(found) === JSON.stringify(expected)) continue
        differing += 1
        if (differing === 1) t.strictSame(found, expected, `row ${number}`)
      }
    }
    t.equal(differing, 0)
    t.equal(number, rows + 1)
  })
}

function* sourceRows(): Generator<readonly SheetValue[], undefined> {
  yield contactColumns.map(column => column.header)
  yield* contactRows({ rows })
}

function expectedCells(values: readonly SheetValue[]): object[] {
  return values.flatMap((value, index): object[] => {
    const column = index + 1
    if (typeof value === 'string') return [{ type: 'string', column, value }]
    if (typeof value === 'number') return [{ type: 'number', column, value }]
    if (!(value instanceof Date)) return []
    return [{ type: 'date', column, value: value.toISOString().slice(0, 19) }]
  })
}
