/** Brings the schema up to date. Safe to call from several processes at once: one migrates, others wait. */
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { ormOptions } from './orm.ts'

/** Any constant that no other lock of the service uses. */
const migrationLock = 7_301_001

export async function migrate(databaseUrl: string): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'migrate' })
  await lock.connect()
  try {
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
