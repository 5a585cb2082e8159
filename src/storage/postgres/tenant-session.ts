/**
 * The only way to the tables: a transaction that belongs to one tenant or to a named service. Row-level security reads
 * the setting made here (`app.tenant` or `app.service`); a transaction without it finds every table empty.
 */
import { escapeLiteral } from 'pg'
import { AppError } from '../../errors.ts'
import { isConnectionFault, isOverload } from './faults.ts'
import type { EntityManager, Orm } from './orm.ts'
import type { Settings } from './session-settings.ts'
import type { RunSql } from './sql.ts'

/** Services that work across tenants; the policies tell which tables each may see. */
export type ServiceName = 'queue' | 'relay'

type Work<T> = (em: EntityManager) => Promise<T>

/**
 * Runs `work` in a transaction that sees the tenant's rows only; `settings` are further settings of PostgreSQL for that
 * transaction. Throws an AppError `service-unavailable` when PostgreSQL cannot be reached, and `service-busy` when no
 * connection became free in time or PostgreSQL has too much to do.
 */
export async function inTenant<T>(
  orm: Orm,
  tenantId: string,
  work: Work<T>,
  settings: Settings = {},
): Promise<T> {
  using _share = await orm.shares?.take(tenantId)
  const session = openSession(orm, { ...settings, 'app.tenant': tenantId })
  return await session.transactional(work).catch(sayWhy)
}

/** Like `inTenant`, but read-only and on one snapshot: everything that `work` reads was true at the same moment. */
export async function inTenantSnapshot<T>(orm: Orm, tenantId: string, work: Work<T>): Promise<T> {
  using _share = await orm.shares?.take(tenantId)
  const session = openSession(orm, { 'app.tenant': tenantId })
  return await session
    .transactional(work, { isolationLevel: 'repeatable read', readOnly: true })
    .catch(sayWhy)
}

/**
 * Runs `work` in a transaction that sees the tables of one service, with the rows of all tenants. Throws faults of
 * PostgreSQL as they are.
 */
export function inService<T>(orm: Orm, service: ServiceName, work: Work<T>): Promise<T> {
  return openSession(orm, { 'app.service': service }).transactional(work)
}

function sayWhy(error: unknown): never {
  if (isConnectionFault(error)) throw new AppError('service-unavailable', {}, { cause: error })
  if (isOverload(error)) throw new AppError('service-busy', {}, { cause: error })
  throw error
}

/** The settings hold only within the transactions of this entity manager; the pooled connection keeps none of them. */
function openSession(orm: Orm, variables: Settings): EntityManager {
  return orm.em.fork({ session: { variables } })
}

/** Runs `work` in a transaction of the tenant on a bare connection. Rolls back and throws again when `work` fails. */
export async function inTenantTransaction<T>(
  sql: RunSql,
  tenantId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    // Both statements in one round trip to PostgreSQL.
    await sql(`begin; select set_config('app.tenant', ${escapeLiteral(tenantId)}, true)`)
    const result = await work()
    await sql('commit')
    return result
  } catch (error) {
    await sql('rollback').catch(() => {})
    throw error
  }
}

/** Lets the current transaction see the rows of the tenant from here on. */
export async function enterTenant(sql: RunSql, tenantId: string): Promise<void> {
  await sql(`select set_config('app.tenant', $1, true)`, [tenantId])
}
