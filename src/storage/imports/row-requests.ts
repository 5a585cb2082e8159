/** Idempotency keys of calls for single rows: each is kept in the transaction of what its call changed. */
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'

export interface RowRequest extends OfImport {
  readonly idempotencyKey: string
  /** of all that the call asks for, in hexadecimal */
  readonly requestSha256: string
}

/**
 * `new`: nobody has used the key for this import, and it is kept from now on; `repeated`: the same call was made before;
 * `reused`: another one was. Waits for a call with the key that is under way.
 */
export async function keepRowRequest(
  sql: RunSql,
  { tenantId, importId, idempotencyKey, requestSha256 }: RowRequest,
): Promise<'new' | 'repeated' | 'reused'> {
  const kept = await sql(
    `insert into row_requests (tenant_id, import_id, idempotency_key, request_sha256)
    values ($1, $2, $3, $4) on conflict do nothing returning 1`,
    [tenantId, importId, idempotencyKey, requestSha256],
  )
  if (kept.length > 0) return 'new'
  const found = await findRowRequest(sql, { tenantId, importId, idempotencyKey })
  return found === requestSha256 ? 'repeated' : 'reused'
}

/** The hash of the request that the key was used for; undefined where it was used for none. */
export async function findRowRequest(
  sql: RunSql,
  { tenantId, importId, idempotencyKey }: Omit<RowRequest, 'requestSha256'>,
): Promise<string | undefined> {
  const [found] = await sql<{ requestSha256: string }>(
    `select request_sha256 as "requestSha256" from row_requests
    where tenant_id = $1 and import_id = $2 and idempotency_key = $3`,
    [tenantId, importId, idempotencyKey],
  )
  return found?.requestSha256
}
