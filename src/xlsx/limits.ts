/**
 * Owns every cap of the reader: its name, unit, default and reason. No other file holds a number
 * that refuses a file.
 */

const KiB = 1024
const MiB = 1024 * KiB
const GiB = 1024 * MiB

export interface XlsxLimits {
  /** Entries of the archive. Large workbooks have some hundreds; the directory is held in memory. */
  readonly entriesMax: number
  /** Bytes of the archive's central directory, which the reader takes in one piece. */
  readonly directoryBytesMax: number
  /** Inflated bytes of one worksheet. A full sheet with one string of 32,767 in each row fits. */
  readonly sheetBytesMax: number
  /** Inflated bytes of the shared strings; they are spilled to disk, so this bounds scratch space. */
  readonly sharedStringsBytesMax: number
  /** Inflated bytes of any other part (workbook, styles, relationships), held as small tables. */
  readonly partBytesMax: number
  /** Shared strings. A full sheet of 20 columns, all different, fits. */
  readonly sharedStringsMax: number
  /** UTF-8 bytes of shared strings kept in memory; more go to a scratch file. */
  readonly sharedStringsMemoryBytesMax: number
  /** Sheets of a workbook. Excel names no limit but memory; the list is held in memory. */
  readonly sheetsMax: number
  /** Characters of a sheet's name. Excel's own limit is 31; other writers go further. */
  readonly sheetNameCharactersMax: number
  /** Relationships of one part. */
  readonly relationshipsMax: number
  /** Cell formats. Excel's own limit is 65,490. */
  readonly cellFormatsMax: number
  /** Custom number formats. Excel's own limit is some 250; other writers go further. */
  readonly numberFormatsMax: number
  /** Last row of a sheet, ECMA-376 Part 1 §18.3.1.73. */
  readonly rowsMax: number
  /** Last column of a sheet (XFD). */
  readonly columnsMax: number
  /** Bytes of one tag with its attributes; `sqref` lists of real files reach some hundred KiB. */
  readonly tagBytesMax: number
  /** Attributes of one tag, each of which is compared with the others; real tags have some 40. */
  readonly attributesMax: number
  /** Namespace declarations in scope, which every element looks through; real parts have some 30. */
  readonly namespacesMax: number
  /** Raw bytes of the text of one cell or string; 32,767 characters written as references fit. */
  readonly textBytesMax: number
  /**
   * Characters of the strings of one row, which is held whole. Excel's limits allow 16 times as many, in a row
   * that no one fills; a full row of 2,048 characters in each cell fits.
   */
  readonly rowCharactersMax: number
  /** Merged ranges that the reader remembers; it only counts more of them. Lists have few, forms have thousands. */
  readonly mergedRangesMax: number
  /** Characters of one number format's code. Excel's own limit is 255. */
  readonly formatCodeCharactersMax: number
  /** Rich values that cells name, such as linked data types; what cells of more of them show is not known. */
  readonly richValuesMax: number
  /** Characters of their texts, which are held in memory: some thirty for each value that the cap allows. */
  readonly richCharactersMax: number
  /** Elements inside one another. Spreadsheet parts stay below 20. */
  readonly depthMax: number
  /** Bytes without a row, cell or string, after which a part is held to be made to waste time. */
  readonly idleBytesMax: number
}

export const defaultLimits: Readonly<XlsxLimits> = Object.freeze({
  entriesMax: 10_000,
  directoryBytesMax: 16 * MiB,
  sheetBytesMax: 40 * GiB,
  sharedStringsBytesMax: 8 * GiB,
  partBytesMax: 128 * MiB,
  sharedStringsMax: 32_000_000,
  sharedStringsMemoryBytesMax: 12 * MiB,
  sheetsMax: 4_096,
  sheetNameCharactersMax: 255,
  relationshipsMax: 16_384,
  cellFormatsMax: 262_144,
  numberFormatsMax: 65_536,
  rowsMax: 1_048_576,
  columnsMax: 16_384,
  tagBytesMax: 1 * MiB,
  attributesMax: 128,
  namespacesMax: 64,
  textBytesMax: 1 * MiB,
  rowCharactersMax: 32 * MiB,
  mergedRangesMax: 10_000,
  formatCodeCharactersMax: 4_096,
  richValuesMax: 262_144,
  richCharactersMax: 8 * MiB,
  depthMax: 128,
  idleBytesMax: 128 * MiB,
})
