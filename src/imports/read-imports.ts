/** Reads one import, or pages of imports, newest first. */
import type { Caller } from '../contracts/caller.ts'
import type { Import, ImportPage, ImportStatus } from '../contracts/import.ts'
import { toListedImport } from '../contracts/import-snapshot.ts'
import { decodeCursor, pageLimit, toPage } from '../contracts/keyset.ts'
import { uuidPattern } from '../contracts/schema.ts'
import type { PageQuery } from '../contracts/services.ts'
import type { Locale } from '../errors.ts'
import { ImportEntity } from '../storage/imports/import-entity.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findPlaces, findWholeImport, showImport } from './find-import.ts'

export interface ImportQuery extends PageQuery {
  readonly status?: ImportStatus
  /** part of the name, in any case */
  readonly name?: string
}

/** The import with its sheets and its place in the queue; throws `not-found`. */
export function getImport(
  { orm }: ImportContext,
  caller: Caller,
  id: string,
  locale: Locale,
): Promise<Import> {
  return inTenant(orm, caller.tenantId, async em =>
    showImport(em, await findWholeImport(em, caller, id), locale),
  )
}

/** A page of imports, newest first: UUIDv7 ids are ordered by the time at which they were made. */
export function listImports(
  { orm }: ImportContext,
  caller: Caller,
  query: ImportQuery,
  locale: Locale,
): Promise<ImportPage> {
  const limit = pageLimit(query.limit)
  const [before] = query.cursor ? decodeCursor(query.cursor, [uuidPattern]) : []
  return inTenant(orm, caller.tenantId, async em => {
    const entities = await em.find(
      ImportEntity,
      {
        tenantId: caller.tenantId,
        ...(before !== undefined && { id: { $lt: String(before) } }),
        ...(query.status && { status: query.status }),
        ...(query.name && { name: { $ilike: `%${escapeLike(query.name)}%` } }),
      },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    )
    const places = await findPlaces(em, entities)
    return toPage(entities, limit, {
      item: entity => toListedImport(entity, { locale, queuePosition: places.get(entity.id) }),
      key: entity => [entity.id],
    })
  })
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, character => `\\${character}`)
}
