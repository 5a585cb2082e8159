/** Owns what the cells of a sheet are read with: caps, shared strings, formats and the date system. */
import type { NumberContext } from './cell-value.ts'
import type { XlsxLimits } from './limits.ts'
import type { StringPages } from './string-pages.ts'

export interface SheetContext extends NumberContext {
  readonly limits: XlsxLimits
  readonly strings: StringPages
}
