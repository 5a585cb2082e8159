/**
 * The settings of every session of the service. The operator's server, database or role may have others. So the
 * service itself sets everything that changes an answer, or how fast it comes, and only here. It leaves to the
 * operator what only the operator can know: memory of the server, durability of commits, and whether the database may
 * be written to.
 */
import { sessionMemoryKiB } from '../../limits.ts'

/** Settings of PostgreSQL by their names. */
export type Settings = Readonly<Record<string, string>>

/** How values are written and read, and what a transaction sees. */
const meaning: Settings = {
  client_encoding: 'UTF8',
  search_path: '"$user", public',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  row_security: 'on',
  // Row-level security reads these two: a session sees no rows until a transaction names its tenant or service.
  'app.tenant': '',
  'app.service': '',
}

/** PostgreSQL ends no session and no statement, unless the code that opens the session sets a bound. */
const timeouts: Settings = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
}

/**
 * Settings of the planner. The service's statements are short walks along indexes: PostgreSQL would take longer to
 * compile them (`jit`) or to start parallel workers than to run them. The costs are PostgreSQL's defaults, for which
 * the statements were written.
 */
const planning: Settings = {
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  plan_cache_mode: 'auto',
  work_mem: `${sessionMemoryKiB}kB`,
  hash_mem_multiplier: '2',
  seq_page_cost: '1',
  random_page_cost: '4',
  cpu_tuple_cost: '0.01',
  cpu_index_tuple_cost: '0.005',
  cpu_operator_cost: '0.0025',
  effective_cache_size: '4GB',
  from_collapse_limit: '8',
  join_collapse_limit: '8',
  geqo: 'on',
  constraint_exclusion: 'partition',
  ...Object.fromEntries(
    [
      'bitmapscan',
      'hashagg',
      'hashjoin',
      'incremental_sort',
      'indexonlyscan',
      'indexscan',
      'material',
      'memoize',
      'mergejoin',
      'nestloop',
      'presorted_aggregate',
      'seqscan',
      'sort',
      'tidscan',
    ].map(method => [`enable_${method}`, 'on']),
  ),
}

export const sessionSettings: Settings = { ...meaning, ...timeouts, ...planning }

/**
 * The statement that gives a session its settings; `$1` are names, `$2` their values. They are set by a statement
 * and not in the startup message, because poolers such as PgBouncer refuse settings there. The statement skips a
 * setting that this version of PostgreSQL does not know.
 */
export const applySettings = `select set_config(name, value, false)
  from unnest($1::text[], $2::text[]) setting (name, value)
  where current_setting(name, true) is not null`
