/** The header `Idempotency-Key` of calls for single rows. */
import { createHash } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { OfImport } from '../../storage/imports/findings.ts'
import { findRowRequest, keepRowRequest } from '../../storage/imports/row-requests.ts'
import type { RunSql } from '../../storage/postgres/sql.ts'

export interface KeyedRequest {
  /** without one, every call is a new one */
  readonly idempotencyKey: string | undefined
  /** all that the call asks for */
  readonly request: object
}

/**
 * Whether the same call was made with the same key before: then nothing is left to do. Throws `idempotency-key-reused` when
 * another call was. The key is kept with what the transaction changes.
 */
export async function refuseReusedKey(
  sql: RunSql,
  ofImport: OfImport,
  { idempotencyKey, request }: KeyedRequest,
): Promise<boolean> {
  if (idempotencyKey === undefined) return false
  const requestSha256 = hashOf(request)
  const kept = await keepRowRequest(sql, { ...ofImport, idempotencyKey, requestSha256 })
  if (kept === 'reused') throw new AppError('idempotency-key-reused')
  return kept === 'repeated'
}

/** The same, and keeps nothing: for calls that have much to do before they change something. */
export async function isRepeated(
  sql: RunSql,
  ofImport: OfImport,
  { idempotencyKey, request }: KeyedRequest,
): Promise<boolean> {
  if (idempotencyKey === undefined) return false
  const found = await findRowRequest(sql, { ...ofImport, idempotencyKey })
  if (found === undefined) return false
  if (found !== hashOf(request)) throw new AppError('idempotency-key-reused')
  return true
}

function hashOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex')
}
