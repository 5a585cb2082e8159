/** Validations: what a start would bring in, found out before, in the background and without writing a contact. */
import type { Caller } from '../contracts/caller.ts'
import type { Import } from '../contracts/import.ts'
import { requireMove } from '../contracts/import-states.ts'
import { crashpoint } from '../crashpoints.ts'
import { AppError, type Locale } from '../errors.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import {
  type Cancelled,
  cancelValidation,
  queueValidation,
} from '../storage/imports/validations.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { lockImport, showImport } from './find-import.ts'

interface ValidationCall {
  readonly id: string
  readonly locale: Locale
}

/**
 * Queues a validation of a mapped import, in place of an earlier one that is over; one that is under way goes on. Throws
 * `not-found`, `mapping-missing` and `import-state-conflict`.
 */
export function validateImport(
  { orm }: ImportContext,
  caller: Caller,
  { id, locale }: ValidationCall,
): Promise<Import> {
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await lockImport(em, caller, id)
    if (entity.status === 'uploaded') throw new AppError('mapping-missing', { id })
    requireMove('validate', entity.status)
    if (entity.kind === 'correction') throw new AppError('correction-without-validation')
    await queueValidation(sqlOf(em), { tenantId: caller.tenantId, importId: id })
    crashpoint('after-change-before-commit', id)
    return showImport(em, entity, locale)
  })
}

/** Cancels the validation; its figures stay as they are. Throws `not-found`, and `validation-not-running` when none is under way. */
export function cancelImportValidation(
  { orm }: ImportContext,
  caller: Caller,
  { id, locale }: ValidationCall,
): Promise<Import> {
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await lockImport(em, caller, id)
    if (!(await endValidation(em, entity, { caller }))) throw new AppError('validation-not-running')
    return showImport(em, entity, locale)
  })
}

/**
 * Cancels the validation of an import that the transaction has locked, when one is under way, and records the event; says
 * whether one was. The import must be flushed: the event tells it as it stands in its row.
 */
export async function endValidation(
  em: EntityManager,
  entity: ImportEntity,
  { caller, which = 'any' }: { readonly caller: Caller; readonly which?: Cancelled },
): Promise<boolean> {
  const sql = sqlOf(em)
  const { tenantId, id: importId } = entity
  const isEnded = await cancelValidation(sql, { tenantId, importId }, which)
  if (isEnded) await recordEvent(sql, entity, 'validation-cancelled', caller.subject)
  return isEnded
}
