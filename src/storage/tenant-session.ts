/**
 * The only way to the tables: a transaction that is one tenant's, or a named service's. Row-level
 * security reads the two settings made here; without one of them every table is empty.
 */
import type { EntityManager, Orm } from './orm.ts'
import type { RunSql } from './sql.ts'

/** Services that work across tenants; the policies tell which tables each may see. */
export type ServiceName = 'queue' | 'relay'

/** Runs `work` in a transaction that sees the tenant's rows only. */
export function inTenant<T>(
  orm: Orm,
  tenantId: string,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  return orm.em
    .fork({ session: { variables: { 'app.tenant': tenantId } } })
    .transactional(em => work(em))
}

/** The same, reading only: all that `work` reads was true at one moment. */
export function inTenantSnapshot<T>(
  orm: Orm,
  tenantId: string,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  return orm.em
    .fork({ session: { variables: { 'app.tenant': tenantId } } })
    .transactional(em => work(em), { isolationLevel: 'repeatable read', readOnly: true })
}

/** Runs `work` in a transaction that sees the tables of one service, of all tenants. */
export function inService<T>(
  orm: Orm,
  service: ServiceName,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  return orm.em
    .fork({ session: { variables: { 'app.service': service } } })
    .transactional(em => work(em))
}

/** The same for a bare connection: begin, work, commit; rolled back when `work` fails. */
export async function inTenantTransaction<T>(
  sql: RunSql,
  tenantId: string,
  work: () => Promise<T>,
): Promise<T> {
  await sql('begin')
  try {
    await enterTenant(sql, tenantId)
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
