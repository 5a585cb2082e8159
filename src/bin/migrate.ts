/** Brings the schema of DATABASE_URL up to date, for operators who migrate apart from starting. */
import { loadConfig } from '../config.ts'
import { UnfitDatabaseError } from '../storage/database-check.ts'
import { migrate } from '../storage/migrate.ts'

const { databaseUrl } = loadConfig(process.env)
if (databaseUrl === undefined) {
  console.error(
    'contact-import: set DATABASE_URL; an embedded PostgreSQL is migrated when it starts',
  )
  process.exitCode = 1
} else {
  try {
    await migrate(databaseUrl)
  } catch (fault) {
    if (!(fault instanceof UnfitDatabaseError)) throw fault
    console.error(`contact-import: ${fault.message}`)
    process.exitCode = 1
  }
}
