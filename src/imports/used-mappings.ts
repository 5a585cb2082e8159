/** Remembers how a tenant mapped a list of column names when it started, and proposes the same for the same names. */
import { createHash } from 'node:crypto'
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import type { Mapping } from '../contracts/mapping.ts'
import { nameKey } from '../mapping/find-columns.ts'
import type { ColumnSuggestion } from '../mapping/match-headers.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import { findUsedMapping, keepUsedMapping } from '../storage/imports/used-mappings.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { headerTexts, toSheetHead } from './preview-import.ts'
import { chooseSheet } from './sheet-choice.ts'

/**
 * Keeps the mapping with which an import starts; the import must have been read with its previews. It keeps nothing for a
 * sheet without column names, because such a sheet could not be recognised.
 */
export async function rememberMapping(em: EntityManager, entity: ImportEntity): Promise<void> {
  const { tenantId, mapping } = entity
  if (!mapping) return
  const head = toSheetHead(chooseSheet(entity.sheets, mapping.sheet), entity)
  const namesKey = keyOfNames(headerTexts(head, mapping.headerRow))
  if (namesKey === undefined) return
  await keepUsedMapping(sqlOf(em), { tenantId, namesKey }, mapping)
}

/** The mapping that the tenant started last for a list of these names; undefined where it started none. */
export function recallMapping(
  { orm }: ImportContext,
  { tenantId }: Caller,
  header: readonly (string | null)[],
): Promise<Mapping | undefined> {
  const namesKey = keyOfNames(header)
  if (namesKey === undefined) return Promise.resolve(undefined)
  return inTenant(orm, tenantId, em => findUsedMapping(sqlOf(em), { tenantId, namesKey }))
}

/**
 * One suggestion for each of the first `count` columns, just as the mapping has it: a column that it left out gets no
 * field. Undefined when none of its fields exists any more.
 */
export function suggestAsBefore(
  { columns }: Pick<Mapping, 'columns'>,
  count: number,
  catalogue: FieldCatalogue,
): ColumnSuggestion[] | undefined {
  const known = columns.filter(({ field }) => catalogue.find(field) !== undefined)
  if (known.length === 0) return undefined
  const fields = new Map(known.map(({ column, field }) => [column, field]))
  return Array.from({ length: count }, (_, at) => {
    const field = fields.get(at + 1) ?? null
    return { column: at + 1, field, confidence: field === null ? 0 : 1, reason: 'used-before' }
  })
}

/**
 * The key of a list of column names. Lists that differ only in letter case, accents or punctuation have the same key.
 * Undefined when no column has a name.
 */
function keyOfNames(header: readonly (string | null)[]): string | undefined {
  const keys = header.map(name => nameKey(name ?? ''))
  const last = keys.findLastIndex(key => key !== '')
  if (last < 0) return undefined
  return createHash('sha256')
    .update(JSON.stringify(keys.slice(0, last + 1)))
    .digest('hex')
}
