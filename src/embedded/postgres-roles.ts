/**
 * Owns the role and the database that the service gets in its embedded PostgreSQL. The role owns its
 * database and nothing more: row-level security binds it.
 */
import { Client, escapeIdentifier, escapeLiteral } from 'pg'

export const roleName = 'contact_import'
export const databaseName = 'contact_import'

/** Makes role and database where absent, and sets the role's password and rights each time. */
export async function prepareRole(adminUrl: string, password: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const role = escapeIdentifier(roleName)
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [roleName])
    if (roles.rowCount === 0) await client.query(`create role ${role}`)
    await client.query(
      `alter role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication
         password ${escapeLiteral(password)}`,
    )
    const databases = await client.query('select 1 from pg_database where datname = $1', [
      databaseName,
    ])
    if (databases.rowCount === 0) {
      await client.query(`create database ${escapeIdentifier(databaseName)} owner ${role}`)
    }
  } finally {
    await client.end()
  }
}
