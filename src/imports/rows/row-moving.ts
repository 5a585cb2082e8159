/** The conflict of a call for a row of an import that does not stand still. */
import { moves } from '../../contracts/import-states.ts'
import { AppError } from '../../errors.ts'
import type { ImportEntity } from '../../storage/imports/import-entity.ts'

/** `status` is the one that was read before the change: whoever reads it again learns the newest one. */
export function importMoving({ status }: Pick<ImportEntity, 'status'>): AppError {
  return new AppError('import-state-conflict', { status, allowed: moves.correct.join(', ') })
}
