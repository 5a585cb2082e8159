/** Plain SQL in the ORM's transactions. It stands apart from `sql.ts`, so that threads which import load no ORM. */
import { CompiledQuery } from 'kysely'
import type { EntityManager } from './orm.ts'
import type { RunSql } from './sql.ts'

/** Runs statements in the transaction that `em` is in. */
export function sqlOf(em: EntityManager): RunSql {
  return async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const result = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]))
    return result.rows as Row[]
  }
}
