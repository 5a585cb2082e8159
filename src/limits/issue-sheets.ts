/** Sheets of faulty rows: how many are written at once, and what goes into one. */

/** Sheets that one process writes at the same time: each has a thread and takes a core. */
export const issueSheetsMax = 4

/** The same of one tenant: half of the places remains for the others. */
export const issueSheetsPerTenant = 2

/**
 * V8 heap of the thread that writes a sheet: it holds a batch of rows, a page of issues and the comments. With twice as much
 * V8 leaves 90 MiB of garbage lying, and writes no faster.
 */
export const issueSheetHeapMiB = 48

/** A sheet is written at the pace of whoever downloads it, and no longer than this: its thread is wanted by others. */
export const issueSheetMs = 600_000

/**
 * Comments of one sheet. Each is a drawn box, and spreadsheet programs open tens of thousands of them slowly. The column of
 * reasons has no such bound.
 */
export const issueNotesMax = 5_000

/** Number formats of one sheet that are the file's own: Excel takes between 200 and 250, by its language. */
export const issueSheetFormatsMax = 180

/** Characters of one of them, beyond which Excel refuses the file. */
export const numberFormatCharactersMax = 255

/** Refused cells that one statement reads for a sheet, each with at most `issueValueCharactersMax` characters. */
export const issuePageCells = 2_000

/** Rows of a sheet whose refused cells one statement looks for: some hundred KiB of numbers when all of them have some. */
export const issueWindowRows = 65_536

/** Widths of columns in characters: what can be read without widening, and does not push the others out of view. */
export const columnWidthMin = 8
export const columnWidthMax = 40
