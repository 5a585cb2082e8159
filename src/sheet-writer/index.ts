/**
 * The only door of the writer of `.xlsx` workbooks. It stands alone: nothing of the product is imported. It writes while
 * its reader takes, so memory does not depend on the number of rows.
 */
export { cellCharactersMax, columnLetters, sheetColumnsMax, sheetRowsMax } from './cell-places.ts'
export type { SheetPen } from './sheet-pen.ts'
export type { CellStyle, Styles } from './styles.ts'
export { type SheetToWrite, type WorkbookToWrite, writeWorkbook } from './workbook-writer.ts'
