/**
 * The conformance corpus: every file meets its expectation. The corpus lies outside of this
 * repository (CORPUS_DIR, or ../shared/corpus); without it the test says that it was skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { type Cell, openWorkbook, XlsxError } from '../../src/xlsx/index.ts'

const root = resolve(import.meta.dirname, '../..')
const corpusDir = resolve(process.env.CORPUS_DIR ?? join(root, '../shared/corpus'))
const exceptions: Record<string, string> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'corpus-exceptions.json'), 'utf8'),
)

type ExpectedCell = [column: number, type: string, value: unknown, ...extra: unknown[]]
type ExpectedRow = [number: number, cells: ExpectedCell[]]

interface Expected {
  expect: 'values' | 'error' | 'bounded'
  sheetNames?: string[]
  sheet?: string
  date1904?: boolean
  rows: ExpectedRow[] | null
  lenient?: string[]
  alternatives?: (ExpectedRow[] | { rows: ExpectedRow[] })[]
}

interface Outcome {
  sheetNames: readonly string[]
  sheet: string
  date1904: boolean
  rows: ExpectedRow[]
}

function readJson(path: string): unknown {
  const bytes = readFileSync(path)
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString())
}

/** Numbers as doubles, as the truth has them. */
function toExpectedForm(cell: Cell): ExpectedCell {
  const value = cell.type === 'number' ? String(cell.value) : cell.value
  // The records know no rich values, and have the error that such a cell stores.
  return [cell.column - 1, cell.type === 'rich' ? 'error' : cell.type, value]
}

async function readFirstVisible(path: string): Promise<Outcome> {
  await using workbook = await openWorkbook(path)
  const { firstVisibleSheet: sheet, sheetNames, date1904 } = workbook
  const { damagedCells } = await workbook.measureSheet(sheet)
  if (damagedCells > 0) throw new XlsxError('cell-invalid', `${damagedCells} cells`)
  const rows: ExpectedRow[] = []
  for await (const batch of workbook.rowBatches(sheet)) {
    for (const row of batch) {
      // The truth holds a formula without a result to be empty.
      const cells = row.cells.filter(({ type }) => type !== 'uncalculated')
      if (cells.length > 0) rows.push([row.number, cells.map(toExpectedForm)])
    }
  }
  return { sheetNames, sheet: sheet.name, date1904, rows }
}

const leapDay = /^1900-(02-28|02-29|03-01)T/

function isSameCell(actual: ExpectedCell, expected: ExpectedCell): boolean {
  const [column, type, value, extra, kind] = expected
  const [actualColumn, actualType, actualValue] = actual
  if (actualColumn !== column) return false
  if (String(extra).startsWith('ambiguous-date:') && actualType === 'date') {
    return actualValue === String(extra).slice('ambiguous-date:'.length)
  }
  if (kind === '1900-02-29' && leapDay.test(String(actualValue))) return true
  return actualType === type && actualValue === value
}

/** Where two lists of rows first differ, or null. */
function firstDifference(actual: ExpectedRow[], expected: ExpectedRow[]): string | null {
  for (let index = 0; index < Math.max(actual.length, expected.length); index++) {
    const [number, cells] = actual[index] ?? [null, []]
    const [expectedNumber, expectedCells] = expected[index] ?? [null, []]
    if (number !== expectedNumber) return `row ${number} instead of row ${expectedNumber}`
    for (let at = 0; at < Math.max(cells.length, expectedCells.length); at++) {
      const [cell, expectedCell] = [cells[at], expectedCells[at]]
      if (cell && expectedCell && isSameCell(cell, expectedCell)) continue
      return `row ${number}: ${JSON.stringify(cell)} instead of ${JSON.stringify(expectedCell)}`
    }
  }
  return null
}

function judge(outcome: Outcome | XlsxError, expected: Expected): string | null {
  const isTolerable = expected.expect !== 'values'
  if (outcome instanceof XlsxError) return isTolerable ? null : outcome.message
  if (expected.expect === 'error') return 'read without an error'
  if (expected.rows === null) return null
  const alternatives = (expected.alternatives ?? []).map(one =>
    Array.isArray(one) ? one : one.rows,
  )
  const differences = [expected.rows, ...alternatives].map(rows =>
    firstDifference(outcome.rows, rows),
  )
  if (differences.includes(null) && expected.expect === 'bounded') return null
  for (const field of ['sheetNames', 'sheet', 'date1904'] as const) {
    const [actual, wanted] = [JSON.stringify(outcome[field]), JSON.stringify(expected[field])]
    if (actual !== wanted) return `${field} ${actual} instead of ${wanted}`
  }
  return differences.includes(null) ? null : differences[0]!
}

t.test('corpus', { skip: existsSync(corpusDir) ? false : `${corpusDir} is absent` }, async t => {
  const index = readJson(join(corpusDir, 'index.json')) as { file: string; expected: string }[]
  t.ok(Object.keys(exceptions).length <= 5, 'at most five exceptions')
  const problems: string[] = []
  for (const { file, expected } of index) {
    if (file in exceptions) continue
    const wanted = readJson(join(corpusDir, expected)) as Expected
    const outcome = await readFirstVisible(join(corpusDir, 'files', file)).catch(error => {
      if (error instanceof XlsxError) return error
      throw new Error(`${file}: not an XlsxError`, { cause: error })
    })
    const problem = judge(outcome, wanted)
    if (problem !== null) problems.push(`${file}: ${problem}`)
  }
  t.strictSame(problems, [], `${index.length} files`)
})
