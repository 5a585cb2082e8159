/** Fetches the stored workbook of an import to the scratch folder of this process. */
import { rm } from 'node:fs/promises'
import { AppError } from '../../errors.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import type { RunSql } from '../../storage/postgres/sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import type { ImportContext } from '../context.ts'

export interface StoredWorkbook {
  readonly tenantId: string
  readonly importId: string
  /** of the file, in hexadecimal */
  readonly fileSha256: string
}

export interface FetchedWorkbook extends AsyncDisposable {
  readonly path: string
}

/**
 * Writes the workbook to a file that is removed with the answer. Each piece is read on a connection that is given back with
 * it. Throws `not-found` when the file is no longer whole, because its import is being deleted.
 */
export async function fetchStored(
  { orm, files, scratch }: Pick<ImportContext, 'orm' | 'files' | 'scratch'>,
  { tenantId, importId, fileSha256 }: StoredWorkbook,
): Promise<FetchedWorkbook> {
  const path = scratch.newPath()
  const remove = () => rm(path, { force: true })
  const sql: RunSql = (text, parameters) =>
    inTenant(orm, tenantId, em => sqlOf(em)(text, parameters))
  try {
    const found = await files.fetchTo(sql, { tenantId, importId }, path)
    if (found !== fileSha256) throw new AppError('not-found')
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}
