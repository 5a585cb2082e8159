/**
 * Brings the schema of a fit database up to date. Safe to call from several processes at once: one
 * migrates, others wait.
 */
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { refuseUnfitDatabase } from './database-check.ts'
import { ormOptions } from './orm.ts'
import { sqlOn } from './sql.ts'

/** Any constant that no other lock of the service uses. */
const migrationLock = 7_301_001

/** Throws `UnfitDatabaseError` before anything is made in a database that is none for the service. */
export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'migrate' })
  await lock.connect()
  try {
    await refuseUnfitDatabase(sqlOn(lock))
    await lock.query('select pg_advisory_lock($1)', [migrationLock])
    const orm = await MikroORM.init(ormOptions(databaseUrl, { applicationName: 'migrate' }))
    try {
      await orm.migrator.up()
    } finally {
      await orm.close()
    }
  } finally {
    await lock.end()
  }
}
