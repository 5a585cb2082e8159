/**
 * Runs one claimed import from its first remaining row to its end: rows → contacts → batches. While
 * PostgreSQL takes one batch, the next is prepared. Knows no HTTP and no ORM.
 */
import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { Mapping } from '../contracts/mapping.ts'
import { progressIntervalMs } from '../limits.ts'
import { prepareRowMapper, type RowMapper } from '../mapping/to-contact.ts'
import { BatchWriter, ClaimLostError } from '../storage/batch-writer.ts'
import type { FileStore } from '../storage/file-store.ts'
import { type ImportRow, importColumns } from '../storage/import-row.ts'
import type { Claim } from '../storage/queue.ts'
import { type RunSql, sqlOn } from '../storage/sql.ts'
import { inTenantTransaction } from '../storage/tenant-session.ts'
import { openWorkbook, type SheetInfo, type Workbook } from '../xlsx/index.ts'
import { BatchBuilder } from './batch-builder.ts'
import { sourceFingerprint } from './change-import.ts'
import { type Fault, importFault } from './file-fault.ts'
import { RowRate } from './row-rate.ts'

export interface RunOptions {
  readonly databaseUrl: string
  readonly claim: Claim
  readonly files: FileStore
  /** where the workbook is fetched to */
  readonly path: string
  readonly scratchDir: string
  readonly leaseMs: number
  /** asked after each batch: true gives the import back */
  readonly isStopping: () => boolean
}

/** How a run ended. `lost`: the claim is another's, or the import was cancelled or deleted. */
export type RunOutcome = 'completed' | 'failed' | 'lost' | 'stopped'

export async function runImport(options: RunOptions): Promise<RunOutcome> {
  const client = new pg.Client(connectionOptions(options))
  // A connection that breaks rejects the query in flight; the event alone must not end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await runOn(client, options)
  } finally {
    await client.end().catch(() => {})
    await rm(options.path, { force: true })
  }
}

/** No statement may hold a batch for longer than its lease. */
function connectionOptions({ databaseUrl, claim, leaseMs }: RunOptions): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: `contact-import run ${claim.importId}`,
    connectionTimeoutMillis: 5_000,
    statement_timeout: leaseMs,
    idle_in_transaction_session_timeout: leaseMs,
    keepAlive: true,
  }
}

async function runOn(client: pg.Client, options: RunOptions): Promise<RunOutcome> {
  const sql = sqlOn(client)
  const row = await loadImport(sql, options.claim)
  if (!row) return 'lost'
  const mapper = prepareRowMapper(row.mapping)
  const writer = new BatchWriter({
    client,
    claim: options.claim,
    leaseMs: options.leaseMs,
    columns: mapper.fields.map(({ column, kind }) => ({
      column,
      type: kind === 'date' ? 'date' : 'text',
    })),
  })
  try {
    if (sourceFingerprint(row) !== row.sourceFingerprint) {
      await writer.fail('import-source-changed', {})
      return 'failed'
    }
    await fetchFile(sql, options)
    const stopped = await writeRows(row, mapper, writer, options)
    if (stopped) return 'stopped'
    await writer.complete()
    return 'completed'
  } catch (error) {
    if (error instanceof ClaimLostError) return 'lost'
    return failImport(writer, importFault(error))
  }
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

function fetchFile(sql: RunSql, { claim, files, path }: RunOptions): Promise<void> {
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

/** Writes all remaining rows; true when it was asked to stop before the end. */
async function writeRows(
  row: MappedImport,
  mapper: RowMapper,
  writer: BatchWriter,
  options: RunOptions,
): Promise<boolean> {
  await using workbook = await openWorkbook(options.path, { scratchDir: options.scratchDir })
  await writer.open()
  const endRow = row.firstRow + row.rowsTotal
  const builder = new BatchBuilder(mapper, row.nextRow)
  const pace = new BatchPace()
  let committed = Promise.resolve()
  const send = async (end?: number) => {
    await committed
    const counts = builder.take(end)
    committed = writer.write({ ...counts, ...pace.next(counts.nextRow) })
    // It is awaited with the next batch; until then a failure must not count as unhandled.
    committed.catch(() => {})
  }
  for await (const rows of workbook.rowBatches(findSheet(workbook, row.mapping), {
    columns: row.mapping.columns.map(({ column }) => column),
    fromRow: row.nextRow,
  })) {
    for (const sheetRow of rows) {
      builder.add(sheetRow)
      if (!builder.isFull) continue
      await send()
      if (!options.isStopping()) continue
      await committed
      return true
    }
  }
  await send(endRow)
  await committed
  return false
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
