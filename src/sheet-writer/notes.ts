/**
 * Comments of cells: their texts (ECMA-376 Part 1 §18.7), and the drawing without which Excel shows none (Part 4 §19, VML).
 * Both parts are written piece by piece.
 */
import { columnLetters, sheetColumnsMax } from './cell-places.ts'
import { declaration, escapeAttribute, textElement } from './xml-text.ts'

export interface Note {
  /** 1-based, both */
  readonly row: number
  readonly column: number
  readonly text: string
}

/** Notes that are turned into one piece of a part. */
const notesPerPiece = 256
/** A block of the ids of shapes; a drawing names those that it has taken. */
const idsPerBlock = 1_024

/** The texts; `author` signs all of them. */
export function* commentsXml(notes: readonly Note[], author: string): Generator<string> {
  yield `${declaration}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>${escapeAttribute(author)}</author></authors><commentList>`
  yield* inPieces(
    notes,
    ({ row, column, text }) =>
      `<comment ref="${columnLetters(column)}${row}" authorId="0"><text>${textElement(text)}</text></comment>`,
  )
  yield '</commentList></comments>'
}

/** The boxes in which the texts are shown, hidden until the pointer is on their cell. */
export function* drawingXml(notes: readonly Note[]): Generator<string> {
  const blocks = Math.floor(notes.length / idsPerBlock) + 1
  const taken = Array.from({ length: blocks }, (_, at) => at + 1).join(',')
  yield [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"',
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">',
    `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${taken}"/></o:shapelayout>`,
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">',
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>',
  ].join('')
  yield* inPieces(notes, shapeXml)
  yield '</xml>'
}

function* inPieces(
  notes: readonly Note[],
  write: (note: Note, at: number) => string,
): Generator<string> {
  for (let from = 0; from < notes.length; from += notesPerPiece) {
    const piece = notes.slice(from, from + notesPerPiece)
    yield piece.map((note, at) => write(note, from + at)).join('')
  }
}

/** Columns and rows that a box takes, and its margins in pixels. */
const box = { columns: 3, rows: 6, margin: 15 }

function shapeXml({ row, column }: Note, at: number): string {
  // To the right of its cell; at the right edge of the sheet to the left.
  const left = Math.min(column, sheetColumnsMax - box.columns - 1)
  const top = Math.max(0, row - 2)
  const anchor = [
    left,
    box.margin,
    top,
    2,
    left + box.columns,
    box.margin,
    top + box.rows,
    box.margin,
  ]
  return [
    `<v:shape id="_x0000_s${idsPerBlock + 1 + at}" type="#_x0000_t202"`,
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:90pt;z-index:1;visibility:hidden"',
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>',
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>',
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>',
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>',
    `<x:Anchor>${anchor.join(', ')}</x:Anchor><x:AutoFill>False</x:AutoFill>`,
    `<x:Row>${row - 1}</x:Row><x:Column>${column - 1}</x:Column></x:ClientData></v:shape>`,
  ].join('')
}
