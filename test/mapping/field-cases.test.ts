/**
 * Cells as the field has them, each with what must become of it, from a folder beside the repository
 * (`../shared/cases/values.jsonl`). They are read from a real workbook, so that number formats count.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { SheetCell } from '../../src/mapping/cell.ts'
import { FindingsTally } from '../../src/mapping/findings-tally.ts'
import { openWorkbook } from '../../src/xlsx/index.ts'
import { prepareMapper } from '../support/built-in-catalogue.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { workbookParts } from '../support/workbook-parts.ts'
import { writeZip } from '../support/zip-writer.ts'

interface Expectation {
  readonly value?: string | null
  readonly invalid?: true
  readonly code?: string
  readonly finding?: true
  readonly anyOf?: readonly Expectation[]
}

interface Case {
  readonly group: string
  readonly field: string
  readonly region: string
  readonly kind: 'text' | 'number' | 'date'
  readonly cell: string
  readonly format: string
  readonly expect: Expectation
}

/** What became of a cell: its value, and the code and outcome of its finding. */
interface Result {
  readonly value: string | null
  readonly code: string | null
  readonly outcome: string | null
}

const path = join(import.meta.dirname, '../../../shared/cases/values.jsonl')

const skip = existsSync(path) ? false : `there are no cases at ${path}`

t.test('every case meets its expectation', { skip }, async t => {
  const cases = readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Case)
    // These stand in one column, which decides: `date-order.test.ts` reads them together.
    .filter(({ group }) => group !== 'date-month-first-column')
    // Digits beyond a double are kept as the file stores them, and noted.
    .filter(({ kind, cell }) => kind !== 'number' || cell.length <= 15)
  const cells = await readCells(join(makeScratchFolder(t), 'cases.xlsx'), cases)
  for (const [index, each] of cases.entries()) {
    const result = readCase(each, cells[index]!)
    const name = `${each.group} ${each.region} ${JSON.stringify(each.cell)} ${each.format}`
    const silent = result.outcome === null && !isRight(result, each.expect)
    t.ok(isMet(result, each.expect), name, { result, expect: each.expect, silent })
  }
})

function readCase({ field, region }: Case, cell: SheetCell): Result {
  const mapper = prepareMapper([{ column: 1, field }], { region, today: '2026-01-31' })
  const tally = new FindingsTally()
  const mapped = mapper.map({ number: 2, cells: [cell] }, tally)
  const finding = tally.findings().find(({ column }) => column === 1)
  const place = mapper.fields.findIndex(({ key }) => key === field)
  return {
    value: mapped.kind === 'contact' ? mapped.values[place]! : null,
    code: finding?.code ?? null,
    outcome: finding?.outcome ?? null,
  }
}

function isMet(result: Result, expect: Expectation): boolean {
  if (expect.anyOf) return expect.anyOf.some(each => isMet(result, each))
  const isRefused = result.outcome === 'blanked' || result.outcome === 'rejected'
  if (expect.invalid) return isRefused
  if (expect.code !== undefined) return result.code === expect.code
  if (expect.finding) return result.outcome !== null
  return !isRefused && result.value === expect.value
}

/** Whether a value that was stored without a finding is one that the case allows. */
function isRight(result: Result, expect: Expectation): boolean {
  if (expect.anyOf) return expect.anyOf.some(each => isRight(result, each))
  return expect.value !== undefined && result.value === expect.value
}

/** Writes each case into a row of its own and reads the rows back. */
async function readCells(path: string, cases: readonly Case[]): Promise<SheetCell[]> {
  const formats = [
    ...new Set(cases.map(({ kind, format }) => (kind === 'text' ? '' : format))),
  ].filter(format => format !== '' && format !== 'General')
  const rows = cases.map(
    (each, index) => `<row r="${index + 1}">${cellXml(each, index + 1, formats)}</row>`,
  )
  const parts = workbookParts({ rows: rows.join(''), formats: formats.map(escapeXml) })
  writeFileSync(path, writeZip(parts))
  await using workbook = await openWorkbook(path)
  const cells: SheetCell[] = []
  for await (const batch of workbook.rowBatches(workbook.sheets[0]!, { columns: [1] })) {
    for (const row of batch) cells[row.number - 1] = row.cells[0]!
  }
  return cells
}

function cellXml({ kind, cell, format }: Case, row: number, formats: readonly string[]): string {
  if (kind === 'text')
    return `<c r="A${row}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`
  const value = kind === 'date' ? dateSerial(cell) : cell
  return `<c r="A${row}" s="${formats.indexOf(format) + 1}"><v>${value}</v></c>`
}

/** Days since the 30th of December 1899. */
function dateSerial(date: string): number {
  return Date.parse(date) / 86_400_000 + 25_569
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
