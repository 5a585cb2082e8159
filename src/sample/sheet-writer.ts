/**
 * Writes an .xlsx workbook of one sheet to a stream, pulling rows as fast as the stream takes
 * them: memory does not depend on the number of rows. It knows rows and values, never what they
 * mean.
 */
import { tmpdir } from 'node:os'
import { type PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { inlineTextCell, rowXml, type SheetValue, type TextCell } from './sheet-cells.ts'
import { openStringSpool, type StringSpool } from './string-spool.ts'
import { fixedParts, sharedStringsPath, sheetEnd, sheetPath, sheetStart } from './workbook-parts.ts'

export type { SheetValue } from './sheet-cells.ts'

export type SheetRows = Iterable<readonly SheetValue[]> | AsyncIterable<readonly SheetValue[]>

export interface SheetOptions {
  /** Name on the sheet's tab, at most 31 characters; default `Sheet1`. */
  sheetName?: string
  /** Where text lives: in the shared table, as Excel does it, or in its cell. Default shared. */
  strings?: 'shared' | 'inline'
  /** Rows that stay in view when scrolling; default 0. */
  frozenRows?: number
  /** Widths of the first columns, in characters. */
  columnWidths?: readonly number[]
  /** Folder for the scratch file of shared strings; default the system's. */
  scratchDir?: string
  /** Time recorded in the package; give a fixed one to get the same bytes again. */
  modifiedAt?: Date
}

/** XML gathered before it is handed on, in characters. */
const chunkCharactersMax = 65_536

/**
 * Writes the rows and ends `output`. Dates become serials of the 1900 system in their UTC
 * reading; null and undefined leave gaps. Rejects with RangeError for a value no cell can hold
 * and with the error of `rows` or `output`; then `output` is destroyed, `rows` is closed, and
 * nothing is left in the scratch folder.
 */
export async function writeSheet(
  output: Writable,
  rows: SheetRows,
  options: SheetOptions = {},
): Promise<{ rows: number }> {
  const spool =
    options.strings === 'inline' ? null : await openStringSpool(options.scratchDir ?? tmpdir())
  const written = { rows: 0 }
  const sheet = Readable.from(sheetXml(rows, { spool, written, options }), { objectMode: false })
  const parts: [string, Readable][] = [[sheetPath, sheet]]
  if (spool) parts.push([sharedStringsPath, Readable.from(spool.xml(), { objectMode: false })])
  try {
    await pipeline(archive(parts, options), output)
    return written
  } finally {
    for (const [, part] of parts) part.destroy()
    await spool?.close()
  }
}

/** The zip package as a stream; a part that fails fails the package. */
function archive(parts: [string, Readable][], options: SheetOptions): Readable {
  const zip = new ZipFile()
  const stream = zip.outputStream as PassThrough
  const entry = { mtime: options.modifiedAt ?? new Date(), mode: 0o100644 }
  const shape = { sheetName: options.sheetName ?? 'Sheet1', hasSharedStrings: parts.length > 1 }
  for (const [path, xml] of fixedParts(shape)) zip.addBuffer(Buffer.from(xml), path, entry)
  for (const [path, part] of parts) {
    // yazl pipes without listening for errors: a failed part would leave the package open.
    part.once('error', error => stream.destroy(error))
    zip.addReadStream(part, path, entry)
  }
  zip.end()
  return stream
}

interface SheetWriting {
  spool: StringSpool | null
  written: { rows: number }
  options: SheetOptions
}

async function* sheetXml(rows: SheetRows, writing: SheetWriting): AsyncGenerator<string> {
  const { spool, written, options } = writing
  const textCell = spool ? sharedTextCell(spool) : inlineTextCell
  const { frozenRows = 0, columnWidths = [] } = options
  let chunk = sheetStart({ frozenRows, columnWidths })
  for await (const values of rows) {
    chunk += rowXml(written.rows + 1, values, textCell)
    written.rows += 1
    if (chunk.length < chunkCharactersMax) continue
    await spool?.flush()
    yield chunk
    chunk = ''
  }
  yield chunk + sheetEnd
}

function sharedTextCell(spool: StringSpool): TextCell {
  return (reference, text) => `<c r="${reference}" t="s"><v>${spool.place(text)}</v></c>`
}
