/**
 * The settings of every session of the service. A server, a database or a role may come with others: whatever
 * changes an answer, or how fast it comes, is the service's own and stands here alone. What only the operator can
 * know stays theirs: memory of the server, durability of commits, and whether the database may be written to.
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
  // Row-level security reads these two: a session is nobody's until a transaction says whose it is.
  'app.tenant': '',
  'app.service': '',
}

/** No session is ended, and no statement, but by a bound that its owner sets. */
const timeouts: Settings = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
}

/**
 * What plans depend on. Statements are short walks along indexes: compiling them (`jit`) takes longer than they
 * do, and so does starting workers. The costs are PostgreSQL's defaults, for which the statements were written.
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
 * and not in the startup message, which poolers such as PgBouncer refuse. A setting that this version of PostgreSQL
 * does not know is left out.
 */
export const applySettings = `select set_config(name, value, false)
  from unnest($1::text[], $2::text[]) setting (name, value)
  where current_setting(name, true) is not null`
