/**
 * Repairs rows of an import that stands still, in the transaction of its caller: a rejected row becomes a contact of the
 * group under its own number, a row that came in without a refused cell gets its missing values, and nothing else is
 * touched. Ledger, refused cells, findings, assignments and the event `corrected` go with it. Each row is answered for.
 */
import type { RepairRefusal } from '../../contracts/corrections.ts'
import type { Finding } from '../../contracts/findings.ts'
import { findingCellsMax } from '../../limits.ts'
import { wakeAssignments } from '../contacts/assignments.ts'
import { placeValues, withValuePlaces } from '../contacts/custom-values.ts'
import { recordEvent } from '../outbox/outbox.ts'
import type { RunSql } from '../postgres/sql.ts'
import { addFindings, type OfImport, takeFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { type ColumnFill, type Judgement, judgeRepair, type RowRepair } from './judge-repair.ts'
import { filledCell } from './repair-record.ts'
import { holdRows, type RefusedCell } from './repair-state.ts'
import { type StagedColumn, stagedValues } from './staged-columns.ts'
import { standsStill } from './standing-import.ts'

export type { ColumnFill, RowRepair } from './judge-repair.ts'
export type { RefusedCell } from './repair-state.ts'

/** The original is gone, is being deleted, or does not stand still: the transaction must be rolled back. */
export class OriginalMovingError extends Error {
  constructor(importId: string) {
    super(`import ${importId} does not stand still`)
    this.name = 'OriginalMovingError'
  }
}

export interface RepairRequest extends OfImport {
  /** The correction that repairs; null: a call for these rows alone. */
  readonly correctionId: string | null
  /** The subject of the caller who asked for it; null: the service itself. */
  readonly actor: string | null
  /** What values stand for, in their order. */
  readonly columns: readonly StagedColumn[]
  readonly fills: readonly ColumnFill[]
  readonly rows: readonly RowRepair[]
  /** The address of a cell by row and column, for the findings of the original. */
  readonly cellAddress: (row: number, column: number) => string
  /**
   * Called with all outcomes once the original's row is locked, before any event is written: the place for a fence and a
   * ledger of the caller's own, whose locks must come behind that of the original.
   */
  readonly fence?: (outcomes: readonly RepairOutcome[]) => Promise<void>
}

/**
 * What became of a row. Columns are those of the original: `columns` those that were filled, `wrong` those whose cells are
 * still refused.
 */
export type RepairOutcome =
  | { readonly row: number; readonly outcome: 'created'; readonly contactId: string }
  | {
      readonly row: number
      readonly outcome: 'updated'
      readonly contactId: string
      readonly columns: readonly number[]
      readonly wrong: readonly number[]
    }
  | { readonly row: number; readonly outcome: 'rejected'; readonly wrong: readonly number[] }
  | { readonly row: number; readonly outcome: 'skipped'; readonly code: RepairRefusal }

type Judged = { readonly repair: RowRepair } & Judgement
type Created = Extract<Judged, { kind: 'create' }>
type Filled = Extract<Judged, { kind: 'fill' }>

/**
 * Repairs the rows, and gives their outcomes in the order of the request. The first row of a number counts, a later one is
 * `row-repaired-before`. Locks the rows first and the original's own row last, so that it is held only for the commit.
 * Throws `OriginalMovingError`.
 */
export async function repairRows(sql: RunSql, request: RepairRequest): Promise<RepairOutcome[]> {
  const judged = await judgeRows(sql, request)
  const created = judged.filter(row => row.kind === 'create')
  const filled = judged.filter(row => row.kind === 'fill')
  const ids = await createContacts(sql, request, created)
  await fillContacts(sql, request, filled)
  await exchangeIssues(sql, request, created, filled)
  const outcomes = judged.map(row => outcomeOf(row, ids))
  if (created.length + filled.length === 0) {
    await request.fence?.(outcomes)
    return outcomes
  }
  const original = await moveLedger(sql, request, created, filled, ids)
  await request.fence?.(outcomes)
  await keepRepairs(sql, request, { created, filled, repair: original.repairs })
  await moveFindings(sql, request, created, filled)
  await wakeAssignments(sql, request)
  await recordEvent(sql, original, 'corrected', request.actor)
  return outcomes
}

async function judgeRows(sql: RunSql, request: RepairRequest): Promise<Judged[]> {
  const { rows, columns } = request
  const fills = new Map(request.fills.map(({ column, places }) => [column, places]))
  const numbers = [...new Set(rows.map(({ row }) => row))]
  const states = await holdRows(sql, request, numbers)
  return rows.map(repair => {
    const judgement = judgeRepair(states.get(repair.row)!, repair, { columns, fills })
    if (judgement.kind === 'create' || judgement.kind === 'fill') {
      states.set(repair.row, { kind: 'closed', code: 'row-repaired-before' })
    }
    return { repair, ...judgement }
  })
}

function outcomeOf(judged: Judged, ids: ReadonlyMap<number, string>): RepairOutcome {
  const { row } = judged.repair
  if (judged.kind === 'create') return { row, outcome: 'created', contactId: ids.get(row)! }
  if (judged.kind === 'wrong') return { row, outcome: 'rejected', wrong: judged.columns }
  if (judged.kind === 'skip') return { row, outcome: 'skipped', code: judged.code }
  const columns = judged.mended.map(({ cell }) => cell.column)
  return { row, outcome: 'updated', contactId: judged.contact.id, columns, wrong: judged.wrong }
}

/** The rows of $3, an array of `{row, values}`, as a source of staged values. */
function staged(columns: readonly StagedColumn[]): string {
  const values = columns.map((_, at) => `, e -> 'values' ->> ${at} as c${at}`).join('')
  return `(select (e ->> 'row')::int as row_number${values} from jsonb_array_elements($3::jsonb) e)`
}

/** Gives the ids of the new contacts by row. */
async function createContacts(
  sql: RunSql,
  { tenantId, importId, columns }: RepairRequest,
  created: readonly Created[],
): Promise<Map<number, string>> {
  if (created.length === 0) return new Map()
  const { names, values } = stagedValues(columns)
  const insert = `insert into contacts (tenant_id, import_id, ${['row_number', ...names].join(', ')})
    select $1, $2, ${['row_number', ...values].join(', ')} from ${staged(columns)} staged order by row_number`
  const made = await sql<{ row: number; id: string }>(
    withValuePlaces(insert, 'row_number as row, id::text as id'),
    [tenantId, importId, JSON.stringify(created.map(({ repair }) => repair))],
  )
  return new Map(made.map(({ row, id }) => [row, id]))
}

/** The text of a value of the contact `c` in $3, an object of the lists of values by row. */
function textOfRow(at: number): string {
  return `($3::jsonb -> c.row_number::text ->> ${at})`
}

/**
 * Fills values that are empty; whatever a contact holds stays. It looks each contact up and joins nothing: where the planner
 * knows nothing of a tenant, it would compare the whole group with all values. The numbers are
 * computed first: behind row-level security only then the index is used for them.
 */
async function fillContacts(
  sql: RunSql,
  { tenantId, importId, columns }: RepairRequest,
  filled: readonly Filled[],
): Promise<void> {
  if (filled.length === 0) return
  const { names, values, holdsCustom } = stagedValues(columns, textOfRow)
  const set = names.map((name, at) =>
    name === 'custom'
      ? `custom = ${values[at]} || c.custom`
      : `${name} = coalesce(c.${name}, ${values[at]})`,
  )
  const update = `update contacts c set ${set.join(', ')} where c.ctid = any(array(
    select place.ctid from (
      select key::int as row from jsonb_object_keys($3::jsonb) key offset 0) wanted
    cross join lateral (
      select ctid from contacts
      where tenant_id = $1 and import_id = $2 and row_number = wanted.row offset 0) place))`
  const withPlaces = `with filled as (${update} returning c.id, ${values.at(-1)} as added)
    ${placeValues('filled', 'added')}`
  const rows = filled.map(({ repair, mended }) => {
    const fills = new Map(mended.flatMap(({ values }) => [...values]))
    return [repair.row, columns.map((_, at) => fills.get(at) ?? null)] as const
  })
  const byRow = JSON.stringify(Object.fromEntries(rows))
  await sql(holdsCustom ? withPlaces : update, [tenantId, importId, byRow])
}

export interface IssueAt extends RefusedCell {
  readonly row: number
}

/** The refused cells that are mended, and those that a new contact comes in without. */
function changesOfIssues(created: readonly Created[], filled: readonly Filled[]) {
  const gone: IssueAt[] = [
    ...created.flatMap(({ repair: { row }, taken }) => taken.map(cell => ({ row, ...cell }))),
    ...filled.flatMap(({ repair: { row }, mended }) =>
      mended.map(({ cell }) => ({ row, ...cell })),
    ),
  ]
  const come: IssueAt[] = created.flatMap(({ repair: { row, issues } }) =>
    issues.map(cell => ({ row, ...cell })),
  )
  return { gone, come }
}

async function exchangeIssues(
  sql: RunSql,
  original: OfImport,
  created: readonly Created[],
  filled: readonly Filled[],
): Promise<void> {
  const { gone, come } = changesOfIssues(created, filled)
  await removeIssues(sql, original, gone)
  await insertIssues(sql, original, come)
}

export async function removeIssues(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  issues: readonly Pick<IssueAt, 'row' | 'column'>[],
): Promise<void> {
  if (issues.length === 0) return
  await sql(
    `delete from row_issues where ctid = any(array(
      select place.ctid from jsonb_to_recordset($3::jsonb) as gone (row int, "column" int)
      cross join lateral (
        select ctid from row_issues where tenant_id = $1 and import_id = $2
          and row_number = gone.row and column_number = gone."column" offset 0) place))`,
    [tenantId, importId, JSON.stringify(issues)],
  )
}

export async function insertIssues(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  issues: readonly IssueAt[],
): Promise<void> {
  if (issues.length === 0) return
  await sql(
    `insert into row_issues (tenant_id, import_id, row_number, column_number, field, code, outcome, value)
    select $1, $2, new.* from jsonb_to_recordset($3::jsonb) as new
      (row int, "column" int, field text, code text, outcome text, value text)`,
    [tenantId, importId, JSON.stringify(issues)],
  )
}

interface Original extends ImportRow {
  /** number of this repair */
  readonly repairs: number
}

/** Locks the original. Its new contacts have the newest ids: searches look for them up to the last one. */
async function moveLedger(
  sql: RunSql,
  { tenantId, importId }: RepairRequest,
  created: readonly Created[],
  filled: readonly Filled[],
  ids: ReadonlyMap<number, string>,
): Promise<Original> {
  const { gone, come } = changesOfIssues(created, filled)
  const blanked = come.length - gone.filter(({ outcome }) => outcome === 'blanked').length
  const newest = [...ids.values()].reduce((last, id) => (BigInt(id) > last ? BigInt(id) : last), 0n)
  const [row] = await sql<Original>(
    `update imports set repairs = repairs + 1, rows_created = rows_created + $3,
      rows_rejected = rows_rejected - $3, findings_blanked = findings_blanked + $4,
      last_contact_id = case when last_contact_id < $5::bigint then $5::bigint else last_contact_id end
    where tenant_id = $1 and id = $2 and ${standsStill}
    returning ${importColumns}, repairs`,
    [tenantId, importId, created.length, blanked, String(newest)],
  )
  if (!row) throw new OriginalMovingError(importId)
  return row
}

interface Repairs {
  readonly created: readonly Created[]
  readonly filled: readonly Filled[]
  readonly repair: number
}

/** Keeps what was taken away and put in, under the number that the locked row of the original gave. */
async function keepRepairs(
  sql: RunSql,
  { tenantId, importId, correctionId, actor, columns }: RepairRequest,
  { created, filled, repair }: Repairs,
): Promise<void> {
  const kept = [
    ...created.map(({ repair: { row }, taken }) => ({ row, outcome: 'created', taken })),
    ...filled.map(({ repair: { row }, mended }) => ({
      row,
      outcome: 'updated',
      taken: mended.map(({ cell, values }) => ({
        ...cell,
        values: [...values].map(([place, value]) => filledCell(columns[place]!, value)),
      })),
    })),
  ]
  await sql(
    `insert into row_repairs (tenant_id, import_id, repair, row_number, correction_id, outcome, taken,
      repaired_by)
    select $1, $2, $4, kept.row, $5, kept.outcome, kept.taken, $6
    from jsonb_to_recordset($3::jsonb) as kept (row int, outcome text, taken jsonb)`,
    [tenantId, importId, JSON.stringify(kept), repair, correctionId, actor],
  )
}

async function moveFindings(
  sql: RunSql,
  request: RepairRequest,
  created: readonly Created[],
  filled: readonly Filled[],
): Promise<void> {
  const { gone, come } = changesOfIssues(created, filled)
  await takeFindings(sql, request, gone)
  const findings = findingsOf(come, request.cellAddress)
  await addFindings(sql, request, { run: 'import', findings })
}

/** Findings of one cell each, merged where they are of one kind: an insertion may not meet the same row twice. */
export function findingsOf(
  issues: readonly IssueAt[],
  cellAddress: RepairRequest['cellAddress'],
): Finding[] {
  const groups = Map.groupBy(issues, ({ column, field, code, outcome }) =>
    JSON.stringify([column, field, code, outcome]),
  )
  return [...groups.values()].map(cells => {
    const { column, field, code, outcome } = cells[0]!
    return {
      column,
      field,
      code,
      outcome,
      count: cells.length,
      cells: cells.slice(0, findingCellsMax).map(({ row, value }) => {
        return { row, cell: cellAddress(row, column), value, result: null }
      }),
    }
  })
}
