/**
 * Owns what a sheet says about where its list begins: frozen panes (ECMA-376 Part 1 §18.3.1.66), the filter
 * (§18.3.1.2) and tables (§18.5.1.2). Reading cells needs none of it, so the reader leaves out what it cannot read.
 */
import type { PackageParts } from '../package/package-parts.ts'
import { readRelationships } from '../package/relationships.ts'
import { XlsxError } from '../xlsx-error.ts'
import { START } from '../xml/scan.ts'
import { readMergedRange } from './merged-cells.ts'

export interface ListMarks {
  /** Rows at the top that stay in sight; 0 where none do. */
  readonly frozenRows: number
  /** The row with the buttons of the filter. */
  readonly filterRow: number | null
  /** The header row of the first table that has one. */
  readonly tableRow: number | null
}

/** Tables of a sheet that the reader looks at. */
export const tablesMax = 8

/** The row in which a range such as `A3:F90` begins; null for what is no range. */
export function firstRowOf(reference: string | null): number | null {
  if (reference === null) return null
  return readMergedRange(reference)?.row ?? null
}

/** The header row of the topmost table among those that the relationships of a sheet name. */
export async function readTableRow(
  parts: PackageParts,
  sheetPart: string,
  tableIds: readonly string[],
): Promise<number | null> {
  if (tableIds.length === 0) return null
  try {
    const relationships = await readRelationships(parts, sheetPart)
    const rows: number[] = []
    for (const id of tableIds) {
      const target = relationships.get(id)?.target
      const row = target ? await readHeaderRow(parts, target) : null
      if (row !== null) rows.push(row)
    }
    return rows.length === 0 ? null : Math.min(...rows)
  } catch (error) {
    if (error instanceof XlsxError) return null
    throw error
  }
}

async function readHeaderRow(parts: PackageParts, part: string): Promise<number | null> {
  let row: number | null = null
  await parts.walk(part, (token, xml) => {
    if (token !== START) return
    const { level, local } = xml.elements
    if (level === 1 && local === 'table' && xml.attributes.get('headerRowCount') !== '0') {
      row = firstRowOf(xml.attributes.get('ref'))
    }
    if (level > 1) xml.skipElement()
  })
  return row
}
