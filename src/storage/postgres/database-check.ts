/**
 * Refuses a database in which the service would not keep its promises: a server that takes no writes, a role
 * that row-level security does not bind, or letters that PostgreSQL folds otherwise than JavaScript.
 */
import type { RunSql } from './sql.ts'

export class UnfitDatabaseError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnfitDatabaseError'
  }
}

/** Throws `UnfitDatabaseError`, with a message for the operator, when the database or the role is unfit. */
export async function refuseUnfitDatabase(sql: RunSql): Promise<void> {
  await refuseReadOnly(sql)
  await refuseUnsafeRole(sql)
  await refuseForeignLetters(sql)
}

/**
 * One line for the operator about each setting of PostgreSQL with which a crash of the server's machine may lose work
 * that the service has reported as done.
 */
export async function findRisks(sql: RunSql): Promise<readonly string[]> {
  const rows = await sql<{ name: string }>(
    `select name from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off'
      order by name`,
  )
  return rows.map(({ name }) => `PostgreSQL runs with ${name} = off: ${risks[name]}`)
}

const risks: Readonly<Record<string, string>> = {
  fsync: 'a crash of its machine may destroy the database; set it to on',
  synchronous_commit:
    'a crash of PostgreSQL loses the last rows that an import has counted and reported in events; set it to on',
}

async function refuseReadOnly(sql: RunSql): Promise<void> {
  const [server] = await sql<{ standby: boolean; read_only: string }>(
    `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as read_only`,
  )
  if (server!.standby) {
    throw new UnfitDatabaseError(
      'the server of DATABASE_URL is a standby, which takes no writes: name the primary, or all servers of the cluster',
    )
  }
  if (server!.read_only === 'on') {
    throw new UnfitDatabaseError(
      'the server of DATABASE_URL takes no writes: set default_transaction_read_only to off for the role',
    )
  }
}

async function refuseUnsafeRole(sql: RunSql): Promise<void> {
  const [role] = await sql<{ rolname: string; unsafe: boolean }>(
    'select rolname, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user',
  )
  if (role && !role.unsafe) return
  throw new UnfitDatabaseError(
    `the database role "${role?.rolname ?? 'unknown'}" is a superuser or has BYPASSRLS, so tenants would not be kept apart: ` +
      'use a role created with NOSUPERUSER NOBYPASSRLS that owns its schema',
  )
}

/** `I` becomes `ı` in a Turkish locale. The last three are Cyrillic, Greek and a letter of three bytes in UTF-8. */
const capitals = 'IĄĆĘŁŃÓŚŹŻÄÖÜÉŠŽЖΩẸ'

/** PostgreSQL makes the search keys by `lower()`, the service makes search texts by `toLowerCase()`: both must agree. */
async function refuseForeignLetters(sql: RunSql): Promise<void> {
  const [database] = await sql<{ name: string; encoding: string }>(
    `select current_database() as name, current_setting('server_encoding') as encoding`,
  )
  const { name, encoding } = database!
  // PostgreSQL could not even receive these letters in another encoding.
  const [answer] =
    encoding === 'UTF8' ? await sql<Folded>('select lower($1) as folded', [capitals]) : []
  if (answer?.folded === capitals.toLowerCase()) return
  throw new UnfitDatabaseError(
    `the database "${name}" (encoding ${encoding}) does not know the small letter of each of ${capitals}, so contacts would not be found: ` +
      `create it with "create database … template template0 encoding 'UTF8' locale_provider libc locale 'C.UTF-8'"`,
  )
}

interface Folded {
  readonly folded: string
}
