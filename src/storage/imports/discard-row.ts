/**
 * Says of a rejected row that nobody wants it, in the transaction of the caller: it is skipped from then on, with who said
 * so and when. Ledger, refused cells, findings and the batch that kept the row go with it.
 */
import { recordEvent } from '../outbox/outbox.ts'
import { isoTime, type RunSql } from '../postgres/sql.ts'
import { type OfImport, type TakenCell, takeFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { standsStill } from './standing-import.ts'

export interface Discarded {
  readonly by: string
  /** RFC 3339 */
  readonly at: string
}

/** Who said that the row is not wanted; undefined where nobody did. */
export async function findDiscarded(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  row: number,
): Promise<Discarded | undefined> {
  const [found] = await sql<Discarded>(
    `select discarded_by as by, ${isoTime('discarded_at')} as at from discarded_rows
    where tenant_id = $1 and import_id = $2 and row_number = $3`,
    [tenantId, importId, row],
  )
  return found
}

/**
 * `moving`: the import does not stand still, or its rows are not its own; `not-rejected`: the row is none that was
 * rejected. Then nothing is changed, and the caller rolls back. Locks the row first and the import's own row last, as
 * repairs do.
 */
export async function discardRow(
  sql: RunSql,
  ofImport: OfImport,
  { row, actor }: { readonly row: number; readonly actor: string },
): Promise<'discarded' | 'not-rejected' | 'moving'> {
  const { tenantId, importId } = ofImport
  const cells = await sql<TakenCell>(
    `select row_number as row, column_number as "column", field, code, outcome from row_issues
    where tenant_id = $1 and import_id = $2 and row_number = $3 order by column_number for update`,
    [tenantId, importId, row],
  )
  if (!cells.some(({ outcome }) => outcome === 'rejected')) return 'not-rejected'
  await sql('delete from row_issues where tenant_id = $1 and import_id = $2 and row_number = $3', [
    tenantId,
    importId,
    row,
  ])
  await sql(
    `insert into discarded_rows (tenant_id, import_id, row_number, discarded_by)
    values ($1, $2, $3, $4)`,
    [tenantId, importId, row, actor],
  )
  const [changed] = await sql<ImportRow>(
    `update imports set rows_rejected = rows_rejected - 1, rows_skipped = rows_skipped + 1
    where tenant_id = $1 and id = $2 and ${standsStill}
    returning ${importColumns}`,
    [tenantId, importId],
  )
  if (!changed) return 'moving'
  // Batches of earlier releases kept no rows that they skipped.
  await sql(
    `update import_batches set skipped = skipped + int4multirange(int4range($3, $3 + 1))
    where tenant_id = $1 and import_id = $2 and first_row <= $3 and next_row > $3`,
    [tenantId, importId, row],
  )
  await takeFindings(sql, ofImport, cells)
  await recordEvent(sql, changed, 'corrected', actor)
  return 'discarded'
}
