/**
 * Sheets that tempt a reader to hold much in memory: as XML written straight into a package,
 * because no ordinary writer would make them. Each is made once and kept.
 */
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { columnLetters } from '../src/sample/sheet-cells.ts'
import {
  fixedParts,
  sharedStringsEnd,
  sharedStringsPath,
  sharedStringsStart,
  sheetEnd,
  sheetPath,
  sheetStart,
} from '../src/sample/workbook-parts.ts'

export interface FlatShape {
  name: string
  rows: number
  /** Cells that hold a value. */
  cells: number
  /** XML of the cells of a row, 1-based. */
  rowCells(row: number): string
  /** Shared strings by place; none when absent. */
  sharedString?: (place: number) => string
}

const folder = join(import.meta.dirname, '.data')
const textColumns = 20
const wideColumns = 16_384
const styledColumns = 12
/** As many characters as a cell may have: 34 GB of XML in all, where Polish letters would pass the cap. */
const longText = 'a long remark of a customer '.repeat(1_200).slice(0, 32_767)

/** All shapes; `scale` below 1 takes that share of the rows, for a quick look. */
export function flatShapes(scale: number): FlatShape[] {
  const rows = Math.floor(1_048_575 * scale)
  const strings = rows * textColumns
  const sharedString = (place: number) => `text ${place}`
  return [
    {
      name: 'unique-in-order',
      ...{ rows, cells: strings, sharedString },
      rowCells: sharedCells(place => place),
    },
    {
      name: 'unique-shuffled',
      ...{ rows, cells: strings, sharedString },
      rowCells: sharedCells(place => (place * strideFor(strings)) % strings),
    },
    {
      name: 'long-text-in-every-row',
      ...{ rows, cells: rows },
      rowCells: row => `<c r="A${row}" t="inlineStr"><is><t>${longText}</t></is></c>`,
    },
    {
      name: 'all-columns',
      ...{ rows: Math.ceil(2_000 * scale), cells: Math.ceil(2_000 * scale) * wideColumns },
      rowCells: row => cells(wideColumns, column => `<c r="${column}${row}"><v>${row}</v></c>`),
    },
    {
      name: 'empty-styled-rows',
      ...{ rows: Math.floor(1_000_000 * scale), cells: 0 },
      rowCells: row => cells(styledColumns, column => `<c r="${column}${row}" s="1"/>`),
    },
  ]
}

function cells(count: number, cell: (letters: string) => string): string {
  let xml = ''
  for (let column = 0; column < count; column += 1) xml += cell(columnLetters(column))
  return xml
}

function sharedCells(choosePlace: (place: number) => number): (row: number) => string {
  return row => {
    let place = (row - 1) * textColumns
    return cells(textColumns, column => {
      const chosen = choosePlace(place)
      place += 1
      return `<c r="${column}${row}" t="s"><v>${chosen}</v></c>`
    })
  }
}

/** A step that visits every place once and never stays near: odd multiples share no factor. */
function strideFor(count: number): number {
  let stride = Math.floor(count * 0.618)
  while (greatestDivisor(stride, count) !== 1) stride += 1
  return stride
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** Finds the sheet or makes it. */
export async function makeFlatSheet(shape: FlatShape): Promise<{ path: string; cells: number }> {
  const path = join(folder, `${shape.name}-${shape.rows}.xlsx`)
  if (!statSync(path, { throwIfNoEntry: false })) {
    mkdirSync(folder, { recursive: true })
    await pipeline(packageOf(shape), createWriteStream(`${path}.draft`))
    renameSync(`${path}.draft`, path)
  }
  return { path, cells: shape.cells }
}

function packageOf(shape: FlatShape): Readable {
  const { sharedString } = shape
  const zip = new ZipFile()
  const stream = zip.outputStream as PassThrough
  const parts = fixedParts({ sheetName: shape.name, hasSharedStrings: sharedString !== undefined })
  for (const [path, xml] of parts) zip.addBuffer(Buffer.from(xml), path)
  const add = (path: string, xml: Iterable<string>) => {
    const part = Readable.from(xml, { objectMode: false })
    part.once('error', error => stream.destroy(error))
    // The texts repeat so much that a higher level would only take longer.
    zip.addReadStream(part, path, { compressionLevel: 1 })
  }
  add(sheetPath, chunked(sheetXml(shape)))
  if (sharedString) add(sharedStringsPath, chunked(stringsXml(shape.cells, sharedString)))
  zip.end()
  return stream
}

function* sheetXml({ rows, rowCells }: FlatShape): Generator<string> {
  yield sheetStart({ frozenRows: 0, columnWidths: [] })
  for (let row = 1; row <= rows; row += 1) yield `<row r="${row}">${rowCells(row)}</row>`
  yield sheetEnd
}

function* stringsXml(items: number, text: (place: number) => string): Generator<string> {
  yield sharedStringsStart({ uses: items, items })
  for (let place = 0; place < items; place += 1) yield `<si><t>${text(place)}</t></si>`
  yield sharedStringsEnd
}

const chunkCharactersMax = 65_536

function* chunked(texts: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const text of texts) {
    chunk += text
    if (chunk.length < chunkCharactersMax) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}
