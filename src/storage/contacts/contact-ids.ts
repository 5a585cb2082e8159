/** Among which ids of contacts a search may find any: whoever walks past others pays for each. */
import { deletingOfTenant, isDeleting, isKept } from '../imports/deleting-imports.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { Parameters } from './parameters.ts'

/** An expression of ranges of contact ids, apart from each other and all that matter: an `int8multirange`. */
export type IdRanges = (values: Parameters) => string

/** Those that are the tenant's and not being deleted, how many contacts they have, and among which ids. */
export async function findImports(
  sql: RunSql,
  importIds: readonly string[],
): Promise<{ ids: string[]; rows: number; contactIds: string }> {
  const [found] = await sql<{ ids: string[]; rows: string; contactIds: string | null }>(
    `select coalesce(array_agg(id::text), '{}') as ids, coalesce(sum(rows_created), 0) as rows,
      range_agg(int8range(first_contact_id, last_contact_id, '[]'))::text as "contactIds"
    from imports where tenant_id = current_setting('app.tenant') and id = any($1::uuid[])
      and ${isKept('imports')}`,
    [importIds],
  )
  const { ids, rows, contactIds } = found!
  return { ids, rows: Number(rows), contactIds: contactIds ?? '{}' }
}

/**
 * All ids, but where imports on their way out have theirs and no other import has any: whoever walks past
 * those pays for each. Usually none is on its way out.
 */
export const visibleIds: IdRanges = () =>
  `(select '{(,)}'::int8multirange - (
      coalesce(range_agg(ids) filter (where ${isDeleting('known')}), '{}')
      - coalesce(range_agg(ids) filter (where ${isKept('known')}), '{}'))
    from (
      select status, int8range(first_contact_id, last_contact_id, '[]') as ids from imports
      where tenant_id = current_setting('app.tenant') and exists (${deletingOfTenant})
        and (first_contact_id is not null or rows_created > 0 and ${isKept('imports')})) known)`

/**
 * The beginning of a statement that walks ranges of ids: `ids` has their bounds, `first` and `behind`. Materialised:
 * behind row-level security a bound that is still to be computed is never used in an index.
 */
export function rangesOf(ranges: string): string {
  return `with ids as materialized (
    select coalesce(lower(ids), 0) as first, coalesce(upper(ids), ${idMax}) as behind
    from unnest(${ranges}) ids)`
}

/** The largest bigint. */
const idMax = '9223372036854775807'
