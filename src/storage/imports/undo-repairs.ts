/**
 * Takes the repairs of a correction back, a bounded number of rows at a time: rows that became contacts are rejected again
 * as they were, and values that it put in are taken out where they are still what it put in. The ledger of the original
 * moves with each step.
 */
import { countLostPlaces } from '../contacts/assignments.ts'
import { removePlacesOf } from '../contacts/campaign-places.ts'
import { removeValuePlaces } from '../contacts/custom-values.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import type { RunSql } from '../postgres/sql.ts'
import { isKept } from './deleting-imports.ts'
import { addFindings, takeFindings } from './findings.ts'
import { type ImportRow, importColumns } from './import-row.ts'
import { customName, type FilledCell, type RepairRecord } from './repair-record.ts'
import { findingsOf, type IssueAt, insertIssues, removeIssues } from './repair-rows.ts'
import { type HeldContact, holdAllOfRows } from './repair-state.ts'

export interface Undoing {
  readonly tenantId: string
  readonly correctionId: string
  /** the import whose rows the correction repaired */
  readonly originalId: string
  readonly rowsMax: number
  readonly cellAddress: (row: number, column: number) => string
}

/**
 * Takes up to `rowsMax` repairs back in the transaction of a step, and says whether more may be left. Of an original that
 * is gone, or is being deleted, nothing is left to give back. The rows are locked in the order of `repair-rows`, the
 * original last.
 */
export async function undoStep(sql: RunSql, undoing: Undoing): Promise<'more' | 'done'> {
  const records = await readRecords(sql, undoing)
  if (records.length === 0) return 'done'
  await sql('savepoint before_undo')
  if (await undo(sql, undoing, records)) return 'more'
  await sql('rollback to savepoint before_undo')
  return 'done'
}

async function readRecords(
  sql: RunSql,
  { tenantId, correctionId, originalId, rowsMax }: Undoing,
): Promise<RepairRecord[]> {
  return sql<RepairRecord>(
    `select row_number as row, repair, outcome, taken from row_repairs
    where tenant_id = $1 and correction_id = $2 and import_id = $3
    order by row_number, repair limit $4`,
    [tenantId, correctionId, originalId, rowsMax],
  )
}

/** What a step does to the rows of the original. */
interface Changes {
  /** contacts that go, with what their rows are again */
  readonly goneIds: string[]
  readonly goneRows: number[]
  /** values that are taken out, by contact */
  readonly cleared: { readonly id: string; readonly cells: readonly FilledCell[] }[]
  /** refused cells that are no more, and those that are there again */
  readonly lost: IssueAt[]
  readonly back: IssueAt[]
}

/** False where the original is gone or being deleted. */
async function undo(
  sql: RunSql,
  undoing: Undoing,
  records: readonly RepairRecord[],
): Promise<boolean> {
  const { tenantId, originalId: importId } = undoing
  const original = { tenantId, importId }
  const changes = await planChanges(sql, undoing, records)
  const places = await removePlacesOf(sql, original, changes.goneIds)
  await sql('delete from contacts where tenant_id = $1 and id = any($2::bigint[])', [
    tenantId,
    changes.goneIds,
  ])
  await clearValues(sql, tenantId, changes.cleared)
  await removeIssues(sql, original, changes.lost)
  await insertIssues(sql, original, changes.back)
  await removeRecords(sql, undoing, records, changes.goneRows)
  const row = await moveLedgerBack(sql, undoing, changes)
  if (!row) return false
  await takeFindings(sql, original, changes.lost)
  const findings = findingsOf(changes.back, undoing.cellAddress)
  await addFindings(sql, original, { run: 'import', findings })
  await countLostPlaces(sql, tenantId, places)
  await recordEvent(sql, row, 'corrected', byService)
  return true
}

