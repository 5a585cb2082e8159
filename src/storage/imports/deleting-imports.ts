/**
 * The one place that knows which imports are on their way out: from the moment of its DELETE no answer shows an
 * import's contacts, cases or places in campaigns. Usually no import is; these conditions cost next to nothing then.
 */
import type { RunSql } from '../postgres/sql.ts'

/** The condition on a row of `imports`, by the name that the statement gives it: it is being deleted. */
export function isDeleting(row: string): string {
  return `${row}.status = 'deleting'`
}

/** The opposite: what came from this import may be shown. */
export function isKept(row: string): string {
  return `${row}.status <> 'deleting'`
}

/** Selects the ids of the tenant's imports that are being deleted. */
export const deletingOfTenant = `select i.id from imports i
  where i.tenant_id = current_setting('app.tenant') and ${isDeleting('i')}`

/** The condition on a row that came from an import, by its column `import_id`: it may be shown. */
export function ofKeptImport(importId: string): string {
  return `${importId} <> all (array(${deletingOfTenant}))`
}

/** Ids of the tenant's imports that are being deleted, for queries that are no plain SQL. */
export async function deletingImports(sql: RunSql): Promise<string[]> {
  const rows = await sql<{ id: string }>(deletingOfTenant)
  return rows.map(({ id }) => id)
}
