/**
 * Brings the schema of a fit database up to date. Safe to call from several processes at once: one
 * migrates, others wait.
 */
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrations } from '../../../migrations/index.ts'
import { databaseAnswerMs } from '../../limits.ts'
import { refuseUnfitDatabase, UnfitDatabaseError } from './database-check.ts'
import { migrationsTable, ormOptions } from './orm.ts'
import { type RunSql, sqlOn } from './sql.ts'

/** Any constant that no other lock of the service uses. */
const migrationLock = 7_301_001

/** Throws `UnfitDatabaseError` before anything is made in a database that is none for the service. */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'migrate',
    connectionTimeoutMillis: databaseAnswerMs,
  })
  try {
    await lock.connect()
  } catch (fault) {
    throw new UnfitDatabaseError(`DATABASE_URL: ${lock.host}:${lock.port}: ${describe(fault)}`)
  }
  try {
    await refuseUnfitDatabase(sqlOn(lock))
    await lock.query('select pg_advisory_lock($1)', [migrationLock])
    await refuseNewerSchema(sqlOn(lock))
    await migrateUp(databaseUrl)
  } finally {
    await lock.end()
  }
}

async function migrateUp(databaseUrl: string): Promise<void> {
  const orm = await MikroORM.init(ormOptions(databaseUrl, { applicationName: 'migrate' }))
  try {
    await orm.migrator.up()
  } catch (fault) {
    if ((fault as { code?: unknown }).code === undefined) throw fault
    throw new UnfitDatabaseError(`the schema cannot be brought up to date: ${describe(fault)}`)
  } finally {
    await orm.close()
  }
}

/** A schema of a release to come may mean other things by the same names. */
async function refuseNewerSchema(sql: RunSql): Promise<void> {
  const [table] = await sql<{ exists: boolean }>(`select to_regclass($1) is not null as exists`, [
    migrationsTable,
  ])
  if (!table!.exists) return
  const applied = await sql<{ name: string }>(`select name from ${migrationsTable} order by name`)
  const unknown = applied.find(({ name }) => !migrations.some(known => known.name === name))
  if (unknown === undefined) return
  throw new UnfitDatabaseError(
    `the database was migrated by a newer release (${unknown.name}): run that one, or one after it`,
  )
}

/** Some faults of the network are several, with a code and no words. */
function describe(fault: unknown): string {
  const { message, code } = fault as Error & { code?: string }
  return message === '' ? String(code) : code === undefined ? message : `${message} (${code})`
}
