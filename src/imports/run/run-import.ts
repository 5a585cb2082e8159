/**
 * Runs one claimed import, or its validation, from its first remaining row to its end: sessions → source → rows → sink.
 * While PostgreSQL takes batches, the next one is prepared. Knows no HTTP and no ORM.
 */
import { rm } from 'node:fs/promises'
import type { ContactField, FieldCatalogue } from '../../contracts/contact-fields.ts'
import { completeMapping } from '../../contracts/mapping.ts'
import { crashpoint } from '../../crashpoints.ts'
import { AppError } from '../../errors.ts'
import { toContactField, withoutDeleted } from '../../mapping/custom-fields.ts'
import { catalogueOf } from '../../mapping/field-catalogue.ts'
import { prepareRowMapper, type RowMapper } from '../../mapping/to-contact.ts'
import type { FileStore } from '../../storage/files/file-store.ts'
import { ClaimLostError, SlowBatchError } from '../../storage/imports/fenced-writer.ts'
import type { RunClaim } from '../../storage/imports/queue.ts'
import { isPassingFault } from '../../storage/postgres/faults.ts'
import { importFault } from '../file-fault.ts'
import type { Progress } from '../threads/progress.ts'
import { fetchSource } from './import-source.ts'
import { openMappedSheet } from './mapped-sheet.ts'
import { type DateOrders, observeDates } from './observe-dates.ts'
import { pourRows } from './pour-rows.ts'
import type { RowSink } from './row-sink.ts'
import { type BegunRun, beginRun } from './run-kinds.ts'
import type { RunSessions, SessionKeeper } from './run-sessions.ts'

export interface RunOptions {
  readonly databaseUrl: string
  readonly claim: RunClaim
  readonly sessions: SessionKeeper
  readonly files: FileStore
  /** the fields that every tenant has */
  readonly fields: readonly ContactField[]
  /** where the workbook is fetched to */
  readonly path: string
  readonly scratchDir: string
  readonly leaseMs: number
  readonly batchRowsMax: number
  /** Counts each stretch of rows that was read, and each statement that was answered. */
  readonly progress: Progress
  /** Aborting ends the run once the batches in hand are committed, and gives the import back. */
  readonly stopping: AbortSignal
}

/**
 * How a run ended. `lost`: the claim is another's, or the import was cancelled or deleted. `slow`: PostgreSQL
 * did not take a batch within the lease; the next run begins with a smaller one.
 */
export type RunOutcome = 'completed' | 'failed' | 'lost' | 'stopped' | 'slow'

export async function runImport(options: RunOptions): Promise<RunOutcome> {
  try {
    await using sessions = await options.sessions.open(options)
    const begun = await beginRun[options.claim.run](sessions, options)
    if (!begun) return 'lost'
    const own = begun.row.customFields.map(toContactField)
    return await runClaimed(begun, sessions, { ...options, fields: [...options.fields, ...own] })
  } catch (error) {
    if (isStopped(error, options)) return 'stopped'
    throw error
  } finally {
    await rm(options.path, { force: true })
  }
}

async function runClaimed(
  { row: claimed, openSink }: BegunRun,
  sessions: RunSessions,
  options: RunOptions,
): Promise<RunOutcome> {
  const catalogue = catalogueOf(options.fields)
  const row = { ...claimed, mapping: withoutDeleted(completeMapping(claimed.mapping), catalogue) }
  const { mapper, fault } = readMapping(row, catalogue)
  await using sink = openSink({ ...options, sessions: sessions.all, mapper })
  try {
    if (fault !== undefined) throw fault
    await fetchSource(sessions.sql, claimed, options)
    crashpoint('after-fetch-before-rows', row.id)
    const range = { mapping: row.mapping, endRow: row.firstRow + row.rowsTotal }
    await using sheet = await openMappedSheet({ ...options, mapping: row.mapping })
    const dateOrders = await observeDates(sheet, { ...options, ...range, firstRow: row.firstRow })
    await pourRows(sink, sheet, {
      ...options,
      ...range,
      mapper: createMapper(row, catalogue, dateOrders),
      fromRow: row.nextRow,
      merged: row.merged.map(([row, column, rows, columns]) => ({ row, column, rows, columns })),
    })
    crashpoint('after-completion-before-hand-back', row.id)
    sessions.keep()
    return 'completed'
  } catch (error) {
    return endEarly(error, sink, options)
  }
}

/** The fields that the rows fill; or why the mapping cannot be used, which a newer release may have left behind. */
function readMapping(
  row: BegunRun['row'],
  catalogue: FieldCatalogue,
): { readonly mapper: Pick<RowMapper, 'fields' | 'fills'>; readonly fault?: unknown } {
  try {
    const unknown = row.mapping.columns.find(({ field }) => catalogue.find(field) === undefined)
    if (unknown) throw new AppError('mapping-unknown-field', { field: unknown.field })
    return { mapper: createMapper(row, catalogue) }
  } catch (fault) {
    return { mapper: { fields: [], fills: [] }, fault }
  }
}

function createMapper(
  row: BegunRun['row'],
  catalogue: FieldCatalogue,
  dateOrders?: DateOrders,
): RowMapper {
  return prepareRowMapper({
    dateOrders,
    mapping: row.mapping,
    catalogue,
    // The day stays the same however often the import is continued.
    today: String(row.createdAt).slice(0, 'YYYY-MM-DD'.length),
  })
}

/**
 * Faults of the file end the import, and so do errors that nobody foresaw: those are thrown on all the same, to be
 * logged. An error that another try may survive is thrown on alone.
 */
async function endEarly(error: unknown, sink: RowSink, options: RunOptions): Promise<RunOutcome> {
  const { importId } = options.claim
  if (error instanceof ClaimLostError) return 'lost'
  if (isStopped(error, options)) return 'stopped'
  try {
    if (error instanceof SlowBatchError && (await sink.slowDown(error))) return 'slow'
    const fault = importFault(error)
    if (fault === undefined && isPassingFault(error)) throw error
    await sink.fail(fault ?? { code: 'internal-error', data: { requestId: importId } })
    if (fault === undefined) throw error
    return 'failed'
  } catch (failure) {
    if (failure instanceof ClaimLostError) return 'lost'
    throw failure
  }
}

function isStopped(error: unknown, { stopping }: Pick<RunOptions, 'stopping'>): boolean {
  return stopping.aborted && error === stopping.reason
}
