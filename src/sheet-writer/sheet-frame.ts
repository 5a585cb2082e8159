/** What stands around the rows of a sheet (ECMA-376 Part 1 §18.3.1): frozen rows, widths, how it is printed. */
import { declaration } from './xml-text.ts'

export interface SheetFrame {
  /** rows and columns that stay in view; 0 by default */
  readonly frozenRows?: number
  readonly frozenColumns?: number
  /** widths of the first columns, in characters */
  readonly columnWidths: readonly number[]
}

export function sheetStart({
  frozenRows = 0,
  frozenColumns = 0,
  columnWidths,
}: SheetFrame): string {
  const columns = columnWidths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  return [
    `${declaration}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`,
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0">${pane(frozenRows, frozenColumns)}</sheetView></sheetViews>`,
    columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '',
    '<sheetData>',
  ].join('')
}

function pane(rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return ''
  const splits = [
    ...(columns > 0 ? [`xSplit="${columns}"`] : []),
    ...(rows > 0 ? [`ySplit="${rows}"`] : []),
  ].join(' ')
  const first = `${String.fromCharCode(65 + columns)}${rows + 1}`
  const active = rows === 0 ? 'topRight' : columns === 0 ? 'bottomLeft' : 'bottomRight'
  return `<pane ${splits} topLeftCell="${first}" activePane="${active}" state="frozen"/>`
}

/** Texts that are digits are meant to be texts: nobody need be warned of them. */
export function sheetEnd(hasNotes: boolean): string {
  return [
    '</sheetData><pageSetup orientation="landscape" fitToHeight="0"/>',
    '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>',
    hasNotes ? '<legacyDrawing r:id="rId1"/>' : '',
    '</worksheet>',
  ].join('')
}
