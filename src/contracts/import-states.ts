/**
 * The life of an import. `uploaded → mapped → queued → running → completed | failed | cancelled`, and
 * `deleting` from any of them, after which it is gone.
 *
 * The table below holds the moves of callers. Starting a cancelled or failed import continues it after its last
 * committed row; deleting one that is being deleted already changes nothing. What a worker does is guarded
 * in SQL, where the row is locked: it claims a queued import, or a running one whose lease has run out
 * (`storage/imports/queue`), and ends a running one.
 */
import { AppError } from '../errors.ts'
import { type ImportStatus, importStatuses } from './import.ts'

const kept = importStatuses.filter(status => status !== 'deleting')

/** The moves of a caller, each with the states in which it is possible. */
export const moves = {
  rename: kept,
  map: ['uploaded', 'mapped'],
  /** tries the mapping on all rows */
  validate: ['mapped'],
  start: ['mapped', 'cancelled', 'failed'],
  cancel: ['queued', 'running'],
  copy: ['completed', 'failed', 'cancelled'],
  assign: ['queued', 'running', 'completed', 'failed', 'cancelled'],
  delete: kept,
  /** repairs its rows, one by one or by a correction */
  correct: ['completed', 'failed', 'cancelled'],
  /** reads what became of each row, or counts it again */
  prove: kept,
} as const satisfies Record<string, readonly ImportStatus[]>

export type Move = keyof typeof moves

export function isAllowed(move: Move, status: ImportStatus): boolean {
  return (moves[move] as readonly ImportStatus[]).includes(status)
}

/** Throws `import-state-conflict` unless the move is legal in this state. */
export function requireMove(move: Move, status: ImportStatus): void {
  if (isAllowed(move, status)) return
  throw new AppError('import-state-conflict', { status, allowed: moves[move].join(', ') })
}
