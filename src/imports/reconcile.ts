/**
 * Counts an import again: contacts, refused cells and skipped rows from the tables, against its ledger and the count of
 * its file. What lies before `next_row` is committed and changes no more, so that a row that is missing there is missing
 * for certain, also while the import runs; that nothing is missing can be said of a completed one alone.
 */
import type { Caller } from '../contracts/caller.ts'
import { requireMove } from '../contracts/import-states.ts'
import type { Reconciliation, Verdict } from '../contracts/row-outcomes.ts'
import { AppError } from '../errors.ts'
import { namedRowsMax, recountMs, windowRows } from '../limits.ts'
import { type ImportFigures, readFigures } from '../storage/imports/figures.ts'
import type { RowRecord, RowWindow } from '../storage/imports/row-window.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import { walkSettings } from '../storage/postgres/walk-settings.ts'
import type { ImportContext } from './context.ts'
import { readWindow } from './list-outcomes.ts'

interface Recount {
  readonly id: string
  /** Ends the recount: nobody waits for it any more. */
  readonly signal: AbortSignal
  /** how long it may take; `recountMs` when absent */
  readonly timeMs?: number
}

/**
 * Reads windows one after the other, each on a connection that is given back with it. Throws `not-found`, and
 * `import-state-conflict` while the import is being deleted.
 */
export async function reconcileImport(
  context: ImportContext,
  caller: Caller,
  { id, signal, timeMs = recountMs }: Recount,
): Promise<Reconciliation> {
  const deadline = performance.now() + timeMs
  const before = await findFigures(context, caller, id)
  const count = new RowCount()
  let row = before.firstRow
  while (row < before.nextRow && performance.now() < deadline) {
    signal.throwIfAborted()
    const bounds = { fromRow: row, toRow: Math.min(row + windowRows, before.nextRow) }
    count.add(await readWindow(context, caller, id, bounds))
    row = bounds.toRow
  }
  for (const stray of before.strayRows) count.surplus.add(stray)
  const after = await findFigures(context, caller, id)
  return describe(before, count, {
    isWhole: row >= before.nextRow,
    isSteady: sameFigures(before, after),
  })
}

function findFigures({ orm }: ImportContext, caller: Caller, id: string): Promise<ImportFigures> {
  const { tenantId } = caller
  return inTenant(
    orm,
    tenantId,
    async em => {
      const figures = await readFigures(sqlOf(em), { tenantId, importId: id })
      if (!figures) throw new AppError('not-found')
      requireMove('prove', figures.status)
      return figures
    },
    walkSettings,
  )
}

/** Rows by number: all are counted, the first are named. */
class NamedRows {
  readonly rows: number[] = []
  count = 0

  add(row: number): void {
    this.count += 1
    if (this.rows.length < namedRowsMax) this.rows.push(row)
  }
}

class RowCount {
  processed = 0
  created = 0
  updated = 0
  skipped = 0
  rejected = 0
  unknown = 0
  blanked = 0
  readonly missing = new NamedRows()
  readonly surplus = new NamedRows()

  add({ fromRow, rows }: RowWindow): void {
    for (const [at, record] of rows.entries()) this.#addRow(fromRow + at, record)
    this.processed += rows.length
  }

  #addRow(row: number, record: RowRecord): void {
    const { isRejected, isSkipped, isKept, blanked } = record
    const { created, updated } = broughtIn(record)
    this.created += created
    this.updated += updated
    this.skipped += isSkipped ? 1 : 0
    this.rejected += isRejected ? 1 : 0
    this.blanked += blanked
    const found = created + updated + (isRejected ? 1 : 0) + (isSkipped ? 1 : 0)
    if (found > 1 || (isSkipped && blanked > 0)) this.surplus.add(row)
    else if (found === 0 && (isKept || blanked > 0)) this.missing.add(row)
    else if (found === 0) this.unknown += 1
  }
}

/** Contacts of the row; of a correction, a row that repaired one of the original's. */
function broughtIn({ contactIds, correction }: RowRecord) {
  const isCreated = correction?.outcome === 'created' && correction.contactId !== undefined
  return {
    created: contactIds.length + (isCreated ? 1 : 0),
    updated: correction?.outcome === 'updated' ? 1 : 0,
  }
}

interface Certainty {
  /** All rows that the import had reached were recounted. */
  readonly isWhole: boolean
  /** The ledger was the same before and behind the recount. */
  readonly isSteady: boolean
}

function describe(figures: ImportFigures, count: RowCount, certainty: Certainty): Reconciliation {
  const { status, firstRow, nextRow, rowsTotal, sheetRows } = figures
  const { created, updated, skipped, rejected, blanked } = figures
  const processed = nextRow - firstRow
  const { missing, surplus } = count
  const total = sheetRows === null ? null : Math.max(0, sheetRows - firstRow + 1)
  return {
    verdict: judge(figures, count, total, certainty),
    status,
    ledger: {
      total: rowsTotal,
      processed,
      created,
      updated,
      skipped,
      rejected,
      remaining: rowsTotal - processed,
      blanked,
    },
    counted: {
      total,
      processed: count.processed,
      created: count.created,
      updated: count.updated,
      skipped: count.skipped,
      rejected: count.rejected,
      unknown: count.unknown,
      blanked: count.blanked,
    },
    missing: missing.count,
    surplus: surplus.count,
    missingRows: missing.rows,
    surplusRows: surplus.rows,
  }
}

function judge(
  figures: ImportFigures,
  count: RowCount,
  total: number | null,
  { isWhole, isSteady }: Certainty,
): Verdict {
  if (count.missing.count > 0 || count.surplus.count > 0) return 'failed'
  if (total !== null && total !== figures.rowsTotal) return 'failed'
  if (!isWhole) return 'interim'
  if (!agree(figures, count)) return isSteady ? 'failed' : 'interim'
  const isOver = figures.status === 'completed' && count.processed === figures.rowsTotal
  return isOver && isSteady && total !== null && count.unknown === 0 ? 'ok' : 'interim'
}

/** Rows of which nothing is known can only have been skipped. */
function agree(figures: ImportFigures, count: RowCount): boolean {
  return (
    count.created === figures.created &&
    count.updated === figures.updated &&
    count.rejected === figures.rejected &&
    count.skipped + count.unknown === figures.skipped &&
    count.blanked === figures.blanked
  )
}

const ledgerMembers = [
  'status',
  'firstRow',
  'nextRow',
  'rowsTotal',
  'created',
  'updated',
  'skipped',
  'rejected',
  'blanked',
] as const

function sameFigures(before: ImportFigures, after: ImportFigures): boolean {
  return ledgerMembers.every(member => before[member] === after[member])
}
