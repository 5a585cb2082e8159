/** The validation of an import beside its row: what of it answers and events tell. */
import type { ValidationRecord } from '../../contracts/import-snapshot.ts'
import { isoTime, type RunSql } from '../postgres/sql.ts'

/**
 * SQL for the validation of the row of `imports` that a statement reads, as JSON in the shape of a `ValidationRecord`;
 * null where the import was never validated.
 */
export const validationOfImport = `(
  select jsonb_build_object('status', v.status, 'firstRow', v.first_row, 'nextRow', v.next_row,
    'rowsTotal', v.rows_total, 'rowsCreated', v.rows_created, 'rowsSkipped', v.rows_skipped,
    'rowsRejected', v.rows_rejected, 'findingsRepaired', v.findings_repaired,
    'findingsNoted', v.findings_noted, 'findingsBlanked', v.findings_blanked,
    'rowsPerSecond', v.rows_per_second, 'failureCode', v.failure_code, 'failureData', v.failure_data,
    'startedAt', ${isoTime('v.started_at')}, 'finishedAt', ${isoTime('v.finished_at')},
    'isStale', v.mapping is distinct from imports.mapping)
  from validations v where v.tenant_id = imports.tenant_id and v.import_id = imports.id)`

/** The validations of those imports of the tenant that have one, by the ids of the imports. */
export async function readValidations(
  sql: RunSql,
  importIds: readonly string[],
): Promise<Map<string, ValidationRecord>> {
  const rows = await sql<{ id: string; validation: ValidationRecord }>(
    `select id, ${validationOfImport} as validation from imports
    where tenant_id = current_setting('app.tenant') and id = any($1::uuid[])
      and exists (select from validations v
        where v.tenant_id = imports.tenant_id and v.import_id = imports.id)`,
    [importIds],
  )
  return new Map(rows.map(({ id, validation }) => [id, validation]))
}

/** The newest imports of the tenant, by id, whose validation is queued or running. */
export async function findValidating(
  sql: RunSql,
  { beforeId, limit }: { readonly beforeId: string | undefined; readonly limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `select import_id as id from validations
    where tenant_id = current_setting('app.tenant') and status in ('queued', 'running')
      and ($1::uuid is null or import_id < $1)
    order by import_id desc limit $2`,
    [beforeId ?? null, limit],
  )
  return rows.map(({ id }) => id)
}
