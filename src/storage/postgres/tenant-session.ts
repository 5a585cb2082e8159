/**
 * The only way to the tables: a transaction that is one tenant's, or a named service's. Row-level
 * security reads the two settings made here; without one of them every table is empty.
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
 * Runs `work` in a transaction that sees the tenant's rows only, with further settings where it needs
 * them; `service-unavailable` without PostgreSQL, `service-busy` without a free connection in time.
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

/** The same, reading only: all that `work` reads was true at one moment. */
export async function inTenantSnapshot<T>(orm: Orm, tenantId: string, work: Work<T>): Promise<T> {
  using _share = await orm.shares?.take(tenantId)
  const session = openSession(orm, { 'app.tenant': tenantId })
  return await session
    .transactional(work, { isolationLevel: 'repeatable read', readOnly: true })
    .catch(sayWhy)
}

/** Runs `work` in a transaction that sees the tables of one service, of all tenants. */
export function inService<T>(orm: Orm, service: ServiceName, work: Work<T>): Promise<T> {
  return openSession(orm, { 'app.service': service }).transactional(work)
}

function sayWhy(error: unknown): never {
  if (isConnectionFault(error)) throw new AppError('service-unavailable', {}, { cause: error })
  if (isOverload(error)) throw new AppError('service-busy', {}, { cause: error })
  throw error
}

/** The settings hold for its transactions alone: a pooled connection carries nothing on. */
function openSession(orm: Orm, variables: Settings): EntityManager {
  return orm.em.fork({ session: { variables } })
}

/** The same for a bare connection: begin, work, commit; rolled back when `work` fails. */
export async function inTenantTransaction<T>(
  sql: RunSql,
  tenantId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    // Both in one trip to PostgreSQL.
    await sql(`begin; select set_config('app.tenant', ${escapeLiteral(tenantId)}, true)`)
    const result = await work()
    await sql('commit')
    return result
  } catch (error) {
    await sql('rollback').catch(() => {})
    throw error
  }
}

/** Makes the transaction that a bare connection is in the tenant's. */
export async function enterTenant(sql: RunSql, tenantId: string): Promise<void> {
  await sql(`select set_config('app.tenant', $1, true)`, [tenantId])
}
