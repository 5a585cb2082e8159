/**
 * The fixed parts of a workbook of one sheet (ECMA-376 Part 1, clauses 12 and 18; Part 2 for the
 * content types and relationships). Text only; the sheet itself is written elsewhere.
 */
import { escapeText } from './sheet-cells.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const officeRelationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const sheetPath = 'xl/worksheets/sheet1.xml'
export const sharedStringsPath = 'xl/sharedStrings.xml'

export interface WorkbookShape {
  sheetName: string
  hasSharedStrings: boolean
}

/** Every part but the sheet and its shared strings, as [path in the package, text]. */
export function fixedParts(shape: WorkbookShape): [path: string, xml: string][] {
  return [
    ['[Content_Types].xml', contentTypes(shape)],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbook(shape)],
    ['xl/_rels/workbook.xml.rels', relationships(workbookTargets(shape))],
    ['xl/styles.xml', styles],
  ]
}

export interface SheetLayout {
  /** Rows that stay in view when scrolling. */
  frozenRows: number
  /** Widths of the first columns, in characters. */
  columnWidths: readonly number[]
}

/** What comes before the first row of a worksheet part. */
export function sheetStart(layout: SheetLayout): string {
  return `${declaration}<worksheet xmlns="${main}">${views(layout)}${columns(layout)}<sheetData>`
}

export const sheetEnd = '</sheetData></worksheet>'

/** What comes before the first string item; both counts are known only after the sheet. */
export function sharedStringsStart(counts: { uses: number; items: number }): string {
  return `${declaration}<sst xmlns="${main}" count="${counts.uses}" uniqueCount="${counts.items}">`
}

export const sharedStringsEnd = '</sst>'

function contentTypes(shape: WorkbookShape): string {
  const overrides = [
    ['xl/workbook.xml', 'sheet.main+xml'],
    [sheetPath, 'worksheet+xml'],
    ['xl/styles.xml', 'styles+xml'],
  ]
  if (shape.hasSharedStrings) overrides.push([sharedStringsPath, 'sharedStrings+xml'])
  const packageTypes = 'http://schemas.openxmlformats.org/package/2006/content-types'
  const relationshipsType = 'application/vnd.openxmlformats-package.relationships+xml'
  return [
    `${declaration}<Types xmlns="${packageTypes}">`,
    `<Default Extension="rels" ContentType="${relationshipsType}"/>`,
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...overrides.map(
      ([path, type]) => `<Override PartName="/${path}" ContentType="${spreadsheetType}.${type}"/>`,
    ),
    '</Types>',
  ].join('')
}

function workbookTargets(shape: WorkbookShape): [kind: string, target: string][] {
  const targets: [string, string][] = [
    ['worksheet', 'worksheets/sheet1.xml'],
    ['styles', 'styles.xml'],
  ]
  if (shape.hasSharedStrings) targets.push(['sharedStrings', 'sharedStrings.xml'])
  return targets
}

function relationships(targets: [kind: string, target: string][]): string {
  const items = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${officeRelationships}/${kind}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${packageRelationships}">${items.join('')}</Relationships>`
}

function workbook(shape: WorkbookShape): string {
  const name = escapeText(shape.sheetName).replaceAll('"', '&quot;')
  return [
    `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelationships}">`,
    `<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ].join('')
}

function views(layout: SheetLayout): string {
  if (layout.frozenRows === 0) return ''
  const pane = `ySplit="${layout.frozenRows}" topLeftCell="A${layout.frozenRows + 1}"`
  return [
    '<sheetViews><sheetView workbookViewId="0">',
    `<pane ${pane} activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
  ].join('')
}

function columns(layout: SheetLayout): string {
  if (layout.columnWidths.length === 0) return ''
  const items = layout.columnWidths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return `<cols>${items.join('')}</cols>`
}

/** Cell formats in the order of `cellFormat`: general, date, date with time. */
const styles = [
  `${declaration}<styleSheet xmlns="${main}">`,
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>',
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>',
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  '</styleSheet>',
].join('')
