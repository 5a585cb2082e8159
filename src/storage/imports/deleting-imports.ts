/**
 * The one place that knows which imports are being deleted. From the moment of the DELETE request no answer shows the
 * import's contacts, cases or places in campaigns. Usually no import is being deleted, and then these conditions cost
 * next to nothing.
 */
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'

/** SQL condition: the row of `imports` that the statement calls `row` is being deleted. */
export function isDeleting(row: string): string {
  return `${row}.status = 'deleting'`
}

/** SQL condition, the opposite of `isDeleting`: what came from this import may be shown. */
export function isKept(row: string): string {
  return `${row}.status <> 'deleting'`
}

/** SQL query for the ids of the tenant's imports that are being deleted. */
export const deletingOfTenant = `select i.id from imports i
  where i.tenant_id = current_setting('app.tenant') and ${isDeleting('i')}`

/** SQL condition: a row that came from an import may be shown. `importId` is the row's column `import_id`. */
export function ofKeptImport(importId: string): string {
  return `${importId} <> all (array(${deletingOfTenant}))`
}

/** Ids of the tenant's imports that are being deleted, for queries that the ORM writes. */
export async function deletingImports(sql: RunSql): Promise<string[]> {
  const rows = await sql<{ id: string }>(deletingOfTenant)
  return rows.map(({ id }) => id)
}

/** Marks the import as being deleted, which ends its run; undefined when it is being deleted already. */
export async function beginDeleting(
  sql: RunSql,
  { tenantId, importId }: OfImport,
): Promise<ImportRow | undefined> {
  const [row] = await sql<ImportRow>(
    `update imports set status = 'deleting', epoch = epoch + 1, owner = null, lease_until = null
    where tenant_id = $1 and id = $2 and ${isKept('imports')} returning ${importColumns}`,
    [tenantId, importId],
  )
  return row
}
