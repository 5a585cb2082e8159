/**
 * Reads what became of the rows of an import, a window of rows at a time: contacts, refused cells and skipped rows as one
 * statement sees them, and with them how far the import was at that moment.
 */
import type { ImportStatus } from '../../contracts/import.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { OfImport } from './findings.ts'

/** Rows from `fromRow` up to, but without, `toRow`. */
export interface WindowBounds {
  readonly fromRow: number
  readonly toRow: number
}

/** An import at the moment of its window. */
export interface ImportAtWindow {
  readonly status: ImportStatus
  readonly firstRow: number
  /** the row that its run goes on with */
  readonly nextRow: number
  readonly rowsTotal: number
}

/** What the tables hold of one row. */
export interface RowRecord {
  /** ids of its contacts; more than one is a fault */
  readonly contactIds: string[]
  /** codes of its refused cells in the order of columns, each once */
  codes: readonly string[]
  /** how many cells it came in without */
  blanked: number
  /** a refused cell kept it out */
  isRejected: boolean
  isSkipped: boolean
  /** Its batch kept which of its rows were skipped; batches of earlier releases did not. */
  isKept: boolean
  /** Of a row of a correction: what it did, and why it did nothing; a row that is rejected has none. */
  correction: CorrectedRow | undefined
}

export interface CorrectedRow {
  readonly outcome: 'created' | 'updated' | 'skipped'
  readonly code: string | undefined
  /** the contact of the row of the original that it names */
  readonly contactId: string | undefined
}

export interface RowWindow extends WindowBounds {
  readonly import: ImportAtWindow
  /** in the order of rows, from `fromRow` on */
  readonly rows: readonly RowRecord[]
}

interface Found extends ImportAtWindow {
  /** `row:id …` */
  readonly contacts: string | null
  /** `row:outcome:code …` */
  readonly issues: string | null
  /** `first:behind:multirange …` */
  readonly batches: string | null
  /** `row:outcome:code:contact …` */
  readonly corrections: string | null
}

/**
 * The window; undefined when the tenant has no such import. The transaction must walk indexes
 * (`postgres/walk-settings`). Lists come as texts: a row of an answer costs more than the row of a table.
 */
export async function readRowWindow(
  sql: RunSql,
  { tenantId, importId }: OfImport,
  bounds: WindowBounds,
): Promise<RowWindow | undefined> {
  const [found] = await sql<Found>(windowSql, [tenantId, importId, bounds.fromRow, bounds.toRow])
  if (!found) return undefined
  const { contacts, issues, batches, corrections, ...at } = found
  const rows = Array.from({ length: bounds.toRow - bounds.fromRow }, emptyRow)
  const rowOf = (number: string) => rows[Number(number) - bounds.fromRow]!
  for (const [row, id] of entriesOf(contacts)) rowOf(row!).contactIds.push(id!)
  for (const [row, outcome, code] of entriesOf(issues)) {
    const record = rowOf(row!)
    if (outcome === 'rejected') record.isRejected = true
    else record.blanked += 1
    if (!record.codes.includes(code!)) record.codes = [...record.codes, code!]
  }
  for (const [first, behind, skipped] of entriesOf(batches)) {
    const end = Math.min(Number(behind), bounds.toRow)
    for (let row = Math.max(Number(first), bounds.fromRow); row < end; row += 1) {
      rows[row - bounds.fromRow]!.isKept = true
    }
    for (const [, from, to] of skipped!.matchAll(/\[(\d+),(\d+)\)/g)) {
      for (let row = Number(from); row < Number(to); row += 1) {
        rows[row - bounds.fromRow]!.isSkipped = true
      }
    }
  }
  for (const [row, outcome, code, contactId] of entriesOf(corrections)) {
    rowOf(row!).correction = {
      outcome: outcome as CorrectedRow['outcome'],
      code: code || undefined,
      contactId: contactId || undefined,
    }
  }
  return { ...bounds, import: at, rows }
}

/** Of most rows: shared, because a download makes hundreds of thousands of rows. */
const noCodes: readonly string[] = []

function emptyRow(): RowRecord {
  return {
    contactIds: [],
    codes: noCodes,
    blanked: 0,
    isRejected: false,
    isSkipped: false,
    isKept: false,
    correction: undefined,
  }
}

function* entriesOf(text: string | null): Generator<string[]> {
  if (text === null) return
  for (const entry of text.split(' ')) yield entry.split(':')
}

const inWindow = 'tenant_id = $1 and import_id = $2 and row_number >= $3 and row_number < $4'

/** The first batch that reaches into the window is the last one that begins before it. */
const windowSql = `select status, first_row as "firstRow", next_row as "nextRow", rows_total as "rowsTotal",
  (select string_agg(row_number || ':' || id, ' ') from (
    select row_number, id from contacts where ${inWindow} order by row_number) c) as contacts,
  (select string_agg(row_number || ':' || outcome || ':' || code, ' ') from (
    select row_number, outcome, code from row_issues where ${inWindow}
    order by row_number, column_number) r) as issues,
  (select string_agg(first_row || ':' || next_row || ':'
      || (skipped * int4multirange(int4range($3, $4))), ' ') from (
    select first_row, next_row, skipped from import_batches
    where tenant_id = $1 and import_id = $2 and next_row > $3 and first_row < $4
      and first_row >= coalesce((
        select b.first_row from import_batches b
        where b.tenant_id = $1 and b.import_id = $2 and b.first_row <= $3
        order by b.first_row desc limit 1), $3)
    order by first_row) b) as batches,
  (select string_agg(r.row_number || ':' || outcome || ':' || coalesce(code, '') || ':'
      || coalesce(contact::text, ''), ' ') from (
    select row_number, outcome, code, (
      select id from contacts c where c.tenant_id = $1 and c.import_id = i.corrects
        and c.row_number = r.original_row) as contact
    from correction_rows r where ${inWindow} order by row_number) r) as corrections
  from imports i where tenant_id = $1 and id = $2`
