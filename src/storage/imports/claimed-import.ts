/** The import behind a claim, as its run reads it. */
import type { Mapping } from '../../contracts/mapping.ts'
import { type CustomFieldRecord, customFieldsOfTenant } from '../contacts/custom-fields.ts'
import type { RunSql } from '../postgres/sql.ts'
import { inTenantTransaction } from '../postgres/tenant-session.ts'
import type { MergedPlace } from './import-entity.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import type { Claim } from './queue.ts'

/** An import that runs was mapped before. */
export type ClaimedImport = ImportRow & {
  readonly mapping: Mapping
  /** Merged ranges of the sheet that is imported. */
  readonly merged: readonly MergedPlace[]
  /** The custom fields of the tenant, in the same moment. */
  readonly customFields: readonly CustomFieldRecord[]
}

/** The import of a validation: its rows, from the first one that the validation has not judged yet. */
export type ClaimedValidation = ClaimedImport & {
  /** which validation of the import it is */
  readonly attempt: number
}

const mergedPlaces = `coalesce((
  select sheet -> 'merged' from jsonb_array_elements(preview) sheet
  where sheet ->> 'sheet' = mapping ->> 'sheet' limit 1
), '[]')`

/** Reads the import; undefined when the claim is no longer in force. */
export function readClaimedImport(sql: RunSql, claim: Claim): Promise<ClaimedImport | undefined> {
  return inTenantTransaction(sql, claim.tenantId, async () => {
    // One statement: beside a small import each way to PostgreSQL and back costs more than what is asked for.
    const [row] = await sql<ClaimedImport>(
      `select ${importColumns}, ${mergedPlaces} as merged, ${customFieldsOfTenant} as "customFields"
      from imports
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,
      [claim.tenantId, claim.importId, claim.epoch],
    )
    return row
  })
}

/**
 * Reads the import of a validation; undefined when the claim is no longer in force. While it is, nobody changes the mapping
 * and the first row of the import.
 */
export function readClaimedValidation(
  sql: RunSql,
  claim: Claim,
): Promise<ClaimedValidation | undefined> {
  return inTenantTransaction(sql, claim.tenantId, async () => {
    const [row] = await sql<ClaimedImport & { readonly validated: ValidatedSoFar }>(
      `with claimed as (
        select jsonb_build_object('attempt', attempt, 'nextRow', next_row, 'batchRows', batch_rows) as validated
        from validations
        where tenant_id = $1 and import_id = $2 and epoch = $3 and status = 'running')
      select ${importColumns}, ${mergedPlaces} as merged, ${customFieldsOfTenant} as "customFields",
        claimed.validated
      from imports, claimed where tenant_id = $1 and id = $2`,
      [claim.tenantId, claim.importId, claim.epoch],
    )
    return row && { ...row, ...row.validated }
  })
}

type ValidatedSoFar = Pick<ClaimedValidation, 'attempt' | 'nextRow' | 'batchRows'>
