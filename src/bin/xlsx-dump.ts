/**
 * Prints workbooks as JSON lines: for each file a head, a line for each row that holds values, and a
 * foot with their number, or an error alone. Whoever prints every cell uses every cell, so one that is not what its
 * type says is an error here. One file's fault never ends the run; exit code 1 tells of it.
 *
 *   node src/bin/xlsx-dump.ts FILE… [--sheet NAME]
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { type Cell, openWorkbook, type Row, XlsxError } from '../xlsx/index.ts'

/**
 * `[column from 0, type, value, …]`: dates with their serial and kind, numbers as doubles, with what their cell
 * shows where that is anything else, and with what is doubtful about them.
 */
function dumpCell(cell: Cell): unknown[] {
  const column = cell.column - 1
  if (cell.type === 'number') {
    const value = String(cell.value)
    const shown = cell.shown ?? (cell.text === value ? undefined : cell.text)
    if (cell.doubt !== undefined) return [column, cell.type, value, shown ?? null, cell.doubt]
    return shown === undefined ? [column, cell.type, value] : [column, cell.type, value, shown]
  }
  // What is richer than a text is the error that its cell stores, as for all who do not know rich values.
  if (cell.type === 'rich') return [column, 'error', cell.value]
  if (cell.type !== 'date') return [column, cell.type, cell.value]
  const serial = cell.serial === null ? null : String(cell.serial)
  return [column, cell.type, cell.value, serial, cell.kind]
}

/** A row without its formulas that have no result: those hold no value, and the foot counts them. */
function dumpRow({ number, cells }: Row): [number: number, cells: unknown[][]] {
  return [number, cells.filter(({ type }) => type !== 'uncalculated').map(dumpCell)]
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
  const { damagedCells, uncalculatedCells } = await workbook.measureSheet(sheet)
  if (damagedCells > 0) throw new XlsxError('cell-invalid', `${damagedCells} cells`)
  const { sheetNames, date1904 } = workbook
  await print({ file, sheetNames, sheet: sheet.name, date1904 })
  let rows = 0
  for await (const batch of workbook.rowBatches(sheet)) {
    const printed = batch.map(dumpRow).filter(([, cells]) => cells.length > 0)
    await print(...printed)
    rows += printed.length
  }
  await print({ file, rows, ...(uncalculatedCells > 0 && { uncalculatedCells }) })
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
