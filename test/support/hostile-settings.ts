/** Owns settings of a role and a database that would change answers, or the time they take, if the service let them. */
import { escapeIdentifier, escapeLiteral } from 'pg'
import type { TestDatabase } from './database.ts'
import { queryOnce } from './query.ts'

/** Each differs from PostgreSQL's default and from the service's own. */
const hostile: Readonly<Record<string, string>> = {
  search_path: 'elsewhere',
  datestyle: 'SQL, DMY',
  intervalstyle: 'iso_8601',
  timezone: 'Asia/Kathmandu',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  row_security: 'off',
  'app.tenant': 'globex',
  'app.service': 'queue',
  statement_timeout: '500ms',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  idle_session_timeout: '1s',
  transaction_timeout: '500ms',
  jit: 'on',
  jit_above_cost: '0',
  max_parallel_workers_per_gather: '8',
  plan_cache_mode: 'force_generic_plan',
  work_mem: '64kB',
  hash_mem_multiplier: '1',
  seq_page_cost: '0',
  random_page_cost: '100000',
  cpu_tuple_cost: '0',
  cpu_index_tuple_cost: '1000',
  cpu_operator_cost: '0',
  effective_cache_size: '8kB',
  from_collapse_limit: '1',
  join_collapse_limit: '1',
  geqo: 'off',
  constraint_exclusion: 'off',
  enable_bitmapscan: 'off',
  enable_hashagg: 'off',
  enable_hashjoin: 'off',
  enable_incremental_sort: 'off',
  enable_indexonlyscan: 'off',
  enable_indexscan: 'off',
  enable_material: 'off',
  enable_memoize: 'off',
  enable_mergejoin: 'off',
  enable_nestloop: 'off',
  enable_presorted_aggregate: 'off',
  enable_seqscan: 'off',
  enable_sort: 'off',
  enable_tidscan: 'off',
}

/** Has every session of the service begin with them, as far as this PostgreSQL knows them; gives their names. */
export async function makeHostile({ name, adminUrl }: TestDatabase): Promise<string[]> {
  const known = await queryOnce(
    adminUrl,
    `select name from unnest($1::text[]) name
    where name like 'app.%' or current_setting(name, true) is not null`,
    [Object.keys(hostile)],
  )
  const names = known.map(row => String(row.name))
  await queryOnce(adminUrl, 'create schema elsewhere')
  for (const setting of names) {
    // Of all places that a setting may come from this is the strongest, and the superuser's sessions stay usual.
    const role = `role contact_import in database ${escapeIdentifier(name)}`
    await queryOnce(adminUrl, `alter ${role} set ${setting} = ${escapeLiteral(hostile[setting]!)}`)
  }
  return names
}
