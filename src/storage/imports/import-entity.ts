/** The `imports` table: an uploaded file, its group of contacts and the job that makes them. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { ImportKind } from '../../contracts/corrections.ts'
import type { ImportStatus, Reading } from '../../contracts/import.ts'
import type { SheetRecord } from '../../contracts/import-snapshot.ts'
import type { Mapping } from '../../contracts/mapping.ts'
import type { DescribedColumn } from '../../contracts/sheet-description.ts'
import type { ErrorData } from '../../errors.ts'

/** A merged range: the place of its first cell, and its size. */
export type MergedPlace = [row: number, column: number, rows: number, columns: number]

/** The first rows of a sheet as texts: `rows[n][column - 1]`, short rows end at their last value. */
export interface SheetPreview {
  sheet: string
  rows: (string | null)[][]
  /** Merged ranges of the sheet; only the first ones when there are many. */
  merged?: MergedPlace[]
  /** What the columns hold; absent when all sheets together have too many columns. */
  columns?: DescribedColumn[]
}

export const ImportEntity = defineEntity({
  name: 'Import',
  tableName: 'imports',
  properties: {
    tenantId: p.text().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    kind: p.text().$type<ImportKind>().default('import'),
    // The import whose rows a correction repairs.
    corrects: p.uuid().nullable(),
    // Number of the last repair of its rows.
    repairs: p.integer().default(0),
    status: p.text().$type<ImportStatus>(),
    fileName: p.text(),
    fileBytes: p.bigint('number'),
    fileSha256: p.text(),
    // Both are large when a workbook has many sheets, so the ORM reads them only when asked for.
    sheets: p.json<SheetRecord[]>().lazy(),
    preview: p.json<SheetPreview[]>().lazy(),
    mapping: p.json<Mapping>().nullable(),
    // The mapping of the import that this one was copied from.
    suggestedMapping: p.json<Mapping>().nullable(),
    firstRow: p.integer(),
    nextRow: p.integer(),
    rowsTotal: p.integer(),
    rowsCreated: p.integer().default(0),
    rowsUpdated: p.integer().default(0),
    rowsSkipped: p.integer().default(0),
    rowsRejected: p.integer().default(0),
    findingsRepaired: p.integer().default(0),
    findingsNoted: p.integer().default(0),
    findingsBlanked: p.integer().default(0),
    rowsPerSecond: p.float().nullable(),
    failureCode: p.text().nullable(),
    failureData: p.json<ErrorData>().nullable(),
    sourceFingerprint: p.text().nullable(),
    epoch: p.integer().default(0),
    owner: p.text().nullable(),
    leaseUntil: p.datetime().nullable(),
    crashes: p.integer().default(0),
    batchRows: p.integer().nullable(),
    slowTries: p.integer().default(0),
    readings: p.json<Reading[]>(),
    eventSeq: p.integer().default(0),
    idempotencyKey: p.text().nullable(),
    createdBy: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
    queuedAt: p.datetime().nullable(),
    startedAt: p.datetime().nullable(),
    finishedAt: p.datetime().nullable(),
  },
})

export type ImportEntity = InferEntity<typeof ImportEntity>
