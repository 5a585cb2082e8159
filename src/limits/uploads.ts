/** Receiving an upload, inspecting its workbook and keeping what its preview shows. */
import { KiB, MiB } from './bytes.ts'

/** The largest file. A sheet of 1,048,576 rows × 20 columns takes about 150 MiB. */
export const uploadBytesMax = 256 * MiB

/** Uploads that one process receives at the same time. Each may put `uploadBytesMax` into the scratch folder. */
export const uploadsReceivingMax = 32

/** The same of one tenant. A quarter of the places remains for the others. */
export const uploadsReceivingPerTenant = 24

/** Bytes of a multipart field beside the file, such as the name of the import. */
export const uploadFieldBytesMax = 4 * KiB

/** Bytes of the mapping that comes with an upload, as many as a template may have. */
export const uploadMappingBytesMax = 64 * KiB

/**
 * Parts of a multipart body. An upload has four; the service counts further ones so that it can name a second file as
 * the fault.
 */
export const uploadPartsMax = 8

/** Bytes of the boundaries and part headers around the file. */
export const uploadFormBytesMax = 64 * KiB

/** Characters of a file name; common file systems allow no more. */
export const fileNameCharactersMax = 255

/**
 * UTF-16 code units of a file name that the service reads: the longest canonical decompositions take four for each
 * character that remains.
 */
export const fileNameUnitsMax = 4 * fileNameCharactersMax

/** The service ends an upload that sends nothing this long, so that a dead client holds no socket. */
export const uploadIdleMs = 30_000

/** The service ends an upload that is slower than this on average. It begins to measure after `uploadIdleMs`. */
export const uploadBytesPerSecondMin = 1 * KiB

/** Worksheet size set by the format (ECMA-376 Part 1, §18.3.1.73 and Excel's specifications). */
export const sheetRowsMax = 1_048_576
export const sheetColumnsMax = 16_384

/** The inspection of one upload may take this long. A million rows take seconds; a file that takes longer is built to. */
export const inspectionMs = 120_000

/** V8 heap of the inspecting thread; the reader stays far below it. */
export const inspectionHeapMiB = 96

/** Inspections that one process runs at the same time: each takes a core. */
export const inspectionsRunningMax = 3

/** The same of one tenant. One place always remains for the others. */
export const inspectionsRunningPerTenant = 2

/** JSON of the list of sheets, which only an import read alone carries. More than a thousand sheets fit. */
export const sheetSummariesBytesMax = 128 * KiB

/** Rows of each sheet that the inspection keeps for the preview. */
export const previewRowsMax = 100
export const previewRowsDefault = 7

/** The last row that may hold the names of columns: the inspection keeps no later one. */
export const headerRowMax = previewRowsMax

/** Columns of a preview, so that an answer stays below a few MiB. */
export const previewColumnsMax = 1_024

/**
 * The service judges the columns of a sheet by so many of its rows, spread over the whole of it. Shares of a thousand rows
 * are right to a few hundredths.
 */
export const judgedRowsMax = 1_000

/**
 * While nobody knows how many rows a sheet has, the service keeps between half of this number and all of it, and so enough
 * to choose `judgedRowsMax` from.
 */
export const sampledRowsMax = 2 * judgedRowsMax

/** Memory that the sampled rows may take in the inspecting thread, about. The sample of a sheet of wide rows is smaller. */
export const sampledBytesMax = 12 * MiB

/** Characters of a sampled cell that the service judges: longer cells are prose. */
export const sampledCellCharactersMax = 256

/** JSON of what the inspection keeps of all columns of one workbook: some hundred bytes for each. */
export const columnProfilesBytesMax = 512 * KiB

/** JSON of all previews of one workbook, which its row in `imports` keeps. */
export const previewBytesMax = 2 * MiB

/** Characters of one cell in a preview. */
export const previewCellCharactersMax = 512

/** Warnings of one import. A workbook of thousands of sheets may give several for each. */
export const importWarningsMax = 100

/** Newest imports of a tenant among which the service looks for one of the same name or file; it takes some 10 ms. */
export const comparedImportsMax = 10_000

/** A stored file is kept in PostgreSQL in chunks of this size. */
export const fileChunkBytes = 1 * MiB
