/**
 * Runs one claimed import from its first remaining row to its end: rows → contacts → batches. While
 * PostgreSQL takes batches, the next one is prepared. Knows no HTTP and no ORM.
 */
import { rm } from 'node:fs/promises'
import type { Mapping } from '../../contracts/mapping.ts'
import { crashpoint } from '../../crashpoints.ts'
import { connectionMs, progressIntervalMs, sessionsPerImport } from '../../limits.ts'
import { prepareRowMapper, type RowMapper } from '../../mapping/to-contact.ts'
import type { FileStore } from '../../storage/files/file-store.ts'
import { BatchWriter, ClaimLostError } from '../../storage/imports/batch-writer.ts'
import { type ImportRow, importColumns } from '../../storage/imports/import-row.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import { endEarlierSessions, runSessionName } from '../../storage/imports/run-session.ts'
import {
  BoundedClient,
  boundedBy,
  noticeLostClient,
} from '../../storage/postgres/bounded-client.ts'
import { type RunSql, sqlOn } from '../../storage/postgres/sql.ts'
import { inTenantTransaction } from '../../storage/postgres/tenant-session.ts'
import { openWorkbook, type SheetInfo, type Workbook } from '../../xlsx/index.ts'
import { type Fault, importFault } from '../file-fault.ts'
import { BatchBuilder } from './batch-builder.ts'
import { BatchLine } from './batch-line.ts'
import { RowRate } from './row-rate.ts'
import { sourceFingerprint } from './source-fingerprint.ts'
import { standBack } from './thread-priority.ts'

export interface RunOptions {
  readonly databaseUrl: string
  readonly claim: Claim
  readonly files: FileStore
  /** where the workbook is fetched to */
  readonly path: string
  readonly scratchDir: string
  readonly leaseMs: number
  readonly batchRowsMax: number
  /** Aborting ends the run once the batches in hand are committed, and gives the import back. */
  readonly stopping: AbortSignal
}

/** How a run ended. `lost`: the claim is another's, or the import was cancelled or deleted. */
export type RunOutcome = 'completed' | 'failed' | 'lost' | 'stopped'

export async function runImport(options: RunOptions): Promise<RunOutcome> {
  const clients = Array.from({ length: sessionsPerImport }, () => openClient(options))
  try {
    for (const client of clients) {
      await client.connect()
      await noticeLostClient(client, options.leaseMs)
    }
    await endEarlierSessions(sqlOn(clients[0]!), options.claim)
    return await runOn(clients, options)
  } finally {
    await Promise.all(clients.map(client => client.end()))
    await rm(options.path, { force: true })
  }
}

/** No statement, and no lost connection, may hold a batch for longer than its lease. */
function openClient({ databaseUrl, claim, leaseMs }: RunOptions): BoundedClient {
  const client = new BoundedClient({
    connectionString: databaseUrl,
    application_name: runSessionName(claim),
    connectionTimeoutMillis: connectionMs,
    ...boundedBy({ statementMs: leaseMs, idleInTransactionMs: leaseMs }),
  })
  // A connection that breaks rejects the query in flight; the event alone must not end the process.
  client.on('error', () => {})
  return client
}

async function runOn(clients: BoundedClient[], options: RunOptions): Promise<RunOutcome> {
  const sql = sqlOn(clients[0]!)
  const row = await loadImport(sql, options.claim)
  if (!row) return 'lost'
  const mapper = prepareRowMapper(row.mapping)
  const writers = clients.map(client => createWriter(client, mapper, options))
  const writer = writers[0]!
  try {
    const sha256 = await fetchFile(sql, options)
    crashpoint('after-fetch-before-rows', row.id)
    if (sourceFingerprint({ ...row, fileSha256: sha256 }) !== row.sourceFingerprint) {
      await writer.fail('import-source-changed', {})
      return 'failed'
    }
    await writeRows(row, mapper, writers, options)
    crashpoint('after-last-batch-before-completion', row.id)
    await writer.complete()
    crashpoint('after-completion-before-hand-back', row.id)
    return 'completed'
  } catch (error) {
    if (error instanceof ClaimLostError) return 'lost'
    if (options.stopping.aborted && error === options.stopping.reason) return 'stopped'
    return failImport(writer, importFault(error))
  }
}

function createWriter(
  client: BoundedClient,
  mapper: RowMapper,
  { claim, leaseMs }: RunOptions,
): BatchWriter {
  const columns = mapper.fields.map(({ column, kind }) => ({
    column,
    type: kind === 'date' ? ('date' as const) : ('text' as const),
  }))
  return new BatchWriter({ client, claim, leaseMs, columns })
}

type MappedImport = ImportRow & { mapping: Mapping }

function loadImport(sql: RunSql, claim: Claim): Promise<MappedImport | undefined> {
  return inTenantTransaction(sql, claim.tenantId, async () => {
    const [row] = await sql<MappedImport>(
      `select ${importColumns} from imports where id = $1 and epoch = $2 and status = 'running'`,
      [claim.importId, claim.epoch],
    )
    return row
  })
}

/** Gives the SHA-256 of what was fetched. */
function fetchFile(sql: RunSql, { claim, files, path }: RunOptions): Promise<string> {
  return inTenantTransaction(sql, claim.tenantId, () => files.fetchTo(sql, claim, path))
}

async function failImport(writer: BatchWriter, fault: Fault): Promise<RunOutcome> {
  try {
    await writer.fail(fault.code, fault.data)
    return 'failed'
  } catch (error) {
    if (error instanceof ClaimLostError) return 'lost'
    throw error
  }
}

/** Writes all remaining rows. When it is to stop before the end it throws the reason, with nothing left in hand. */
async function writeRows(
  row: MappedImport,
  mapper: RowMapper,
  writers: readonly BatchWriter[],
  { path, scratchDir, stopping, batchRowsMax }: RunOptions,
): Promise<void> {
  await using workbook = await openWorkbook(path, { scratchDir, signal: stopping })
  for (const writer of writers) await writer.open()
  const builder = new BatchBuilder(mapper, {
    fromRow: row.nextRow,
    rowsMax: batchRowsMax,
  })
  const pace = new BatchPace()
  await using line = new BatchLine(writers)
  for await (const rows of workbook.rowBatches(findSheet(workbook, row.mapping), {
    columns: row.mapping.columns.map(({ column }) => column),
    fromRow: row.nextRow,
  })) {
    for (const sheetRow of rows) {
      builder.add(sheetRow)
      if (!builder.isFull) continue
      await line.ready()
      stopping.throwIfAborted()
      // Whoever waits for the import to go on has waited for its first batch: that one goes before requests.
      if (builder.isFirst) standBack()
      const counts = builder.take()
      line.send({ ...counts, ...pace.next(counts.nextRow) })
    }
  }
  await line.ready()
  const counts = builder.take(row.firstRow + row.rowsTotal)
  line.send({ ...counts, ...pace.next(counts.nextRow) })
  await line.settle()
}

function findSheet(workbook: Workbook, mapping: Mapping): SheetInfo {
  const sheet = workbook.sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) throw new Error(`the stored workbook has no sheet "${mapping.sheet}"`)
  return sheet
}

/** How fast rows go, and when the next progress event is due. */
class BatchPace {
  readonly #rate = new RowRate()
  #lastProgress = Number.NEGATIVE_INFINITY

  next(nextRow: number): { rowsPerSecond: number | null; progress: boolean } {
    const now = performance.now()
    const progress = now - this.#lastProgress >= progressIntervalMs
    if (progress) this.#lastProgress = now
    return { rowsPerSecond: this.#rate.note(nextRow, now), progress }
  }
}