async function planChanges(
  sql: RunSql,
  { tenantId, originalId: importId }: Undoing,
  records: readonly RepairRecord[],
): Promise<Changes> {
  const rows = [...new Set(records.map(({ row }) => row))]
  const { issues, contacts } = await holdAllOfRows(sql, { tenantId, importId }, rows)
  const changes: Changes = { goneIds: [], goneRows: [], cleared: [], lost: [], back: [] }
  const created = new Set(records.filter(isCreation).map(({ row }) => row))
  for (const record of records) {
    const { row } = record
    const held = contacts.get(row)
    const listed = (issues.get(row) ?? []).map(issue => ({ row, ...issue }))
    if (isCreation(record)) {
      changes.goneRows.push(row)
      if (held) changes.goneIds.push(held.id)
      changes.lost.push(...listed)
      changes.back.push(...record.taken.map(({ values: _, ...issue }) => ({ row, ...issue })))
    } else if (held && !created.has(row)) {
      const unchanged = record.taken.filter(({ column, values = [] }) => {
        const isListed = listed.some(issue => issue.column === column)
        return !isListed && values[0] !== undefined && isStill(held, values[0])
      })
      const cells = unchanged.flatMap(({ values = [] }) =>
        values.filter(cell => isStill(held, cell)),
      )
      changes.cleared.push({ id: held.id, cells })
      changes.back.push(...unchanged.map(({ values: _, ...issue }) => ({ row, ...issue })))
    }
  }
  return changes
}

function isCreation({ outcome }: RepairRecord): boolean {
  return outcome === 'created'
}

/** Whether the contact holds what the correction put in. */
function isStill({ values }: HeldContact, { name, value }: FilledCell): boolean {
  const held = name.startsWith(customName)
    ? values.custom[name.slice(customName.length)]
    : values[name]
  if (held == null) return false
  return typeof held === 'number' ? held === Number(value) : String(held) === value
}

const columnName = /^[a-z][a-z0-9_]*$/

async function clearValues(
  sql: RunSql,
  tenantId: string,
  cleared: Changes['cleared'],
): Promise<void> {
  const rows = cleared.map(({ id, cells }) => {
    const own = cells.filter(({ name }) => name.startsWith(customName))
    return {
      id,
      columns: cells
        .filter(cell => !own.includes(cell))
        .flatMap(({ name, key }) => (key === undefined ? [name] : [name, key])),
      fields: own.map(({ name }) => name.slice(customName.length)),
    }
  })
  const names = [...new Set(rows.flatMap(({ columns }) => columns))]
  const unknown = names.find(name => !columnName.test(name))
  if (unknown !== undefined) throw new Error(`"${unknown}" is no column of contacts`)
  const set = names.map(
    name => `${name} = case when s.columns ? '${name}' then null else c.${name} end`,
  )
  const fields = rows.filter(row => row.fields.length > 0)
  if (fields.length > 0) {
    await removeValuePlaces(sql, tenantId, fields)
    set.push(`custom = c.custom - array(select jsonb_array_elements_text(s.fields))`)
  }
  if (set.length === 0) return
  await sql(
    `update contacts c set ${set.join(', ')}
    from jsonb_to_recordset($2::jsonb) as s (id bigint, columns jsonb, fields jsonb)
    where c.tenant_id = $1 and c.id = s.id`,
    [tenantId, JSON.stringify(rows)],
  )
}

/** Also what others put into a contact that goes: it has nothing left to be taken out of. */
async function removeRecords(
  sql: RunSql,
  { tenantId, originalId }: Undoing,
  records: readonly RepairRecord[],
  goneRows: readonly number[],
): Promise<void> {
  await sql(
    `delete from row_repairs r using jsonb_to_recordset($3::jsonb) as gone (row int, repair int)
    where r.tenant_id = $1 and r.import_id = $2 and r.repair = gone.repair and r.row_number = gone.row`,
    [tenantId, originalId, JSON.stringify(records.map(({ row, repair }) => ({ row, repair })))],
  )
  await sql(
    'delete from row_repairs where tenant_id = $1 and import_id = $2 and row_number = any($3::int[])',
    [tenantId, originalId, goneRows],
  )
}

async function moveLedgerBack(
  sql: RunSql,
  { tenantId, originalId }: Undoing,
  { goneRows, lost, back }: Changes,
): Promise<ImportRow | undefined> {
  const blanked = (issues: readonly IssueAt[]) =>
    issues.filter(({ outcome }) => outcome === 'blanked').length
  const [row] = await sql<ImportRow>(
    `update imports set rows_created = rows_created - $3, rows_rejected = rows_rejected + $3,
      findings_blanked = findings_blanked + $4
    where tenant_id = $1 and id = $2 and ${isKept('imports')} returning ${importColumns}`,
    [tenantId, originalId, goneRows.length, blanked(back) - blanked(lost)],
  )
  return row
}
