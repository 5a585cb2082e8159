/** The figures by which an import is checked: its ledger, the count of its file, and rows that are where none may be. */
import { namedRowsMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'
import type { ImportAtWindow } from './row-window.ts'

export interface ImportFigures extends ImportAtWindow {
  readonly created: number
  readonly updated: number
  readonly skipped: number
  readonly rejected: number
  /** cells that rows came in without */
  readonly blanked: number
  /** number of the last row of its sheet that holds a value, as the inspection found it; null before it is mapped */
  readonly sheetRows: number | null
  /**
   * Rows of contacts and of refused cells that lie before the first row or have not been reached, in ascending order:
   * the first `namedRowsMax`, and one more where there are more.
   */
  readonly strayRows: readonly number[]
}

/** All of one moment; undefined when the tenant has no such import. */
export async function readFigures(
  sql: RunSql,
  { tenantId, importId }: OfImport,
): Promise<ImportFigures | undefined> {
  const [found] = await sql<ImportFigures>(figuresSql, [tenantId, importId])
  return found
}

const strays = (table: string, where: string) => `(select row_number from ${table}
  where tenant_id = $1 and import_id = $2 and row_number ${where}
  order by row_number limit ${namedRowsMax + 1})`

const figuresSql = `select status, first_row as "firstRow", next_row as "nextRow", rows_total as "rowsTotal",
  rows_created as created, rows_updated as updated, rows_skipped as skipped, rows_rejected as rejected,
  findings_blanked as blanked,
  (select (sheet ->> 'rows')::int from jsonb_array_elements(sheets) sheet
    where sheet ->> 'name' = mapping ->> 'sheet' limit 1) as "sheetRows",
  array(select row_number from (
    ${['contacts', 'row_issues'].flatMap(table => [strays(table, '< i.first_row'), strays(table, '>= i.next_row')]).join(' union ')}
  ) stray order by row_number limit ${namedRowsMax + 1}) as "strayRows"
  from imports i where tenant_id = $1 and id = $2`
