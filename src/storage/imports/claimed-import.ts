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
