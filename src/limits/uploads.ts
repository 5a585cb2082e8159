/** Receiving an upload, inspecting its workbook and keeping what its preview shows. */
import { KiB, MiB } from './bytes.ts'

/** A sheet of 1,048,576 rows × 20 columns is about 150 MiB; twice that still spools in seconds. */
export const uploadBytesMax = 256 * MiB

/** Uploads arriving at the same time in one process: each may fill `uploadBytesMax` of the scratch folder. */
export const uploadsReceivingMax = 32

/** The same of one tenant: a quarter of the places is always left to the others. */
export const uploadsReceivingPerTenant = 24

/** Multipart fields beside the file: an import name, nothing longer. */
export const uploadFieldBytesMax = 4 * KiB

/** Parts of an upload: two are used, and a second file is counted to be named as the fault. */
export const uploadPartsMax = 8

/** Boundaries and part headers around the file of an upload. */
export const uploadFormBytesMax = 64 * KiB

/** The file's name: longer ones exist on no common file system. */
export const fileNameCharactersMax = 255

/**
 * UTF-16 units of a file name that are looked at: four for each character that is kept, which the longest
 * decompositions take.
 */
export const fileNameUnitsMax = 4 * fileNameCharactersMax

/** An upload that sends nothing for this long is given up, so that a dead client holds no socket. */
export const uploadIdleMs = 30_000

/** Below this rate (averaged since its start, after a grace of `uploadIdleMs`) an upload is given up. */
export const uploadBytesPerSecondMin = 1 * KiB

/** Worksheet size set by the format (ECMA-376 Part 1, §18.3.1.73 and Excel's specifications). */
export const sheetRowsMax = 1_048_576
export const sheetColumnsMax = 16_384

/** Inspection of one upload: a million rows take seconds; more means a file built to be slow. */
export const inspectionMs = 120_000

/** Heap of the inspecting worker thread; the reader itself stays far below. */
export const inspectionHeapMiB = 96

/** Inspections at the same time in one process: each takes a core. */
export const inspectionsRunningMax = 3

/** The same of one tenant: a place is always left to the others. */
export const inspectionsRunningPerTenant = 2

/** What an import read alone tells of its sheets, as JSON. Over a thousand sheets fit. */
export const sheetSummariesBytesMax = 128 * KiB

/** Rows kept from the inspection for the preview. */
export const previewRowsMax = 100
export const previewRowsDefault = 7

/** The row that may hold the names of columns: one of those that the inspection kept. */
export const headerRowMax = previewRowsMax

/** Columns that a preview shows at most, so that one answer stays below a few MiB. */
export const previewColumnsMax = 1_024

/**
 * Rows of a sheet by which its columns are judged, spread over the whole of it: between half of these and all. Shares
 * of a thousand rows are right to a few hundredths.
 */
export const sampledRowsMax = 2_000

/** What these rows take in the inspecting thread, about; sheets of wide rows are judged by fewer. */
export const sampledBytesMax = 12 * MiB

/** Characters of a cell that is judged: longer ones are prose. */
export const sampledCellCharactersMax = 256

/** What is kept of all columns of one workbook, as JSON: a column takes some hundred bytes. */
export const columnProfilesBytesMax = 512 * KiB

/** All previews of one workbook, as JSON: they live in the row of its import. */
export const previewBytesMax = 2 * MiB

/** Characters of one cell in a preview. */
export const previewCellCharactersMax = 512

/** Warnings of one import: a workbook of thousands of sheets may have several for each. */
export const importWarningsMax = 100

/** Chunk of a stored file in PostgreSQL. */
export const fileChunkBytes = 1 * MiB
