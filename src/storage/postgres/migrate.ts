/**
 * Brings the schema of a fit database up to date, or tells that it is not. Several processes may ask at once: one
 * migrates, the others wait. Migrations run in sessions of their own, which no timeout of requests ends.
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

/** No statement of a migration is ended for its length: a large table takes its time. */
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
  /** told in a line what an operator may want to know while it lasts */
  readonly tell?: (line: string) => void
  /** told in a line what is dangerous in the settings of the server */
  readonly warn?: (line: string) => void
}

const toNobody = () => {}

/**
 * Applies each migration that the schema lacks, and gives those that it applied. Throws `UnfitDatabaseError`
 * before anything is made in a database that is none for the service.
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
 * Waits until no other process migrates. It asks again and again: a session that waits for a lock holds a
 * snapshot, and CREATE INDEX CONCURRENTLY of the process that migrates would wait for that one in turn.
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

/** Names of the migrations that the schema lacks. A later release's schema may mean other things by the same names. */
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

/** The service looks in its own schemas alone: elsewhere it would make its tables anew, and find them empty. */
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
    // What a migration sets holds for all of its statements.
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

/** A lock that a migration waits for holds up all requests behind it: it gives way soon, and tries again. */
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

/** Some faults of the network are several, with a code and no words. */
function describe(fault: unknown): string {
  const { message, code } = fault as Error & { code?: string }
  return message === '' ? String(code) : code === undefined ? message : `${message} (${code})`
}
