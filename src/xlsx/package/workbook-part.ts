/**
 * Owns the workbook part (ECMA-376 Part 1 §12.3.23, §18.2): its sheets in their order, which of
 * them are worksheets, the date system, and where styles and shared strings are.
 */

import { XlsxError } from '../xlsx-error.ts'
import { NS_MAIN, NS_OFFICE_RELATIONSHIPS } from '../xml/names.ts'
import { START, type XmlScanner } from '../xml/scan.ts'
import { isTrue } from '../xml/text.ts'
import type { PackageParts } from './package-parts.ts'
import { findByKind, type Relationship, readRelationships } from './relationships.ts'

export interface WorksheetEntry {
  readonly name: string
  readonly hidden: boolean
  /** Whether the workbook opens at it. */
  readonly active: boolean
  /** Position among the worksheets. */
  readonly index: number
  /** Null where the workbook names a part that there is no relationship for. */
  readonly part: string | null
}

export interface WorkbookPart {
  /** Every sheet's name in workbook order, chart, dialog and macro sheets included. */
  readonly sheetNames: readonly string[]
  readonly worksheets: readonly WorksheetEntry[]
  readonly date1904: boolean
  /** `fullCalcOnLoad`, §18.2.2: the results that are stored are not those of the formulas. */
  readonly isCalculatedOnLoad: boolean
  /** Where they are, or would be by custom: there need not be such a part. */
  readonly stylesPart: string
  readonly sharedStringsPart: string
  readonly richValueParts: RichValueParts
}

/** The parts that rich values are spread over; null for one that the workbook does not name. */
export interface RichValueParts {
  readonly metadata: string | null
  readonly values: string | null
  readonly structures: string | null
}

interface SheetElement {
  readonly name: string
  readonly state: string
  readonly relationshipId: string
}

interface WorkbookElement {
  readonly sheets: readonly SheetElement[]
  readonly date1904: boolean
  readonly isCalculatedOnLoad: boolean
  /** Position among all sheets of the one that the workbook opens at. */
  readonly activeTab: number
}

/**
 * Finds and reads the workbook part.
 * @throws XlsxError `not-xlsx`, `part-missing`, `corrupt`
 */
export async function readWorkbookPart(parts: PackageParts): Promise<WorkbookPart> {
  const name = await findWorkbook(parts)
  const { sheets, date1904, isCalculatedOnLoad, activeTab } = await readWorkbookElement(parts, name)
  const relationships = await readRelationships(parts, name)
  const worksheets = listWorksheets(sheets, relationships, activeTab)
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return {
    sheetNames: sheets.map(sheet => sheet.name),
    worksheets,
    date1904,
    isCalculatedOnLoad,
    stylesPart: findByKind(relationships, 'styles')?.target ?? `${folder}styles.xml`,
    sharedStringsPart:
      findByKind(relationships, 'sharedStrings')?.target ?? `${folder}sharedStrings.xml`,
    richValueParts: {
      metadata: findByKind(relationships, 'sheetMetadata')?.target ?? null,
      values: findByKind(relationships, 'rdRichValue')?.target ?? null,
      structures: findByKind(relationships, 'rdRichValueStructure')?.target ?? null,
    },
  }
}

async function findWorkbook(parts: PackageParts): Promise<string> {
  const target = findByKind(await readRelationships(parts, ''), 'officeDocument')?.target
  if (!target) throw new XlsxError('not-xlsx', 'a zip archive without an office document')
  if (target.endsWith('.bin')) throw new XlsxError('not-xlsx', 'a binary workbook (.xlsb)')
  return target
}

async function readWorkbookElement(parts: PackageParts, name: string): Promise<WorkbookElement> {
  const sheets: SheetElement[] = []
  let date1904 = false
  let isCalculatedOnLoad = false
  let activeTab: number | null = null
  await parts.walk(name, (token, xml) => {
    if (token !== START) return
    const { level, local, uri } = xml.elements
    if (level === 1) {
      if (local !== 'workbook' || uri !== NS_MAIN) {
        throw new XlsxError('not-xlsx', 'the office document is not a workbook')
      }
    } else if (uri !== NS_MAIN) xml.skipElement()
    else if (level === 2 && local === 'workbookPr')
      date1904 = isTrue(xml.attributes.get('date1904'))
    else if (level === 2 && local === 'calcPr')
      isCalculatedOnLoad = isTrue(xml.attributes.get('fullCalcOnLoad'))
    else if (level === 3 && local === 'workbookView') {
      activeTab ??= Number.parseInt(xml.attributes.get('activeTab') ?? '0', 10) || 0
    } else if (level === 2 && local !== 'sheets' && local !== 'bookViews') xml.skipElement()
    else if (level === 3 && local === 'sheet') {
      if (sheets.length >= parts.limits.sheetsMax) {
        throw new XlsxError('too-large', `more than ${parts.limits.sheetsMax} sheets`)
      }
      const sheet = readSheetElement(xml)
      const { sheetNameCharactersMax } = parts.limits
      if (sheet.name.length > sheetNameCharactersMax) {
        throw new XlsxError('too-large', `a name of more than ${sheetNameCharactersMax} characters`)
      }
      sheets.push(sheet)
    }
  })
  return { sheets, date1904, isCalculatedOnLoad, activeTab: activeTab ?? 0 }
}

function readSheetElement(xml: XmlScanner): SheetElement {
  const { attributes, elements } = xml
  return {
    name: attributes.get('name') ?? '',
    state: attributes.get('state') ?? 'visible',
    relationshipId:
      elements.attributeOf(attributes, NS_OFFICE_RELATIONSHIPS, 'id') ?? attributes.get('id') ?? '',
  }
}

function listWorksheets(
  sheets: readonly SheetElement[],
  relationships: ReadonlyMap<string, Relationship>,
  activeTab: number,
): WorksheetEntry[] {
  const worksheets: WorksheetEntry[] = []
  for (const [tab, { name, state, relationshipId }] of sheets.entries()) {
    const relationship = relationships.get(relationshipId)
    if (relationship !== undefined && relationship.kind !== 'worksheet') continue
    const hidden = state === 'hidden' || state === 'veryHidden'
    worksheets.push({
      name,
      hidden,
      active: tab === activeTab,
      index: worksheets.length,
      part: relationship?.target ?? null,
    })
  }
  return worksheets
}
