/** Finds an import of the caller's tenant; another tenant's is as unknown as one that never was. */

import type { Caller } from '../contracts/caller.ts'
import type { Import } from '../contracts/import.ts'
import { toImport } from '../contracts/import-snapshot.ts'
import { AppError, type Locale } from '../errors.ts'
import { ImportEntity } from '../storage/imports/import-entity.ts'
import { findQueuePositions } from '../storage/outbox/outbox.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { LockMode } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'

/** An import without the members that grow with the number of its sheets. */
export type ImportWithoutSheets = Omit<ImportEntity, 'sheets' | 'preview'>

export async function findImport(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<ImportWithoutSheets> {
  const entity = await em.findOne(ImportEntity, { tenantId, id })
  if (!entity) throw new AppError('not-found')
  return entity
}

/** The same with its sheets. */
export async function findWholeImport(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<ImportEntity> {
  const entity = await em.findOne(ImportEntity, { tenantId, id }, { populate: ['sheets'] })
  if (!entity) throw new AppError('not-found')
  return entity
}

/** The same, locked until the transaction ends: a batch in flight commits first. */
export async function lockImport(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<ImportEntity> {
  const lockMode = LockMode.PESSIMISTIC_WRITE
  const entity = await em.findOne(
    ImportEntity,
    { tenantId, id },
    { lockMode, populate: ['sheets'] },
  )
  if (!entity) throw new AppError('not-found')
  return entity
}

/** Reads what the inspection kept of the sheets of an import that was read without it. */
export async function withPreview(em: EntityManager, entity: ImportEntity): Promise<ImportEntity> {
  await em.populate(entity, ['sheets', 'preview'])
  return entity
}

/** An import as a caller reads it, with its place in the queue. */
export async function showImport(
  em: EntityManager,
  entity: ImportEntity,
  locale: Locale,
): Promise<Import> {
  const places = await findPlaces(em, [entity])
  return toImport(entity, { locale, queuePosition: places.get(entity.id) })
}

/** The places of those that are queued. The order is made once for all, and for none not at all. */
export async function findPlaces(
  em: EntityManager,
  entities: readonly Pick<ImportEntity, 'id' | 'status'>[],
): Promise<Map<string, number>> {
  const queued = entities.filter(({ status }) => status === 'queued').map(({ id }) => id)
  return queued.length === 0 ? new Map() : findQueuePositions(sqlOf(em), queued)
}
