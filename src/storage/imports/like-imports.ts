/** Other imports of the tenant that a caller may mistake for this one: by their name, or by their file. */
import { comparedImportsMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'
import { isKept } from './deleting-imports.ts'
import type { ImportRow } from './import-row.ts'

export interface LikeImports {
  /** Whether another import has the same name. */
  readonly isNameTaken: boolean
  /** The name of the newest earlier import of the same file; null where there is none. */
  readonly earlierName: string | null
}

/** Looks through the tenant's newest `comparedImportsMax` imports, without those that are being deleted. */
export async function findLikeImports(
  sql: RunSql,
  { tenantId, id, name, fileSha256 }: Pick<ImportRow, 'tenantId' | 'id' | 'name' | 'fileSha256'>,
): Promise<LikeImports> {
  const [found] = await sql<LikeImports>(
    `with newest as (
      select id, name, status, file_sha256 from imports
      where tenant_id = $1 order by id desc limit ${comparedImportsMax}
    ), others as (
      select * from newest where id <> $2 and ${isKept('newest')}
    )
    select exists (select from others where name = $3) as "isNameTaken",
      (select name from others where file_sha256 = $4 and id < $2 order by id desc limit 1) as "earlierName"`,
    [tenantId, id, name, fileSha256],
  )
  return found!
}
