/** Refuses a database role that row-level security does not bind. */
import type { Orm } from './orm.ts'
import { sqlOf } from './orm-sql.ts'

export class UnsafeRoleError extends Error {
  constructor(role: string) {
    super(
      `the database role "${role}" is a superuser or has BYPASSRLS, so tenants would not be kept apart: ` +
        'use a role created with NOSUPERUSER NOBYPASSRLS that owns its schema',
    )
    this.name = 'UnsafeRoleError'
  }
}

export async function refuseUnsafeRole(orm: Orm): Promise<void> {
  const [role] = await sqlOf(orm.em.fork())<{ rolname: string; unsafe: boolean }>(
    'select rolname, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user',
  )
  if (!role || role.unsafe) throw new UnsafeRoleError(role?.rolname ?? 'unknown')
}
