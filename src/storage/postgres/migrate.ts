/**
 * Brings the schema of a fit database up to date, or refuses a schema that is not. Several processes may migrate at
 * once: one does it, the others wait. Migrations run in sessions of their own, which no timeout of requests ends.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import { migrations as ours } from '../../../migrations/index.ts'
import {
  databaseAnswerMs,
  keepAliveMs,
  migrationIdleMs,
  migrationLockMs,
  migrationLockRetryMs,
  migrationLockTriesMax,
  migrationTurnMs,
} from '../../limits.ts'
import { BoundedClient, type BoundedClientConfig } from './bounded-client.ts'
import { findRisks, refuseUnfitDatabase, UnfitDatabaseError } from './database-check.ts'
import { NoHostError, targetOf } from './database-target.ts'
import { migrationsTable, ormOptions } from './orm.ts'
import { type RunSql, sqlOn } from './sql.ts'

/** PostgreSQL ends no statement of a migration because it takes long: a large table needs time. */
const unhurried: BoundedClientConfig = {
  keepAlive: true,
  keepAliveInitialDelayMillis: keepAliveMs,
}

/** Any constant that no other lock of the service uses. */
const migrationLock = 7_301_001

export type Migrations = typeof ours

export interface AppliedMigration {
  readonly name: string
  readonly ms: number
}

export interface MigrateOptions {
  /** in their order; those of this release when absent */
  readonly migrations?: Migrations
  /** called with a line for the operator whenever there is progress to report */
  readonly tell?: (line: string) => void
  /** called with a line for the operator about each dangerous setting of the server */
  readonly warn?: (line: string) => void
}

const toNobody = () => {}

/**
 * Applies each migration that the schema lacks, and gives those that it applied. Throws `UnfitDatabaseError`: before
 * it changes anything when the service cannot use the database, later when PostgreSQL refuses a migration.
 */
export async function migrate(
  databaseUrl: string,
  { migrations = ours, tell = toNobody, warn = toNobody }: MigrateOptions = {},
): Promise<readonly AppliedMigration[]> {
  return withFitDatabase(databaseUrl, warn, async sql => {
    await takeTurn(sql, tell)
    const pending = await findPending(sql, migrations)
    if (pending.length === 0) return []
    return applyAll(databaseUrl, { migrations, pending, tell })
  })
}

/** Throws `UnfitDatabaseError` when the schema of a fit database is not that of this release. */
export async function refuseOtherSchema(
  databaseUrl: string,
  { warn = toNobody }: Pick<MigrateOptions, 'warn'> = {},
): Promise<void> {
  const pending = await withFitDatabase(databaseUrl, warn, sql => findPending(sql, ours))
  if (pending.length === 0) return
  throw new UnfitDatabaseError(
    `the schema lacks ${pending.join(', ')}, and MIGRATE_ON_START is off: run npm run migrate first`,
  )
}

async function withFitDatabase<T>(
  databaseUrl: string,
  warn: (line: string) => void,
  work: (sql: RunSql) => Promise<T>,
): Promise<T> {
  const client = new BoundedClient({
    connectionString: databaseUrl,
    application_name: 'migrate',
    connectionTimeoutMillis: databaseAnswerMs,
    ...unhurried,
  })
  try {
    await client.connect()
  } catch (fault) {
    throw new UnfitDatabaseError(`DATABASE_URL: ${describeConnection(databaseUrl, fault)}`)
  }
  try {
    const sql = sqlOn(client)
    await refuseUnfitDatabase(sql)
    for (const risk of await findRisks(sql)) warn(risk)
    return await work(sql)
  } finally {
    await client.end()
  }
}

/**
 * Waits until no other process migrates. It asks for the lock again and again instead of waiting for it: a session that
 * waits holds a snapshot, and CREATE INDEX CONCURRENTLY in the migrating process would wait for that snapshot in turn.
 */
async function takeTurn(sql: RunSql, tell: (line: string) => void): Promise<void> {
  for (let asked = 0; ; asked += 1) {
    const [answer] = await sql<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      migrationLock,
    ])
    if (answer!.taken) return
    if (asked === 0) tell('another process migrates the schema; this one waits for it')
    await sleep(migrationTurnMs)
  }
}

