/** Makes a new import from the stored file of another one, so that a wrong mapping costs no second upload. */
import type { Caller } from '../contracts/caller.ts'
import type { Import } from '../contracts/import.ts'
import { requireMove } from '../contracts/import-states.ts'
import { AppError, type Locale } from '../errors.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import { isDiskFull } from '../storage/postgres/faults.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findWholeImport, lockImport, showImport, withPreview } from './find-import.ts'
import { createImport } from './new-import.ts'

/**
 * Gives the new import, in state `uploaded`. Throws `import-state-conflict` while the source is not over or is being
 * deleted, and `storage-full`. It locks the source only for the commit, and then looks at its state once more: a deletion
 * that began meanwhile may have taken parts of the file away.
 */
export async function copyImport(
  { orm, files }: ImportContext,
  caller: Caller,
  { id, locale }: { readonly id: string; readonly locale: Locale },
): Promise<Import> {
  const { tenantId } = caller
  try {
    return await inTenant(orm, tenantId, async em => {
      const source = await findWholeImport(em, caller, id)
      requireMove('copy', source.status)
      await withPreview(em, source)
      const { name, fileName, fileBytes, fileSha256, sheets, preview, mapping } = source
      const copied = { name, fileName, fileBytes, fileSha256, sheets, preview }
      const copy = await createImport(em, caller, { ...copied, suggestedMapping: mapping })
      const sql = sqlOf(em)
      await files.copy(sql, { tenantId, importId: id }, { tenantId, importId: copy.id })
      em.clear()
      requireMove('copy', (await lockImport(em, caller, id)).status)
      const kept = await findWholeImport(em, caller, copy.id)
      await recordEvent(sql, kept, 'uploaded', caller.subject)
      return showImport(em, kept, locale)
    })
  } catch (error) {
    if (isDiskFull(error)) throw new AppError('storage-full', {}, { cause: error })
    throw error
  }
}
