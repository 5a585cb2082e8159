/** Imports whose data is on its way out, and so in no answer. Usually none. */
import type { RunSql } from '../postgres/sql.ts'

export async function deletingImports(sql: RunSql): Promise<string[]> {
  const rows = await sql<{ id: string }>(`select id from imports where status = 'deleting'`)
  return rows.map(({ id }) => id)
}
