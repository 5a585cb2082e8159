/** What a caller does to an import besides mapping it: rename, start, cancel, delete. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import type { EventName } from '../contracts/events.ts'
import type { Import } from '../contracts/import.ts'
import { isAllowed, requireMove } from '../contracts/import-states.ts'
import { completeMapping } from '../contracts/mapping.ts'
import { crashpoint } from '../crashpoints.ts'
import { AppError, type Locale } from '../errors.ts'
import { ImportEntity } from '../storage/imports/import-entity.ts'
import { notifyQueue } from '../storage/jobs/claims.ts'
import { queueJob } from '../storage/jobs/step-jobs.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { databaseTime } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { deletionKind } from './delete-import.ts'
import { lockImport, showImport, withPreview } from './find-import.ts'
import { sourceFingerprint } from './run/source-fingerprint.ts'
import { rememberMapping } from './used-mappings.ts'
import { endValidation } from './validate-import.ts'
import { refuseImplausible } from './warn-of-mapping.ts'

interface Change {
  readonly caller: Caller
  readonly id: string
  readonly locale: Locale
}

/** Gives the import another name; throws `import-state-conflict` while it is being deleted. */
export function renameImport(
  context: ImportContext,
  change: Change & { readonly name: string },
): Promise<Import> {
  return changeImport(context, change, async (_, entity) => {
    requireMove('rename', entity.status)
    entity.name = change.name
    return 'renamed'
  })
}

/**
 * Queues the import, and cancels its validation: who starts no longer asks what a start would bring. A cancelled or failed
 * import continues after its last committed row.
 */
export async function startImport(context: ImportContext, change: Change): Promise<Import> {
  const catalogue = await context.fields.of(change.caller.tenantId)
  return changeImport(context, change, async (em, entity) => {
    await endValidation(em, entity, change)
    await queueEntity(em, entity, { context, catalogue })
    return 'queued'
  })
}

/**
 * Queues an import that the transaction made or locked; the caller flushes it and records the event. Throws
 * `mapping-missing`, `import-state-conflict`, `correction-original-moving`, and `mapping-implausible` when the import was never started and its mapping
 * would read next to nothing.
 */
export async function queueEntity(
  em: EntityManager,
  entity: ImportEntity,
  { context, catalogue }: { context: ImportContext; catalogue: FieldCatalogue },
): Promise<void> {
  if (entity.status === 'uploaded') throw new AppError('mapping-missing', { id: entity.id })
  requireMove('start', entity.status)
  if (entity.kind === 'correction') await requireStandingOriginal(em, entity)
  else if (entity.status === 'mapped') {
    const mapping = completeMapping(entity.mapping!)
    const whole = await withPreview(em, entity)
    refuseImplausible(context, { entity: whole, mapping, catalogue })
    await rememberMapping(em, whole)
  }
  Object.assign(entity, {
    status: 'queued',
    queuedAt: await databaseTime(sqlOf(em)),
    finishedAt: null,
    failureCode: null,
    failureData: null,
    crashes: 0,
    sourceFingerprint: entity.sourceFingerprint ?? sourceFingerprint(entity),
  } satisfies Partial<ImportEntity>)
  await notifyQueue(sqlOf(em))
}

/** Throws `correction-original-moving` unless the import whose rows are corrected stands still. */
async function requireStandingOriginal(em: EntityManager, entity: ImportEntity): Promise<void> {
  const { tenantId, corrects } = entity
  const original = await em.findOne(ImportEntity, { tenantId, id: corrects! })
  if (original && isAllowed('correct', original.status)) return
  throw new AppError('correction-original-moving')
}

/** Cancels the import; committed rows stay. The fence stops a worker in the middle of a batch. */
export function cancelImport(context: ImportContext, change: Change): Promise<Import> {
  return changeImport(context, change, async (em, entity) => {
    requireMove('cancel', entity.status)
    Object.assign(entity, {
      status: 'cancelled',
      finishedAt: await databaseTime(sqlOf(em)),
      ...withoutClaim(entity),
    } satisfies Partial<ImportEntity>)
    await notifyQueue(sqlOf(em))
    return 'cancelled'
  })
}

/** Marks the import as being deleted. From then on no answer shows its contacts; a job removes them in the background. */
export function removeImport(context: ImportContext, change: Change): Promise<Import> {
  return changeImport(context, change, async (em, entity) => {
    const isBegun = entity.status === 'deleting'
    if (!isBegun) {
      requireMove('delete', entity.status)
      await endValidation(em, entity, change)
      Object.assign(entity, {
        status: 'deleting',
        ...withoutClaim(entity),
      } satisfies Partial<ImportEntity>)
    }
    const { tenantId, id: importId } = entity
    const createdBy = change.caller.subject
    await queueJob(sqlOf(em), { tenantId, kind: deletionKind, importId, createdBy })
    return isBegun ? undefined : 'deleting'
  })
}

/** Ends the claim on the import: under the higher epoch, the worker that holds the claim writes nothing more. */
function withoutClaim(entity: ImportEntity): Pick<ImportEntity, 'epoch' | 'owner' | 'leaseUntil'> {
  return { epoch: entity.epoch + 1, owner: null, leaseUntil: null }
}

/** Locks the import, changes it and records the event, in one transaction. */
function changeImport(
  { orm }: ImportContext,
  { caller, id, locale }: Change,
  apply: (
    em: EntityManager,
    entity: ImportEntity,
  ) => Promise<Exclude<EventName, 'assigned'> | undefined>,
): Promise<Import> {
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await lockImport(em, caller, id)
    const event = await apply(em, entity)
    await em.flush()
    if (event) await recordEvent(sqlOf(em), entity, event, caller.subject)
    crashpoint('after-change-before-commit', entity.id)
    return showImport(em, entity, locale)
  })
}
