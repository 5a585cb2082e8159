/** Removes what an import made, in bounded steps; the import's row goes last. */

import { crashpoint } from '../../crashpoints.ts'
import type { FileStore } from '../files/file-store.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import type { RunSql } from '../postgres/sql.ts'
import { beginDeleting, isDeleting, isKept } from './deleting-imports.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { undoStep } from './undo-repairs.ts'

export interface Deletion {
  readonly importId: string
  readonly tenantId: string
  /** rows that one step may remove */
  readonly rowsMax: number
  /** The address of a cell by row and column, for findings that come back. */
  readonly cellAddress: (row: number, column: number) => string
}

/**
 * Removes up to `rowsMax` rows in the transaction of a step, and says whether more are left. The import's own row is
 * locked in the last step only: until then the claim on the job keeps every other worker away.
 */
export async function purgeStep(
  sql: RunSql,
  files: FileStore,
  deletion: Deletion,
): Promise<'more' | 'done'> {
  // The other jobs end in a step of their own: once it is committed, none of them writes anything for this import.
  if (await endOtherJobs(sql, deletion)) return 'more'
  if (await giveRowsBack(sql, deletion)) return 'more'
  const correctionId = await findCorrection(sql, deletion)
  if (correctionId !== undefined) {
    await purgeCorrection(sql, files, { ...deletion, importId: correctionId })
    return 'more'
  }
  for (const rows of rowsOfAnImport) {
    if (await deleteSome(sql, rows, deletion)) return 'more'
  }
  if (!(await files.delete(sql, deletion))) return 'more'
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from imports
    where tenant_id = $1 and id = $2 and ${isDeleting('imports')} for update`,
    [deletion.tenantId, deletion.importId],
  )
  if (!row) return 'done'
  await recordEvent(sql, row, 'deleted', byService)
  await sql('delete from imports where tenant_id = $1 and id = $2', [
    deletion.tenantId,
    deletion.importId,
  ])
  crashpoint('after-deletion-before-commit', deletion.importId)
  return 'done'
}

/** A correction gives its rows back to the import that it corrected, unless that one goes as well. */
async function giveRowsBack(sql: RunSql, deletion: Deletion): Promise<boolean> {
  const { tenantId, importId, rowsMax, cellAddress } = deletion
  const [row] = await sql<{ corrects: string }>(
    `select original.id as corrects from imports own
    join imports original on original.tenant_id = own.tenant_id and original.id = own.corrects
    where own.tenant_id = $1 and own.id = $2 and ${isDeleting('own')} and ${isKept('original')}`,
    [tenantId, importId],
  )
  if (!row) return false
  const undoing = {
    tenantId,
    correctionId: importId,
    originalId: row.corrects,
    rowsMax,
    cellAddress,
  }
  return (await undoStep(sql, undoing)) === 'more'
}

/** The first of the corrections of an import: they go before it, one after the other. */
async function findCorrection(
  sql: RunSql,
  { tenantId, importId }: Deletion,
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `select id from imports where tenant_id = $1 and corrects = $2 order by id limit 1`,
    [tenantId, importId],
  )
  return row?.id
}

/** A step of the removal of a correction whose import is being deleted. Its first step ends its run. */
async function purgeCorrection(sql: RunSql, files: FileStore, deletion: Deletion): Promise<void> {
  const begun = await beginDeleting(sql, deletion)
  if (begun) await recordEvent(sql, begun, 'deleting', byService)
  else await purgeStep(sql, files, deletion)
}

async function endOtherJobs(sql: RunSql, { tenantId, importId }: Deletion): Promise<boolean> {
  const ended = await sql(
    `delete from jobs where tenant_id = $1 and import_id = $2 and kind <> 'deletion' returning 1`,
    [tenantId, importId],
  )
  return ended.length > 0
}

/** Places in campaigns and cases go before their contacts. `order` is the order of each table's index by import. */
const rowsOfAnImport = [
  { table: 'campaign_contacts', order: 'import_id' },
  { table: 'cases', order: 'import_id, id' },
  { table: 'contacts', order: 'import_id, row_number' },
  { table: 'row_issues', order: 'import_id, row_number' },
  { table: 'findings', order: 'import_id' },
  { table: 'import_batches', order: 'import_id, first_row' },
  { table: 'row_repairs', order: 'import_id, repair, row_number' },
  { table: 'correction_rows', order: 'import_id, row_number' },
  { table: 'validation_issues', order: 'import_id, attempt, row_number' },
  { table: 'validations', order: 'import_id' },
  { table: 'discarded_rows', order: 'import_id, row_number' },
  { table: 'row_requests', order: 'import_id, idempotency_key' },
] as const

async function deleteSome(
  sql: RunSql,
  { table, order }: (typeof rowsOfAnImport)[number],
  { tenantId, importId, rowsMax }: Deletion,
): Promise<boolean> {
  const [gone] = await sql<{ rows: string }>(
    `with gone as (
      delete from ${table} using (
        select ctid from ${table} where tenant_id = $1 and import_id = $2
        order by ${order} limit $3
      ) step where ${table}.ctid = step.ctid
      returning 1)
    select count(*) as rows from gone`,
    [tenantId, importId, rowsMax],
  )
  return Number(gone?.rows) > 0
}
