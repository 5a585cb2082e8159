/** Counts the templates of a tenant under a lock, so that two callers at once cannot exceed the limit together. */
import type { RunSql } from '../postgres/sql.ts'

/** First half of the key of an advisory lock: any number that no other lock of the service uses. The tenant is the other half. */
const lockClass = 7_302

/** The number of templates of the tenant. Other transactions that count them wait until this one ends. */
export async function countTemplates(sql: RunSql, tenantId: string): Promise<number> {
  await sql('select pg_advisory_xact_lock($1::int, hashtext($2))', [lockClass, tenantId])
  const [row] = await sql<{ templates: number }>(
    'select count(*)::int as templates from mapping_templates where tenant_id = $1',
    [tenantId],
  )
  return row!.templates
}
