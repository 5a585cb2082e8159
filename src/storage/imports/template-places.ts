/** Counts the templates of a tenant so that no two callers add the last one together. */
import type { RunSql } from '../postgres/sql.ts'

/** Any number of our own; the other half of the key is the tenant. */
const lockClass = 7_302

/** Templates of the tenant. Until the transaction ends, whoever else counts them waits. */
export async function countTemplates(sql: RunSql, tenantId: string): Promise<number> {
  await sql('select pg_advisory_xact_lock($1::int, hashtext($2))', [lockClass, tenantId])
  const [row] = await sql<{ templates: number }>(
    'select count(*)::int as templates from mapping_templates where tenant_id = $1',
    [tenantId],
  )
  return row!.templates
}
