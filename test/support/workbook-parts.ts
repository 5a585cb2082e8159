/**
 * Makes the parts of small workbooks from the XML that a test is about; everything else is filled in.
 */
import type { ZipPart } from './zip-writer.ts'

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface WorkbookSource {
  /** `sheetData` content of the only sheet, or of several. */
  rows?: string
  /** Whole worksheet part. */
  sheet?: string
  /** `sst` content. */
  strings?: string
  /** `styleSheet` content. */
  styles?: string
  /** Format codes; cell format n shows the n-th, n from 1. */
  formats?: readonly string[]
  /** `workbookPr` attributes. */
  properties?: string
  /** `sheets` content; ids rId1… are worksheets sheet1.xml…. */
  sheets?: string
  /** Parts that replace or join the ones made here; null removes one. */
  parts?: Readonly<Record<string, string | Buffer | null>>
}

export function worksheet(rows: string): string {
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`
}

export function relationships(...entries: [id: string, kind: string, target: string][]): string {
  const items = entries.map(
    ([id, kind, target]) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}">${items.join('')}</Relationships>`
}

function formatStyles(formats: readonly string[]): string {
  const codes = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`)
  const cells = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`)
  return `<numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${cells.join('')}</cellXfs>`
}

/** The parts of a workbook, ready for `writeZip`. */
export function workbookParts(source: WorkbookSource): ZipPart[] {
  const styles = source.styles ?? (source.formats ? formatStyles(source.formats) : null)
  const sheets = source.sheets ?? '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
  const parts: Record<string, string | Buffer | null> = {
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml':
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr ${source.properties ?? ''}/>` +
      `<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', 'worksheets/sheet2.xml'],
      ['rId3', 'chartsheet', 'chartsheets/sheet1.xml'],
      ['rIdStrings', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdStyles', 'styles', 'styles.xml'],
    ),
    'xl/worksheets/sheet1.xml': source.sheet ?? worksheet(source.rows ?? ''),
    'xl/sharedStrings.xml':
      source.strings === undefined ? null : `<sst xmlns="${MAIN}">${source.strings}</sst>`,
    'xl/styles.xml': styles === null ? null : `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
    ...source.parts,
  }
  return Object.entries(parts).flatMap(([name, data]) => (data === null ? [] : { name, data }))
}
