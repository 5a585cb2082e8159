/** `DELETE` of one row: a rejected row that nobody wants is skipped. */
import type { Caller } from '../../contracts/caller.ts'
import { requireMove } from '../../contracts/import-states.ts'
import type { RowOfImport } from '../../contracts/services.ts'
import { crashpoint } from '../../crashpoints.ts'
import { AppError } from '../../errors.ts'
import { discardRow, findDiscarded } from '../../storage/imports/discard-row.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import type { ImportContext } from '../context.ts'
import { findImport } from '../find-import.ts'
import { requireRow } from './find-row.ts'
import { refuseReusedKey } from './row-key.ts'
import { importMoving } from './row-moving.ts'

export interface RowDeletion extends RowOfImport {
  readonly idempotencyKey: string | undefined
}

/**
 * Saying it again changes nothing. Throws `not-found`, `row-unknown`, `row-not-rejected` for a row that was not rejected,
 * `import-state-conflict` unless the import stands still, and `idempotency-key-reused`.
 */
export function removeRow(
  { orm }: Pick<ImportContext, 'orm'>,
  caller: Caller,
  { id, row, idempotencyKey }: RowDeletion,
): Promise<void> {
  const { tenantId, subject } = caller
  return inTenant(orm, tenantId, async em => {
    const entity = await findImport(em, caller, id)
    requireRow(entity, row)
    const sql = sqlOf(em)
    const ofImport = { tenantId, importId: id }
    const request = { method: 'DELETE', row }
    if (await refuseReusedKey(sql, ofImport, { idempotencyKey, request })) return
    requireMove('correct', entity.status)
    const done = await discardRow(sql, ofImport, { row, actor: subject })
    crashpoint('after-change-before-commit', id)
    if (done === 'discarded') return
    if (done === 'moving') throw importMoving(entity)
    if (await findDiscarded(sql, ofImport, row)) return
    throw new AppError('row-not-rejected', { row })
  })
}
