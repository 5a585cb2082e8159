/** Owns imports that are made by SQL: completed, with contacts of their own, as large as a test needs them. */
import { randomUUIDv7 } from 'node:crypto'
import { queryOnce } from './query.ts'

/** Gives the id of a completed import with that many contacts, in rows 2 and on. */
export async function fillImport(
  adminUrl: string,
  { tenant = 'acme', contacts }: { tenant?: string; contacts: number },
): Promise<string> {
  const id = randomUUIDv7()
  await queryOnce(
    adminUrl,
    `with import as (
      insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
        preview, first_row, next_row, rows_total, rows_created, created_by)
      values ($1::uuid, $2, 'filled', 'completed', 'f.xlsx', 1, repeat('0', 64), '[]', '[]', 2, 2 + $3::int,
        $3::int, $3::int, 'anna'))
    insert into contacts (tenant_id, import_id, row_number, last_name)
    select $2, $1::uuid, 1 + place, 'Nowak' from generate_series(1, $3::int) place`,
    [id, tenant, contacts],
  )
  return id
}