/** Names of the migrations that the schema lacks. Throws for the schema of a later release, which this one may misread. */
async function findPending(sql: RunSql, migrations: Migrations): Promise<readonly string[]> {
  const known = migrations.map(({ name }) => name)
  const [table] = await sql<{ exists: boolean }>(`select to_regclass($1) is not null as exists`, [
    migrationsTable,
  ])
  if (!table!.exists) {
    await refuseStrayTables(sql)
    return known
  }
  const rows = await sql<{ name: string }>(`select name from ${migrationsTable} order by name`)
  const applied = new Set(rows.map(({ name }) => name))
  const newer = [...applied].find(name => !known.includes(name))
  if (newer === undefined) return known.filter(name => !applied.has(name))
  throw new UnfitDatabaseError(
    `the database was migrated by a newer release (${newer}): run that one, or one after it`,
  )
}

/**
 * Refuses a database that has the service's tables in a schema outside of the search path. The service would not see
 * them, would create its tables anew, and would find them empty.
 */
async function refuseStrayTables(sql: RunSql): Promise<void> {
  const [stray] = await sql<{ schema: string; role: string; path: string }>(
    `select n.nspname as schema, current_user as role, current_setting('search_path') as path
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = $1 and c.relkind = 'r' and pg_has_role(c.relowner, 'usage') limit 1`,
    [migrationsTable],
  )
  if (!stray) return
  const { schema, role, path } = stray
  throw new UnfitDatabaseError(
    `the tables of the service are in the schema "${schema}", which is none of those it looks in (${path}): ` +
      `alter schema "${schema}" rename to "${role}", or add options=-c%20search_path%3D${encodeURIComponent(schema)} to DATABASE_URL`,
  )
}

interface Work extends Required<Omit<MigrateOptions, 'warn'>> {
  readonly pending: readonly string[]
}

async function applyAll(
  databaseUrl: string,
  { migrations, pending, tell }: Work,
): Promise<readonly AppliedMigration[]> {
  const orm = await MikroORM.init(migrationOptions(databaseUrl, migrations))
  const applied: AppliedMigration[] = []
  try {
    for (const name of pending) {
      const begun = performance.now()
      await applyOne(orm, name, tell)
      const ms = Math.round(performance.now() - begun)
      applied.push({ name, ms })
      tell(`migration ${name} applied in ${ms} ms`)
    }
    return applied
  } finally {
    await orm.close()
  }
}

/** Each migration is a transaction of its own, unless it says that it runs in none. */
function migrationOptions(databaseUrl: string, migrations: Migrations): Options {
  const options = ormOptions(databaseUrl, {
    applicationName: 'migrate',
    // One connection, so that what a migration sets holds for all of its statements.
    poolMax: 1,
    client: {
      ...unhurried,
      settings: {
        lock_timeout: String(migrationLockMs),
        idle_in_transaction_session_timeout: String(migrationIdleMs),
      },
    },
  })
  return {
    ...options,
    migrations: { ...options.migrations, migrationsList: migrations, allOrNothing: false },
  }
}

/** While a migration waits for a lock, requests queue behind it. So it stops waiting soon, and tries again later. */
async function applyOne(orm: MikroORM, name: string, tell: (line: string) => void): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await orm.migrator.up({ migrations: [name] })
      return
    } catch (fault) {
      if (!isLockFault(fault) || tries === migrationLockTriesMax) throw describeFailure(name, fault)
      if (tries === 1) tell(`migration ${name} waits for a lock of another session`)
      await sleep(migrationLockRetryMs)
    }
  }
}

/** lock_not_available and deadlock_detected. */
function isLockFault(fault: unknown): boolean {
  return ['55P03', '40P01'].includes((fault as { code?: string }).code ?? '')
}

function describeFailure(name: string, fault: unknown): unknown {
  if ((fault as { code?: unknown }).code === undefined) return fault
  return new UnfitDatabaseError(
    `the schema cannot be brought up to date by ${name}: ${describe(fault)}`,
  )
}

function describeConnection(databaseUrl: string, fault: unknown): string {
  if (fault instanceof NoHostError) return fault.message
  return `${targetOf(databaseUrl).address.shown}: ${describe(fault)}`
}

/** The text of a fault. Some network faults combine several causes and have a code but no message. */
function describe(fault: unknown): string {
  const { message, code } = fault as Error & { code?: string }
  return message === '' ? String(code) : code === undefined ? message : `${message} (${code})`
}
