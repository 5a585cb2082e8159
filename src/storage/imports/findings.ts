/**
 * The findings of an import and of its validation, one row for each run, column, field, code and outcome: the exact count of its cells and
 * the first of them. A batch writes its findings in its own transaction, so they are as exact as its rows.
 */
import {
  codeByValue,
  type Finding,
  type FindingCell,
  type FindingOutcome,
} from '../../contracts/findings.ts'
import type { Run } from '../../contracts/run-state.ts'
import { findingCellsMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'

export interface OfImport {
  readonly tenantId: string
  readonly importId: string
}

/** Stands in the primary key, which takes no null, for a finding about whole rows. */
const wholeRow = { column: 0, field: '' }

/**
 * Adds the findings of a batch. Callers add the batches of an import in the order of their rows, one after the other:
 * two at a time would wait for each other's row locks, and the cells kept would not be the first ones.
 */
export async function addFindings(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  { run, findings }: { readonly run: Run; readonly findings: readonly Finding[] },
): Promise<void> {
  if (findings.length === 0) return
  await sql(
    `insert into findings (tenant_id, import_id, run, column_number, field, code, outcome, count, cells)
    select $1, $2, $4, batch.* from jsonb_to_recordset($3) as batch
      ("column" int, field text, code text, outcome text, count bigint, cells jsonb)
    on conflict (tenant_id, import_id, run, column_number, field, code, outcome) do update set
      count = findings.count + excluded.count,
      cells = case when jsonb_array_length(findings.cells) >= ${findingCellsMax} then findings.cells
        else jsonb_path_query_array(findings.cells || ${newCells}, '$[0 to ${findingCellsMax - 1}]') end`,
    [tenantId, importId, JSON.stringify(findings.map(toRow)), run],
  )
}

/** The cells of a batch that are to be kept beside those that are there. */
const newCells = `case when excluded.code <> '${codeByValue}' then excluded.cells else (
  select coalesce(jsonb_agg(cell), '[]') from jsonb_array_elements(excluded.cells) cell
  where not findings.cells @> jsonb_build_array(jsonb_build_object('value', cell -> 'value'))) end`

function toRow(finding: Finding): Finding {
  return {
    ...finding,
    column: finding.column ?? wholeRow.column,
    field: finding.field ?? wholeRow.field,
  }
}

/** A refused cell whose finding is taken back. */
export interface TakenCell {
  readonly row: number
  readonly column: number
  readonly field: string
  readonly code: string
  readonly outcome: FindingOutcome
}

/** Takes back the findings of these cells. The caller holds the row of the import, as a batch does. */
export async function takeFindings(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  cells: readonly TakenCell[],
): Promise<void> {
  if (cells.length === 0) return
  await sql(
    `with taken as materialized (
      select "column" as column_number, field, code, outcome, count(*) as count, array_agg(row) as rows
      from jsonb_to_recordset($3::jsonb) as cell (row int, "column" int, field text, code text, outcome text)
      group by 1, 2, 3, 4
    ), gone as (
      delete from findings f using taken t where ${sameFinding} and f.count <= t.count)
    update findings f set count = f.count - t.count, cells = (
      select coalesce(jsonb_agg(cell order by place), '[]')
      from jsonb_array_elements(f.cells) with ordinality kept (cell, place)
      where (cell ->> 'row')::int <> all (t.rows))
    from taken t where ${sameFinding} and f.count > t.count`,
    [tenantId, importId, JSON.stringify(cells)],
  )
}

const sameFinding = `f.tenant_id = $1 and f.import_id = $2 and f.run = 'import'
  and f.column_number = t.column_number and f.field = t.field and f.code = t.code and f.outcome = t.outcome`

interface FindingRow {
  readonly column: number
  readonly field: string
  readonly code: string
  readonly outcome: FindingOutcome
  readonly count: number
  readonly cells: FindingCell[]
}

/** All findings of an import or of its validation, those of whole rows first, then by column. */
export async function readFindings(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  run: Run,
): Promise<Finding[]> {
  const rows = await sql<FindingRow>(
    `select column_number as "column", field, code, outcome, count::float8 as count, cells
    from findings where tenant_id = $1 and import_id = $2 and run = $3
    order by column_number, field, code, outcome`,
    [tenantId, importId, run],
  )
  return rows.map(({ column, field, ...row }) =>
    column === wholeRow.column ? { ...row, column: null, field: null } : { ...row, column, field },
  )
}
