/** Finds an import of the caller's tenant. An import of another tenant is `not-found`, like one that never existed. */

import type { Caller } from '../contracts/caller.ts'
import type { Import } from '../contracts/import.ts'
import { toImport, type ValidationRecord } from '../contracts/import-snapshot.ts'
import { AppError, type Locale } from '../errors.ts'
import { ImportEntity } from '../storage/imports/import-entity.ts'
import { readValidations } from '../storage/imports/validation-record.ts'
import { findQueuePositions } from '../storage/outbox/outbox.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { LockMode } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'

/** An import without the members that grow with the number of its sheets. */
export type ImportWithoutSheets = Omit<ImportEntity, 'sheets' | 'preview'>

/** The import, without its sheets; throws `not-found`. */
export async function findImport(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<ImportWithoutSheets> {
  const entity = await em.findOne(ImportEntity, { tenantId, id })
  if (!entity) throw new AppError('not-found')
  return entity
}

/** The import with its sheets; throws `not-found`. */
export async function findWholeImport(
  em: EntityManager,
  { tenantId }: Caller,
  id: string,
): Promise<ImportEntity> {
  const entity = await em.findOne(ImportEntity, { tenantId, id }, { populate: ['sheets'] })
  if (!entity) throw new AppError('not-found')
  return entity
}

/** The import with its sheets, locked until the transaction ends; throws `not-found`. A batch in its commit ends first. */
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

/** Reads the previews that the inspection kept, and the sheets, into an import that was read without them. */
export async function withPreview(em: EntityManager, entity: ImportEntity): Promise<ImportEntity> {
  await em.populate(entity, ['sheets', 'preview'])
  return entity
}

/** An import as a caller reads it, with its validation and its place in the queue. */
export async function showImport(
  em: EntityManager,
  entity: ImportEntity,
  locale: Locale,
): Promise<Import> {
  const validations = await readValidations(sqlOf(em), [entity.id])
  const places = await findPlaces(em, [entity], validations)
  const validation = validations.get(entity.id) ?? null
  return toImport(entity, { locale, queuePosition: places.get(entity.id), validation })
}

/**
 * The places of those imports that are queued, or whose validation is, by id. One query finds all of them; none runs when
 * nothing is queued.
 */
export async function findPlaces(
  em: EntityManager,
  entities: readonly Pick<ImportEntity, 'id' | 'status'>[],
  validations: ReadonlyMap<string, ValidationRecord> = new Map(),
): Promise<Map<string, number>> {
  const queued = entities
    .filter(({ id, status }) => status === 'queued' || validations.get(id)?.status === 'queued')
    .map(({ id }) => id)
  return queued.length === 0 ? new Map() : findQueuePositions(sqlOf(em), queued)
}
