/** Makes a new import from the stored file of another one, so that a wrong mapping costs no second upload. */
import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '../contracts/caller.ts'
import type { Import } from '../contracts/import.ts'
import { headerOf } from '../contracts/import-snapshot.ts'
import { requireMove } from '../contracts/import-states.ts'
import { toHeaderRow } from '../contracts/mapping.ts'
import { AppError, type Locale } from '../errors.ts'
import { ImportEntity } from '../storage/imports/import-entity.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import { isDiskFull } from '../storage/postgres/faults.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findWholeImport, lockImport, showImport } from './find-import.ts'
import { defaultSheet, rowRange } from './sheet-choice.ts'

/**
 * Gives the new import, `uploaded`. `import-state-conflict` while the other one is not over, or is being deleted.
 * The other one is locked for the commit alone: what a deletion took away meanwhile ends the copy, too.
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
      const copy = await createCopy(em, caller, source)
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

async function createCopy(
  em: EntityManager,
  caller: Caller,
  source: ImportEntity,
): Promise<ImportEntity> {
  await em.populate(source, ['preview'])
  const sheet = defaultSheet(source.sheets)
  const range = rowRange(sheet, toHeaderRow(headerOf(sheet).row))
  const { tenantId, name, fileName, fileBytes, fileSha256, sheets, preview, mapping } = source
  const copy = em.create(ImportEntity, {
    ...{ tenantId, name, fileName, fileBytes, fileSha256, sheets, preview },
    id: randomUUIDv7(),
    status: 'uploaded',
    suggestedMapping: mapping,
    firstRow: range.firstRow,
    nextRow: range.firstRow,
    rowsTotal: range.total,
    readings: [],
    createdBy: caller.subject,
  })
  await em.flush()
  return copy
}
