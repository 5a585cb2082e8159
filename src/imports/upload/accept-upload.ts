/** Makes an import of a spooled file: inspects it, then keeps file, row and event in one transaction. */

import { basename, extname } from 'node:path'
import type { Caller } from '../../contracts/caller.ts'
import type { Import } from '../../contracts/import.ts'
import { toImport } from '../../contracts/import-snapshot.ts'
import type { Upload } from '../../contracts/services.ts'
import { crashpoint } from '../../crashpoints.ts'
import { AppError, type Locale } from '../../errors.ts'
import { importNameCharactersMax } from '../../limits.ts'
import { ImportEntity } from '../../storage/imports/import-entity.ts'
import { recordEvent } from '../../storage/outbox/outbox.ts'
import { isDiskFull } from '../../storage/postgres/faults.ts'
import { isUniqueViolation } from '../../storage/postgres/orm.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import { queueEntity } from '../change-import.ts'
import type { ImportContext } from '../context.ts'
import { showImport } from '../find-import.ts'
import { mapEntity } from '../map-import.ts'
import { createImport } from '../new-import.ts'
import { mapCorrection, recogniseCorrection } from './accept-correction.ts'
import type { Inspection } from './inspect-file.ts'
import type { Inspector } from './inspection.ts'

/**
 * Keeps an upload as a new import. With an idempotency key that was used before, the same file gives the first import
 * again, and another file throws `idempotency-key-reused`. While the first import is being deleted it throws
 * `idempotency-key-held`, because the import and its file will be gone soon.
 */
export async function acceptUpload(
  context: ImportContext,
  inspector: Inspector,
  caller: Caller,
  { upload, locale, signal }: { upload: Upload; locale: Locale; signal: AbortSignal },
): Promise<Import> {
  const known = await findByIdempotencyKey(context, caller, upload, locale)
  if (known) return known
  crashpoint('after-spool-before-inspection')
  const inspection = await inspector.inspect(caller, upload.file.path, signal)
  try {
    const kept = await keepImport(context, caller, { upload, inspection, locale })
    crashpoint('after-upload-before-answer', kept.id)
    return kept
  } catch (error) {
    if (isDiskFull(error)) throw new AppError('storage-full', {}, { cause: error })
    if (!isUniqueViolation(error)) throw error
    const first = await findByIdempotencyKey(context, caller, upload, locale)
    if (first) return first
    throw error
  }
}

async function keepImport(
  context: ImportContext,
  caller: Caller,
  { upload, inspection, locale }: { upload: Upload; inspection: Inspection; locale: Locale },
): Promise<Import> {
  const { file, fileName, name, idempotencyKey } = upload
  const { orm, files } = context
  const catalogue = await context.fields.of(caller.tenantId)
  return inTenant(orm, caller.tenantId, async em => {
    const recognised = await recogniseCorrection(em, caller, upload, inspection)
    const correction = recognised.kind === 'correction' ? recognised.original : undefined
    const mapped = correction && mapCorrection(correction, inspection)
    const entity = await createImport(em, caller, {
      name: name?.trim() || defaultName(fileName),
      fileName,
      fileBytes: file.sizeBytes,
      fileSha256: file.sha256,
      sheets: recognised.sheets,
      preview: inspection.previews,
      idempotencyKey,
      kind: recognised.kind,
      corrects: correction?.id ?? null,
    })
    const sql = sqlOf(em)
    await files.put(sql, { tenantId: caller.tenantId, importId: entity.id }, file.path)
    crashpoint('after-file-before-commit', entity.id)
    await recordEvent(sql, entity, 'uploaded', caller.subject)
    if (mapped) {
      Object.assign(entity, { ...mapped, status: 'mapped' })
      await em.flush()
      await recordEvent(sql, entity, 'mapped', caller.subject)
    } else if (upload.mapping === undefined) {
      return toImport(entity, { locale, validation: null })
    } else {
      await mapEntity(em, entity, { context, caller, catalogue, asked: upload.mapping })
    }
    if (upload.start) {
      // PostgreSQL changes the order of the members of a mapping. The fingerprint must be of the order that it gives back.
      await em.refresh(entity)
      await queueEntity(em, entity, { context, catalogue })
      await em.flush()
      await recordEvent(sql, entity, 'queued', caller.subject)
    }
    return showImport(em, entity, locale)
  })
}

/** The file's name without its extension, cut to `importNameCharactersMax`. */
function defaultName(fileName: string): string {
  const stem = basename(fileName, extname(fileName)).trim()
  return [...(stem || fileName)].slice(0, importNameCharactersMax).join('')
}

function findByIdempotencyKey(
  { orm }: ImportContext,
  caller: Caller,
  { idempotencyKey, file }: Upload,
  locale: Locale,
): Promise<Import | undefined> {
  if (idempotencyKey === undefined) return Promise.resolve(undefined)
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await em.findOne(
      ImportEntity,
      { tenantId: caller.tenantId, idempotencyKey },
      { populate: ['sheets'] },
    )
    if (!entity) return undefined
    if (entity.status === 'deleting') throw new AppError('idempotency-key-held')
    if (entity.fileSha256 !== file.sha256) throw new AppError('idempotency-key-reused')
    return showImport(em, entity, locale)
  })
}
