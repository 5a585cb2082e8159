/** Owns what the cells of a sheet are read with: caps, shared strings, rich values, formats and the date system. */

import type { XlsxLimits } from '../limits.ts'
import type { RichTexts } from '../rich/rich-values.ts'
import type { StringPages } from '../strings/string-pages.ts'
import type { NumberContext } from './cell-value.ts'

export interface SheetContext extends NumberContext {
  readonly limits: XlsxLimits
  readonly strings: StringPages
  /** Whether the writer left all formulas to be calculated by whoever loads the workbook. */
  readonly isCalculatedOnLoad: boolean
  readonly richTexts: RichTexts
}
