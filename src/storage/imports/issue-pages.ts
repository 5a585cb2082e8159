/** Refused cells of an import in sheet order, for whoever reads all of them: which rows have some, and a page at a time. */
import { issuePageCells, issueWindowRows } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'
import type { RefusedCell } from './refused-cell.ts'

/** Rows of one window that have refused cells, in ascending order. */
export interface FaultyRows {
  /** rows that they kept out */
  readonly rejected: readonly number[]
  /** rows that came in without them */
  readonly blanked: readonly number[]
}

/**
 * Those of the `issueWindowRows` rows from `fromRow` on. The transaction must walk indexes (`postgres/walk-settings`). Rows
 * come as texts: a row of an answer costs more than the row of a table.
 */
export async function readFaultyRows(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  fromRow: number,
): Promise<FaultyRows> {
  const [found] = await sql<{ rejected: string | null; blanked: string | null }>(
    `select string_agg(row_number::text, ' ') filter (where is_rejected) as rejected,
      string_agg(row_number::text, ' ') filter (where not is_rejected) as blanked
    from (
      select row_number, bool_or(outcome = 'rejected') as is_rejected from row_issues
      where tenant_id = $1 and import_id = $2 and row_number >= $3 and row_number < $4
      group by row_number order by row_number) faulty`,
    [tenantId, importId, fromRow, fromRow + issueWindowRows],
  )
  return { rejected: numbersOf(found!.rejected), blanked: numbersOf(found!.blanked) }
}

function numbersOf(text: string | null): number[] {
  return text === null ? [] : text.split(' ').map(Number)
}

/** A place in sheet order. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** The next `issuePageCells` refused cells behind a place; fewer of the last page. The transaction must walk indexes. */
export function readIssuePage(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  after: CellPlace,
): Promise<RefusedCell[]> {
  return sql<RefusedCell>(
    `select row_number as row, column_number as "column", field, code, outcome, value from row_issues
    where tenant_id = $1 and import_id = $2 and row_number >= $3
      and (row_number > $3 or column_number > $4)
    order by row_number, column_number limit ${issuePageCells}`,
    [tenantId, importId, after.row, after.column],
  )
}
