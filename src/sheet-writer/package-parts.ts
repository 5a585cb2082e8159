/** The small parts of a workbook: content types, relationships, the list of sheets, properties (ECMA-376 Parts 1 and 2). */
import { declaration, escapeAttribute, escapeText } from './xml-text.ts'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const partNames = {
  contentTypes: '[Content_Types].xml',
  relationships: '_rels/.rels',
  properties: 'docProps/custom.xml',
  workbook: 'xl/workbook.xml',
  workbookRelationships: 'xl/_rels/workbook.xml.rels',
  styles: 'xl/styles.xml',
  sheet: (number: number) => `xl/worksheets/sheet${number}.xml`,
  sheetRelationships: (number: number) => `xl/worksheets/_rels/sheet${number}.xml.rels`,
  comments: (number: number) => `xl/comments${number}.xml`,
  drawing: (number: number) => `xl/drawings/vmlDrawing${number}.vml`,
} as const

export interface PackageShape {
  readonly sheets: readonly { readonly name: string; readonly hasNotes: boolean }[]
  /** whether serials of dates count from 1904 */
  readonly date1904: boolean
  /** custom properties of the document, by name */
  readonly properties: Readonly<Record<string, string>>
}

type Relationship = readonly [kind: string, target: string]

export function contentTypesXml({ sheets }: Pick<PackageShape, 'sheets'>): string {
  const overrides = [
    [partNames.workbook, `${spreadsheet}.sheet.main+xml`],
    [partNames.styles, `${spreadsheet}.styles+xml`],
    [partNames.properties, 'application/vnd.openxmlformats-officedocument.custom-properties+xml'],
    ...sheets.flatMap(({ hasNotes }, at) => [
      [partNames.sheet(at + 1), `${spreadsheet}.worksheet+xml`],
      ...(hasNotes ? [[partNames.comments(at + 1), `${spreadsheet}.comments+xml`]] : []),
    ]),
  ]
  return [
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    ...overrides.map(([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`),
    '</Types>',
  ].join('')
}

export function packageRelationshipsXml(): string {
  return relationshipsXml([
    ['officeDocument', partNames.workbook],
    ['custom-properties', partNames.properties],
  ])
}

export function workbookRelationshipsXml({ sheets }: Pick<PackageShape, 'sheets'>): string {
  return relationshipsXml([
    ...sheets.map((_, at): Relationship => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
    ['styles', 'styles.xml'],
  ])
}

/** Those of a sheet with comments: `rId1` is the drawing, which the sheet names. */
export function sheetRelationshipsXml(number: number): string {
  return relationshipsXml([
    ['vmlDrawing', `../drawings/vmlDrawing${number}.vml`],
    ['comments', `../comments${number}.xml`],
  ])
}

function relationshipsXml(relationships: readonly Relationship[]): string {
  const items = relationships.map(
    ([kind, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/${kind}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

export function workbookXml({ sheets, date1904 }: PackageShape): string {
  const items = sheets.map(
    ({ name }, at) =>
      `<sheet name="${escapeAttribute(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  return [
    `${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}">`,
    `<workbookPr${date1904 ? ' date1904="1"' : ''}/><bookViews><workbookView/></bookViews>`,
    `<sheets>${items.join('')}</sheets></workbook>`,
  ].join('')
}

export function propertiesXml({ properties }: Pick<PackageShape, 'properties'>): string {
  const items = Object.entries(properties).map(
    ([name, value], at) =>
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${at + 2}" name="${escapeAttribute(name)}">` +
      `<vt:lpwstr>${escapeText(value)}</vt:lpwstr></property>`,
  )
  return [
    `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"`,
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">',
    `${items.join('')}</Properties>`,
  ].join('')
}
