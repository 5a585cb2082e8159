/**
 * The only door of the reader of `.xlsx` workbooks. It stands alone: caps come as options, nothing
 * of the product is imported.
 */
export type {
  BooleanCell,
  Cell,
  DateCell,
  DateKind,
  ErrorCell,
  NumberCell,
  StringCell,
} from './cell-value.ts'
export { defaultLimits, type XlsxLimits } from './limits.ts'
export type { Row } from './row-builder.ts'
export {
  type OpenOptions,
  openWorkbook,
  type RowBatchesOptions,
  type SheetInfo,
  type SheetMeasure,
  type Workbook,
} from './workbook.ts'
export { XlsxError, type XlsxErrorCode, xlsxErrorCodes } from './xlsx-error.ts'
