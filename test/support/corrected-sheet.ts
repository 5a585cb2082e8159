/** Owns lists of corrected rows as people upload them: the numbers of the rows in front, the reasons behind. */
import { writeFileSync } from 'node:fs'
import { correctsProperty } from '../../src/contracts/corrections.ts'
import { faultyRows } from './repairs.ts'
import { relationships, workbookParts } from './workbook-parts.ts'
import { writeZip } from './zip-writer.ts'

type Value = string | number | null

export interface CorrectedRow {
  /** number of the row in the sheet of the original */
  readonly row: Value
  readonly texts: readonly (string | null)[]
}

export interface CorrectedSheet {
  readonly rows: readonly CorrectedRow[]
  /** the import that the workbook names in a property; none when absent */
  readonly corrects?: string
  /** names of the columns of the file */
  readonly names?: readonly string[]
  /** what stands in the part with the properties, in place of an honest one */
  readonly properties?: string
}

const customProperties = 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'
const variants = 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'

/** Writes the list to `path`, and gives the path. */
export function writeCorrectedSheet(path: string, sheet: CorrectedSheet): string {
  const names = sheet.names ?? (faultyRows[0] as string[])
  const rows: Value[][] = [
    ['Wiersz', ...names, 'Przyczyna'],
    ...sheet.rows.map(({ row, texts }) => [row, ...texts, 'powód']),
  ]
  const properties = sheet.properties ?? (sheet.corrects && propertiesXml(sheet.corrects))
  const parts = workbookParts({
    rows: rows.map(rowXml).join(''),
    parts: properties
      ? {
          '_rels/.rels': relationships(
            ['rId1', 'officeDocument', 'xl/workbook.xml'],
            ['rId2', 'custom-properties', 'docProps/custom.xml'],
          ),
          'docProps/custom.xml': properties,
        }
      : {},
  })
  writeFileSync(path, writeZip(parts))
  return path
}

function propertiesXml(corrects: string): string {
  const property = (name: string, pid: number, value: string) =>
    `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${pid}" name="${name}">` +
    `<vt:lpwstr>${value}</vt:lpwstr></property>`
  return (
    `<Properties xmlns="${customProperties}" xmlns:vt="${variants}">` +
    `${property('Autor', 2, 'Anna')}${property(correctsProperty, 3, corrects)}</Properties>`
  )
}

function rowXml(values: readonly Value[], index: number): string {
  const cells = values.map(value => {
    if (value === null) return '<c/>'
    if (typeof value === 'number') return `<c><v>${value}</v></c>`
    return `<c t="inlineStr"><is><t>${value.replaceAll('&', '&amp;')}</t></is></c>`
  })
  return `<row r="${index + 1}">${cells.join('')}</row>`
}
