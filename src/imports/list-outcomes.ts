/** What became of each row of an import, in the order of the sheet. */
import type { Caller } from '../contracts/caller.ts'
import { requireMove } from '../contracts/import-states.ts'
import type { RowOutcome } from '../contracts/row-outcomes.ts'
import { AppError } from '../errors.ts'
import { windowRows } from '../limits.ts'
import {
  type CorrectedRow,
  type ImportAtWindow,
  type RowRecord,
  type RowWindow,
  readRowWindow,
  type WindowBounds,
} from '../storage/imports/row-window.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import { walkSettings } from '../storage/postgres/walk-settings.ts'
import type { ImportContext } from './context.ts'

/**
 * The outcomes from a row of the sheet on, a window at a time, as each window finds them. A window is read when the one
 * before was taken, on a connection that is given back with it. Throws `import-state-conflict` while the import is being
 * deleted, and `not-found` when it is gone.
 */
export async function* listOutcomes(
  { orm }: Pick<ImportContext, 'orm'>,
  caller: Caller,
  { id, fromRow = 1 }: { id: string; fromRow?: number | undefined },
): AsyncGenerator<readonly RowOutcome[]> {
  for (let row = fromRow; ; ) {
    const window = await readWindow({ orm }, caller, id, { fromRow: row, toRow: row + windowRows })
    yield outcomesOf(window)
    row = Math.max(window.toRow, window.import.firstRow)
    if (row >= endOf(window.import)) return
  }
}

/** One window, in a transaction of its own. */
export function readWindow(
  { orm }: Pick<ImportContext, 'orm'>,
  { tenantId }: Caller,
  importId: string,
  bounds: WindowBounds,
): Promise<RowWindow> {
  return inTenant(
    orm,
    tenantId,
    async em => {
      const window = await readRowWindow(sqlOf(em), { tenantId, importId }, bounds)
      if (!window) throw new AppError('not-found')
      requireMove('prove', window.import.status)
      return window
    },
    walkSettings,
  )
}

/** The row behind the last one of the sheet. */
function endOf({ firstRow, rowsTotal }: ImportAtWindow): number {
  return firstRow + rowsTotal
}

/** Those of the rows of a window that are data. */
export function outcomesOf({ rows, fromRow, import: at }: RowWindow): RowOutcome[] {
  const first = Math.max(fromRow, at.firstRow)
  const end = Math.min(fromRow + rows.length, endOf(at))
  const outcomes: RowOutcome[] = []
  for (let row = first; row < end; row += 1) {
    outcomes.push(outcomeOf(row, rows[row - fromRow]!, at.nextRow))
  }
  return outcomes
}

function outcomeOf(row: number, record: RowRecord, nextRow: number): RowOutcome {
  const codes = record.codes as string[]
  if (row >= nextRow) return { row, outcome: 'pending', codes: [] }
  const contactId = record.contactIds[0]
  if (contactId !== undefined) return { row, outcome: 'created', contactId, codes }
  if (record.correction) return ofCorrection(row, record.correction, codes)
  if (record.isRejected) return { row, outcome: 'rejected', codes }
  // What an earlier release imported and is no contact was skipped, as far as anybody knows.
  if (record.isSkipped || !record.isKept) return { row, outcome: 'skipped', codes }
  return { row, outcome: 'created', codes }
}

/** A row of a correction: the contact is that of the row which it repairs. */
function ofCorrection(
  row: number,
  { outcome, code, contactId }: CorrectedRow,
  codes: string[],
): RowOutcome {
  if (outcome === 'skipped') return { row, outcome, codes: code === undefined ? codes : [code] }
  return { row, outcome, ...(contactId !== undefined && { contactId }), codes }
}
