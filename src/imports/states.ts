/**
 * The life of an import. `uploaded → mapped → queued → running → completed | failed | cancelled`, and
 * `deleting` from any of them, after which it is gone.
 *
 * Callers map, start, cancel and delete; a worker claims a queued import and ends a running one. Starting a
 * cancelled or failed import continues it after its last committed row.
 */
import type { ImportStatus } from '../contracts/import.ts'
import { AppError } from '../errors.ts'

/** Every legal move: what a caller or a worker does, and the states it is possible in. */
export const moves = {
  map: ['uploaded', 'mapped'],
  start: ['mapped', 'cancelled', 'failed'],
  claim: ['queued', 'running'],
  complete: ['running'],
  fail: ['running'],
  cancel: ['queued', 'running'],
  delete: ['uploaded', 'mapped', 'queued', 'running', 'completed', 'failed', 'cancelled'],
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
