/**
 * Prints workbooks as JSON lines: for each file a head, a line for each row that holds values, and a
 * foot with their number, or an error alone. One file's fault never ends the run; exit code 1 tells of it.
 *
 *   node src/bin/xlsx-dump.ts FILE… [--sheet NAME]
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { type Cell, openWorkbook, XlsxError } from '../xlsx/index.ts'

/** `[column from 0, type, value, …]`: numbers as text, dates with their serial and kind. */
function dumpCell(cell: Cell): unknown[] {
  const column = cell.column - 1
  if (cell.type === 'number') return [column, cell.type, cell.text]
  if (cell.type !== 'date') return [column, cell.type, cell.value]
  const serial = cell.serial === null ? null : String(cell.serial)
  return [column, cell.type, cell.value, serial, cell.kind]
}

async function print(...lines: unknown[]): Promise<void> {
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

async function dumpFile(file: string, sheetName: string | undefined): Promise<void> {
  await using workbook = await openWorkbook(file)
  const sheet =
    sheetName === undefined
      ? workbook.firstVisibleSheet
      : workbook.sheets.find(candidate => candidate.name === sheetName)
  if (sheet === undefined) throw new XlsxError('no-worksheet', `no worksheet named ${sheetName}`)
  // Read once before anything is printed: no rows of a sheet that turns out to be damaged.
  await workbook.measureSheet(sheet)
  const { sheetNames, date1904 } = workbook
  await print({ file, sheetNames, sheet: sheet.name, date1904 })
  let rows = 0
  for await (const batch of workbook.rowBatches(sheet)) {
    await print(...batch.map(row => [row.number, row.cells.map(dumpCell)]))
    rows += batch.length
  }
  await print({ file, rows })
}

function describeError(error: unknown): { code: string; detail: string } {
  if (error instanceof XlsxError) return { code: error.code, detail: error.detail }
  const { code, message } = error as NodeJS.ErrnoException
  return { code: code ?? 'unexpected', detail: message }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sheet: { type: 'string' } },
})
if (positionals.length === 0) {
  console.error('usage: xlsx-dump FILE… [--sheet NAME]')
  process.exitCode = 2
}
for (const file of positionals) {
  try {
    await dumpFile(file, values.sheet)
  } catch (error) {
    process.exitCode = 1
    await print({ file, error: describeError(error) })
  }
}
