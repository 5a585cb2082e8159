/** Brings the schema of DATABASE_URL up to date, for operators who migrate apart from starting. */
import { loadConfig } from '../config.ts'
import { migrate } from '../storage/migrate.ts'

const { databaseUrl } = loadConfig(process.env)
if (databaseUrl === undefined) {
  console.error(
    'contact-import: set DATABASE_URL; an embedded PostgreSQL is migrated when it starts',
  )
  process.exitCode = 1
} else {
  await migrate(databaseUrl)
}
