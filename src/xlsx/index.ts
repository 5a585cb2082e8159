/**
 * The only door of the reader of `.xlsx` workbooks. It stands alone: caps come as options, nothing
 * of the product is imported.
 */

export { defaultLimits, type XlsxLimits } from './limits.ts'
export type {
  BooleanCell,
  Cell,
  DateCell,
  DateKind,
  ErrorCell,
  NumberCell,
  NumberDoubt,
  RichCell,
  StringCell,
  UncalculatedCell,
} from './sheet/cell-value.ts'
export type { ListMarks } from './sheet/list-marks.ts'
export type { MergedRange } from './sheet/merged-cells.ts'
export type { Row } from './sheet/row-builder.ts'
export type { SampleOptions } from './sheet/row-sample.ts'
export {
  type OpenOptions,
  openWorkbook,
  type RowBatchesOptions,
  type SheetInfo,
  type SheetMeasure,
  type Workbook,
} from './workbook.ts'
export { XlsxError, type XlsxErrorCode, xlsxErrorCodes } from './xlsx-error.ts'
