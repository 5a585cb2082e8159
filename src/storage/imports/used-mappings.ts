/** The `used_mappings` table: for each list of column names of a tenant the mapping that was started last. */
import type { Mapping } from '../../contracts/mapping.ts'
import { usedMappingsPerTenant } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'

interface ListOfNames {
  readonly tenantId: string
  /** stands for the names of the columns, in their order */
  readonly namesKey: string
}

/**
 * Keeps the mapping, in place of an earlier one for the same names. Removes those that the tenant has not used for the
 * longest time, beyond `usedMappingsPerTenant`.
 */
export async function keepUsedMapping(
  sql: RunSql,
  { tenantId, namesKey }: ListOfNames,
  mapping: Mapping,
): Promise<void> {
  await sql(
    `insert into used_mappings (tenant_id, names_key, mapping, used_at)
    values ($1, $2, $3::jsonb, clock_timestamp())
    on conflict (tenant_id, names_key)
      do update set mapping = excluded.mapping, used_at = excluded.used_at`,
    [tenantId, namesKey, JSON.stringify(mapping)],
  )
  // Skips rows that another transaction has locked: that one uses or removes them, so this one need not wait.
  await sql(
    `delete from used_mappings where tenant_id = $1 and names_key in (
      select names_key from used_mappings where tenant_id = $1
      order by used_at desc, names_key offset $2 for update skip locked)`,
    [tenantId, usedMappingsPerTenant],
  )
}

/** The mapping that was started last for these names; undefined where none was. */
export async function findUsedMapping(
  sql: RunSql,
  { tenantId, namesKey }: ListOfNames,
): Promise<Mapping | undefined> {
  const [row] = await sql<{ mapping: Mapping }>(
    'select mapping from used_mappings where tenant_id = $1 and names_key = $2',
    [tenantId, namesKey],
  )
  return row?.mapping
}
