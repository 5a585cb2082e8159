/**
 * Writes a workbook as a stream of bytes: the rows of one sheet after the other, as whoever takes the bytes lets them come,
 * and behind them what is known only then.
 */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { commentsXml, drawingXml } from './notes.ts'
import {
  contentTypesXml,
  packageRelationshipsXml,
  partNames,
  propertiesXml,
  sheetRelationshipsXml,
  workbookRelationshipsXml,
  workbookXml,
} from './package-parts.ts'
import { type SheetFrame, sheetEnd, sheetStart } from './sheet-frame.ts'
import { SheetPen } from './sheet-pen.ts'
import { Styles } from './styles.ts'

export interface SheetToWrite extends SheetFrame {
  /** at most 31 characters, none of `: \ / ? * [ ]` */
  readonly name: string
  /** Whether rows may have comments, which need parts of their own. */
  readonly hasNotes?: boolean
  /** Writes the rows. What is written leaves with each `yield`, so none of them should wait long. */
  readonly write: (pen: SheetPen, styles: Styles) => AsyncIterable<void> | Iterable<void>
}

export interface WorkbookToWrite {
  /** in their order; the rows of one are written behind those of the sheet before it */
  readonly sheets: readonly SheetToWrite[]
  /** custom properties of the document, by name */
  readonly properties?: Readonly<Record<string, string>>
  /** whether serials of dates count from 1904; asked behind the rows */
  readonly date1904?: () => boolean
  /** who signs the comments */
  readonly author: string
}

/** XML that is gathered before it is compressed. */
const pieceBytes = 65_536
/** The lowest level of deflate: sheets shrink to a tenth with it, and higher ones take several times as long. */
const compressionLevel = 1

type Xml = string | Uint8Array
type Part = readonly [name: string, xml: () => AsyncIterable<Xml> | Iterable<Xml>]

/** The bytes of the file. Leaving the loop ends the writing; an error of a sheet's rows is thrown. */
export async function* writeWorkbook(workbook: WorkbookToWrite): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const open = new Set<Readable>()
  zip.on('error', error => output.destroy(error as Error))
  for (const [name, xml] of partsOf(workbook)) {
    zip.addReadStreamLazy(name, { compressionLevel, mode: 0o100644 }, take => {
      const part = Readable.from(encode(xml()), {
        objectMode: false,
        highWaterMark: pieceBytes,
      })
      open.add(part)
      // yazl listens for no errors: a failed part would leave the file open.
      part.once('error', error => output.destroy(error))
      part.once('close', () => open.delete(part))
      take(null, part)
    })
  }
  zip.end()
  try {
    for await (const bytes of output) yield bytes as Uint8Array
  } finally {
    for (const part of open) part.destroy()
  }
}

async function* encode(pieces: AsyncIterable<Xml> | Iterable<Xml>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
}

/** In the order of the file. Of those that come behind the sheets, all is known by then. */
function partsOf({ sheets, properties = {}, date1904, author }: WorkbookToWrite): Part[] {
  const styles = new Styles()
  const names = sheets.map(({ name, hasNotes = false }) => ({ name, hasNotes }))
  return [
    [partNames.contentTypes, () => [contentTypesXml({ sheets: names })]],
    [partNames.relationships, () => [packageRelationshipsXml()]],
    [partNames.properties, () => [propertiesXml({ properties })]],
    [partNames.workbookRelationships, () => [workbookRelationshipsXml({ sheets: names })]],
    ...sheets.flatMap((sheet, at) => sheetParts(sheet, { number: at + 1, styles, author })),
    [
      partNames.workbook,
      () => [workbookXml({ sheets: names, properties, date1904: date1904?.() ?? false })],
    ],
    [partNames.styles, () => [styles.xml()]],
  ]
}

interface SheetOptions {
  readonly number: number
  readonly styles: Styles
  readonly author: string
}

function sheetParts(sheet: SheetToWrite, { number, styles, author }: SheetOptions): Part[] {
  const pen = new SheetPen()
  const rows: Part = [partNames.sheet(number), () => sheetXml(sheet, pen, styles)]
  if (!sheet.hasNotes) return [rows]
  return [
    [partNames.sheetRelationships(number), () => [sheetRelationshipsXml(number)]],
    rows,
    [partNames.comments(number), () => commentsXml(pen.notes, author)],
    [partNames.drawing(number), () => drawingXml(pen.notes)],
  ]
}

async function* sheetXml(sheet: SheetToWrite, pen: SheetPen, styles: Styles): AsyncGenerator<Xml> {
  yield sheetStart(sheet)
  for await (const _ of sheet.write(pen, styles)) {
    if (pen.length >= pieceBytes) yield pen.take()
  }
  yield pen.take()
  yield sheetEnd(sheet.hasNotes ?? false)
}
