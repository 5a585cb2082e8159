/** Makes the row of an import that nobody has mapped yet, for an upload and for a copy. */
import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '../contracts/caller.ts'
import type { ImportKind } from '../contracts/corrections.ts'
import { headerOf, type SheetRecord } from '../contracts/import-snapshot.ts'
import { type Mapping, toHeaderRow } from '../contracts/mapping.ts'
import { ImportEntity, type SheetPreview } from '../storage/imports/import-entity.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { defaultSheet, rowRange } from './sheet-choice.ts'

interface NewImport extends Pick<ImportEntity, 'name' | 'fileName' | 'fileBytes' | 'fileSha256'> {
  readonly sheets: SheetRecord[]
  readonly preview: SheetPreview[]
  readonly idempotencyKey?: string | undefined
  readonly suggestedMapping?: Mapping | null
  readonly kind?: ImportKind
  /** the import whose rows a correction repairs */
  readonly corrects?: string | null
}

/**
 * Inserts the row; its counters are those of the proposed sheet. The caller keeps the file and records the event, in the
 * same transaction.
 */
export async function createImport(
  em: EntityManager,
  { tenantId, subject }: Caller,
  given: NewImport,
): Promise<ImportEntity> {
  const sheet = defaultSheet(given.sheets)
  const { firstRow, total } = rowRange(sheet, toHeaderRow(headerOf(sheet).row))
  const entity = em.create(ImportEntity, {
    ...given,
    id: randomUUIDv7(),
    tenantId,
    status: 'uploaded',
    firstRow,
    nextRow: firstRow,
    rowsTotal: total,
    readings: [],
    createdBy: subject,
  })
  await em.flush()
  return entity
}
