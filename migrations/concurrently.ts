/**
 * Owns statements that end in CONCURRENTLY: they run outside of transactions, beside a service at work. One that was
 * broken off leaves an invalid index behind, which has to go before the next try.
 */
import type { Migration } from '@mikro-orm/migrations'

/**
 * Runs these statements without the session's lock_timeout, which holds again afterwards. They wait for the
 * transactions in hand, and nobody waits for them: ending them early would only begin a long work anew.
 */
export function patiently(statements: readonly string[]): string[] {
  if (statements.length === 0) return []
  return [
    `select set_config('migration.lock_timeout', current_setting('lock_timeout'), false)`,
    'set lock_timeout = 0',
    ...statements,
    `select set_config('lock_timeout', current_setting('migration.lock_timeout'), false)`,
  ]
}

export interface Index {
  readonly name: string
  /** what follows ON in its statement: table, columns, condition */
  readonly on: string
}

/** The statements that build those of these indexes that are not there yet. */
export async function buildMissing(
  migration: Migration,
  indexes: readonly Index[],
): Promise<string[]> {
  const built = await findBuilt(
    migration,
    indexes.map(({ name }) => name),
  )
  const missing = indexes.filter(({ name }) => !built.has(name))
  return patiently(missing.map(({ name, on }) => `create index concurrently ${name} on ${on}`))
}

/** Those of these indexes that are there and can be used. Others of the names are dropped: a build of them was broken off. */
export async function findBuilt(
  migration: Migration,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const quoted = names.map(name => `'${name}'`).join(', ')
  const found = await migration.execute(
    `select c.relname as name, i.indisvalid as valid
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = current_schema()::regnamespace and c.relname in (${quoted})`,
  )
  const broken = found.filter(({ valid }) => !valid)
  for (const statement of patiently(broken.map(({ name }) => `drop index concurrently ${name}`))) {
    migration.addSql(statement)
  }
  return new Set(found.filter(({ valid }) => valid).map(({ name }) => name))
}
