/** The sheet of a stored workbook by its name. */
import type { SheetInfo, Workbook } from '../../xlsx/index.ts'

/** Throws when there is none: an import names only sheets that its inspection found. */
export function findSheet({ sheets }: Workbook, name: string): SheetInfo {
  const sheet = sheets.find(candidate => candidate.name === name)
  if (!sheet) throw new Error(`the stored workbook has no sheet "${name}"`)
  return sheet
}
