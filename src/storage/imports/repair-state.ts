/**
 * What the rows that a repair names are at this moment: rejected, in without a refused cell, or closed to repairs. Two
 * repairs of one row at once wait for each other here, and the later one finds what the earlier one left.
 */
import type { RepairRefusal } from '../../contracts/corrections.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'

/** A cell in `row_issues`; `column` is the column of the sheet. */
export interface RefusedCell {
  readonly column: number
  readonly field: string
  readonly code: string
  readonly outcome: 'blanked' | 'rejected'
  readonly value: string
}

/** The contact of a row, its values by the names of their columns. */
export interface HeldContact {
  readonly id: string
  readonly values: Readonly<Record<string, unknown>> & { readonly custom: Record<string, unknown> }
}

export type RowState =
  | { readonly kind: 'rejected'; readonly issues: readonly RefusedCell[] }
  | {
      readonly kind: 'blanked'
      readonly issues: readonly RefusedCell[]
      readonly contact: HeldContact | undefined
    }
  | { readonly kind: 'closed'; readonly code: RepairRefusal }

/**
 * The states by row; rows that are open to repairs are locked until the transaction ends. The locks come in the order of
 * rows, refused cells before contacts, so that no two transactions wait for each other.
 */
export async function holdRows(
  sql: RunSql,
  original: OfImport,
  rows: readonly number[],
): Promise<Map<number, RowState>> {
  const issues = await lockIssues(sql, original, rows)
  const blanked = [...issues].filter(([, [first]]) => first!.outcome === 'blanked')
  const contacts = await lockContacts(
    sql,
    original,
    blanked.map(([row]) => row),
  )
  const states = new Map<number, RowState>()
  for (const [row, cells] of issues) {
    const isRejected = cells[0]!.outcome === 'rejected'
    const contact = contacts.get(row)
    states.set(
      row,
      isRejected
        ? { kind: 'rejected', issues: cells }
        : { kind: 'blanked', issues: cells, contact },
    )
  }
  const closed = rows.filter(row => !states.has(row))
  for (const { row, code } of await judgeClosed(sql, original, closed)) {
    states.set(row, { kind: 'closed', code })
  }
  return states
}

/** The refused cells and the contacts of rows, by row, locked in the same order: contacts so that they can be deleted. */
export async function holdAllOfRows(
  sql: RunSql,
  original: OfImport,
  rows: readonly number[],
): Promise<{ issues: Map<number, RefusedCell[]>; contacts: Map<number, HeldContact> }> {
  const issues = await lockIssues(sql, original, rows)
  return { issues, contacts: await lockContacts(sql, original, rows, 'for update') }
}

/** A row is rejected by all of its refused cells, or came in without all of them. */
async function lockIssues(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  rows: readonly number[],
): Promise<Map<number, RefusedCell[]>> {
  const found = await sql<RefusedCell & { row: number }>(
    `select found.* from unnest($3::int[]) wanted (row) cross join lateral (
      select row_number as row, column_number as "column", field, code, outcome, value
      from row_issues where tenant_id = $1 and import_id = $2 and row_number = wanted.row
      order by row_number, column_number offset 0 for update) found`,
    [tenantId, importId, rows.toSorted((a, b) => a - b)],
  )
  const byRow = new Map<number, RefusedCell[]>()
  for (const { row, ...cell } of found) {
    const cells = byRow.get(row)
    if (cells) cells.push(cell)
    else byRow.set(row, [cell])
  }
  return byRow
}

/** One look-up for each row: where the planner knows nothing of a tenant, it would read the whole group. */
async function lockContacts(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  rows: readonly number[],
  lock: 'for no key update' | 'for update' = 'for no key update',
): Promise<Map<number, HeldContact>> {
  if (rows.length === 0) return new Map()
  const found = await sql<HeldContact & { row: number }>(
    `select found.* from unnest($3::int[]) wanted (row) cross join lateral (
      select row_number as row, id::text as id, to_jsonb(c) as values from contacts c
      where tenant_id = $1 and import_id = $2 and row_number = wanted.row offset 0 ${lock}) found`,
    [tenantId, importId, rows.toSorted((a, b) => a - b)],
  )
  return new Map(found.map(({ row, ...contact }) => [row, contact]))
}

/** Why rows without a refused cell are closed. It looks once the locks are there: what waited for them is known. */
async function judgeClosed(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  rows: readonly number[],
): Promise<{ row: number; code: RepairRefusal }[]> {
  if (rows.length === 0) return []
  return sql(
    `select row, case
      when i.id is null or row < i.first_row or row >= i.first_row + i.rows_total then 'row-unknown'
      when row >= i.next_row then 'row-not-reached'
      when exists (select from row_repairs r
        where r.tenant_id = $1 and r.import_id = $2 and r.row_number = row) then 'row-repaired-before'
      when exists (select from contacts c
        where c.tenant_id = $1 and c.import_id = $2 and c.row_number = row) then 'row-whole'
      else 'row-skipped' end as code
    from unnest($3::int[]) row left join imports i on i.tenant_id = $1 and i.id = $2`,
    [tenantId, importId, rows],
  )
}
