/** Brings the schema of DATABASE_URL up to date, for operators who migrate apart from starting. */
import { ConfigError, loadDatabaseUrl, processEnvironment } from '../config.ts'
import { startFaultLines } from '../start-faults.ts'
import { migrate } from '../storage/postgres/migrate.ts'

try {
  const databaseUrl = loadDatabaseUrl(processEnvironment())
  if (databaseUrl === undefined) {
    throw new ConfigError(['set DATABASE_URL; an embedded PostgreSQL is migrated when it starts'])
  }
  const applied = await migrate(databaseUrl, {
    tell: line => console.log(line),
    warn: line => console.log(`warning: ${line}`),
  })
  if (applied.length === 0) console.log('nothing to do: the schema is that of this release')
} catch (fault) {
  for (const line of startFaultLines(fault)) console.error(`contact-import: ${line}`)
  process.exitCode = 1
}
