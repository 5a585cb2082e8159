/**
 * What a workbook that must be read is made of: its bytes, and what is in it, written down by hand.
 */
import { type WorkbookSource, workbookParts } from '../support/workbook-parts.ts'
import { writeZip, type ZipOptions, type ZipPart } from '../support/zip-writer.ts'

/** `[column from 0, type, value]`, in the form that `xlsx-dump` prints. */
export type GoldenCell = [column: number, type: string, value: string | boolean]

export interface Golden {
  sheetNames: string[]
  sheet: string
  date1904: boolean
  rows: [number: number, cells: GoldenCell[]][]
}

export interface GoodWorkbook {
  name: string
  bytes: Buffer
  golden: Golden
}

export function good(
  name: string,
  source: WorkbookSource & { zip?: ZipOptions; change?: (part: ZipPart) => ZipPart },
  rows: Golden['rows'],
  golden: Partial<Golden> = {},
): GoodWorkbook {
  const parts = workbookParts(source).map(source.change ?? (part => part))
  return {
    name,
    bytes: writeZip(parts, source.zip),
    golden: { sheetNames: ['Sheet1'], sheet: 'Sheet1', date1904: false, rows, ...golden },
  }
}

export const oneRow = '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="str"><v>ż</v></c></row>'
export const oneRowGolden: Golden['rows'] = [
  [
    1,
    [
      [0, 'number', '1'],
      [2, 'string', 'ż'],
    ],
  ],
]

/** A row of numbers in columns A, B, …, each with the cell format of its position. */
export function styledRow(row: number, values: readonly string[]): string {
  const cells = values.map((value, at) => {
    const letter = String.fromCharCode(65 + at)
    return `<c r="${letter}${row}" s="${at + 1}"><v>${value}</v></c>`
  })
  return `<row r="${row}">${cells.join('')}</row>`
}
