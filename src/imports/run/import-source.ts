/** Fetches the stored workbook of a run to the scratch folder, and checks that it is the one the import started with. */
import { AppError } from '../../errors.ts'
import type { FileStore } from '../../storage/files/file-store.ts'
import type { ClaimedImport } from '../../storage/imports/claimed-import.ts'
import type { RunSql } from '../../storage/postgres/sql.ts'
import { inTenantTransaction } from '../../storage/postgres/tenant-session.ts'
import { sourceFingerprint } from './source-fingerprint.ts'

/** Writes the workbook to `path`. Throws `import-source-changed` when file or mapping differ from those of the start. */
export async function fetchSource(
  sql: RunSql,
  { id: importId, tenantId, mapping, sourceFingerprint: started }: ClaimedImport,
  { files, path }: { readonly files: FileStore; readonly path: string },
): Promise<void> {
  const fileSha256 = await inTenantTransaction(sql, tenantId, () =>
    files.fetchTo(sql, { tenantId, importId }, path),
  )
  if (sourceFingerprint({ fileSha256, mapping }) !== started) {
    throw new AppError('import-source-changed')
  }
}
