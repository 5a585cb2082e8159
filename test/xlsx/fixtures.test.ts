/**
 * Every fixture of `good/` gives what the JSON beside it says, every one of `bad/` the code in its
 * name, whatever the size of the chunks that it is read in.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Cell, type OpenOptions, openWorkbook, XlsxError } from '../../src/xlsx/index.ts'
import { badWorkbooks } from './bad-workbooks.ts'
import type { Golden, GoldenCell } from './good-workbook.ts'
import { goodWorkbooks } from './good-workbooks.ts'

const chunkSizes = [1, 7, 4096, 65_536]
const remake = 'run node test/xlsx/write-fixtures.ts'

function listFixtures(folder: string): string[] {
  const names = readdirSync(join(import.meta.dirname, folder))
  return names.filter(name => name.endsWith('.xlsx')).map(name => name.slice(0, -5))
}

function pathOf(folder: string, name: string): string {
  return join(import.meta.dirname, folder, `${name}.xlsx`)
}

function toGolden(cell: Cell): GoldenCell {
  return [cell.column - 1, cell.type, cell.type === 'number' ? cell.text : cell.value]
}

async function readAll(path: string, options: OpenOptions): Promise<Golden> {
  await using workbook = await openWorkbook(path, options)
  const { firstVisibleSheet: sheet, sheetNames, date1904 } = workbook
  const rows: Golden['rows'] = []
  for await (const batch of workbook.rowBatches(sheet)) {
    for (const row of batch) rows.push([row.number, row.cells.map(toGolden)])
  }
  const measure = await workbook.measureSheet(sheet, { firstRows: 2 })
  t.equal(measure.rows, rows.at(-1)?.[0] ?? 0, `${path} measures its rows`)
  const columns = rows.flatMap(([, cells]) => cells.map(([column]) => column + 1))
  t.equal(measure.columns, Math.max(0, ...columns), `${path} measures its columns`)
  const first = measure.firstRows.map(row => [row.number, row.cells.map(toGolden)])
  t.strictSame(
    first,
    rows.filter(([number]) => number <= 2),
    `${path} gives its first rows`,
  )
  return { sheetNames: [...sheetNames], sheet: sheet.name, date1904, rows }
}

t.test('good', async t => {
  const names = goodWorkbooks.map(workbook => workbook.name).sort()
  t.strictSame(listFixtures('good').sort(), names, remake)
  for (const { name, golden: defined } of goodWorkbooks) {
    const path = pathOf('good', name)
    const golden = JSON.parse(readFileSync(path.replace('.xlsx', '.json'), 'utf8'))
    t.strictSame(golden, defined, `${name} is as defined, else ${remake}`)
    for (const chunkBytes of chunkSizes) {
      t.strictSame(await readAll(path, { chunkBytes }), golden, `${name} in ${chunkBytes} B`)
    }
    const spilling = { limits: { sharedStringsMemoryBytesMax: 0 } }
    t.strictSame(await readAll(path, spilling), golden, `${name} with strings on disk`)
  }
})

t.test('bad', async t => {
  const names = badWorkbooks.map(workbook => workbook.name).sort()
  t.strictSame(listFixtures('bad').sort(), names, remake)
  for (const { name, code } of badWorkbooks) {
    for (const chunkBytes of chunkSizes) {
      const outcome = await readAll(pathOf('bad', name), { chunkBytes }).catch(error => error)
      t.type(outcome, XlsxError, `${name} in ${chunkBytes} B`)
      t.match(outcome, { code }, `${name} in ${chunkBytes} B: ${outcome}`)
    }
  }
})
