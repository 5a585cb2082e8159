/**
 * Corrections: imports that repair rows of another import. Its id stands in a document property of the sheet of faulty
 * rows. A row of a correction that repairs nothing is skipped with a stable code, which its `outcomes` list.
 */

/** The custom document property that holds the id of the import whose rows a workbook corrects. */
export const correctsProperty = 'contact-import.corrects'

export const importKinds = ['import', 'correction'] as const

export type ImportKind = (typeof importKinds)[number]

export const repairRefusals = [
  /** It was repaired before, by a correction or by a call for this row. */
  'row-repaired-before',
  /** It came in without a refused cell: there is nothing to repair. */
  'row-whole',
  /** The contact holds a value by now where the refused cell had left none, or is gone. */
  'row-changed',
  /** The cells that were refused are empty: nothing was filled in. */
  'row-unchanged',
  /** The row was left out when the list was imported, or nobody wants it any more. */
  'row-skipped',
  /** The import stopped before it came to this row: start it again. */
  'row-not-reached',
  /** The list has no such row, or the first column holds no number of a row. */
  'row-unknown',
] as const

export type RepairRefusal = (typeof repairRefusals)[number]
