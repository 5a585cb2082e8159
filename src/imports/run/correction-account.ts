/** Accounts for the rows of a correction by what their repairs came to: each is created, updated, skipped or rejected. */
import type { RepairRefusal } from '../../contracts/corrections.ts'
import type { Finding } from '../../contracts/findings.ts'
import { mergeFindings } from '../../mapping/findings-tally.ts'
import type { MappedRow, RowIssue } from '../../mapping/to-contact.ts'
import type { CorrectionAccount, CorrectionRow } from '../../storage/imports/correction-writer.ts'
import type { IssueAt, RepairOutcome, RowRepair } from '../../storage/imports/repair-rows.ts'
import { SkippedRows } from './skipped-rows.ts'

/** A row of a correction as it was read and mapped. */
export interface ReadCorrection {
  readonly row: number
  /** the row of the original that it names; null: its first cell holds no number of a row */
  readonly original: number | null
  readonly mapped: MappedRow
  readonly findings: readonly Finding[]
}

/** How many columns further left than in the correction the columns of the original are. */
export interface ColumnShift {
  readonly columnsBefore: number
}

/** What repairs a row; undefined for a row that names none, or holds nothing. */
export function repairOf(
  { original, mapped }: ReadCorrection,
  { columnsBefore }: ColumnShift,
): RowRepair | undefined {
  if (original === null || mapped.kind === 'skipped') return undefined
  return {
    row: original,
    values: mapped.kind === 'contact' ? mapped.values : null,
    issues: mapped.issues.map(issue => ({ ...issue, column: issue.column - columnsBefore })),
  }
}

type Fate =
  | { readonly outcome: 'created' }
  | { readonly outcome: 'updated'; readonly columns: Set<number>; readonly wrong: Set<number> }
  | { readonly outcome: 'rejected'; readonly wrong: Set<number> }
  | { readonly outcome: 'skipped'; readonly code: RepairRefusal }

/** `outcomes` are those of the rows that `repairOf` gives a repair for, in their order; `range` the rows of the batch. */
export function accountFor(
  read: readonly ReadCorrection[],
  outcomes: readonly RepairOutcome[],
  { fromRow, nextRow, columnsBefore }: ColumnShift & { fromRow: number; nextRow: number },
): CorrectionAccount {
  const account = new Account(fromRow)
  let at = 0
  for (const row of read) {
    const hasRepair = repairOf(row, { columnsBefore }) !== undefined
    account.add(row, hasRepair ? fateOf(outcomes[at++]!, columnsBefore) : fateWithout(row))
  }
  return account.finish(nextRow)
}

function fateWithout({ original }: ReadCorrection): Fate {
  return { outcome: 'skipped', code: original === null ? 'row-unknown' : 'row-unchanged' }
}

/** The columns of the original as columns of the correction. */
function fateOf(outcome: RepairOutcome, columnsBefore: number): Fate {
  const own = (columns: readonly number[]) => new Set(columns.map(column => column + columnsBefore))
  if (outcome.outcome === 'created') return { outcome: 'created' }
  if (outcome.outcome === 'skipped') return { outcome: 'skipped', code: outcome.code }
  if (outcome.outcome === 'rejected') return { outcome: 'rejected', wrong: own(outcome.wrong) }
  return { outcome: 'updated', columns: own(outcome.columns), wrong: own(outcome.wrong) }
}

class Account {
  readonly #counts = { created: 0, updated: 0, skipped: 0, rejected: 0 }
  readonly #skippedRows = new SkippedRows()
  readonly #rows: CorrectionRow[] = []
  readonly #issues: IssueAt[] = []
  #findings: Finding[] = []
  #next: number

  constructor(fromRow: number) {
    this.#next = fromRow
  }

  add(read: ReadCorrection, fate: Fate): void {
    const { row, original } = read
    this.#skip(row)
    this.#next = row + 1
    this.#counts[fate.outcome] += 1
    if (fate.outcome === 'skipped') this.#skippedRows.add(row, row + 1)
    if (fate.outcome !== 'rejected') {
      const code = fate.outcome === 'skipped' ? fate.code : null
      this.#rows.push({ row, original, outcome: fate.outcome, code })
    }
    this.#issues.push(...issuesOf(read, fate).map(issue => ({ row, ...issue })))
    this.#findings = mergeFindings(this.#findings, findingsOf(read, fate))
  }

  /** Empty rows up to a row. */
  #skip(row: number): void {
    this.#skippedRows.add(this.#next, row)
    this.#counts.skipped += row - this.#next
  }

  finish(nextRow: number): CorrectionAccount {
    this.#skip(nextRow)
    const counts = { repaired: 0, noted: 0, blanked: 0, rejected: 0 }
    for (const { outcome, count } of this.#findings) counts[outcome] += count
    const { rejected: _, ...findingCounts } = counts
    return {
      ...this.#counts,
      skippedRows: this.#skippedRows.take(),
      rows: this.#rows,
      issues: this.#issues,
      findings: this.#findings,
      findingCounts,
    }
  }
}

/** The cells that are still refused: of a contact that was filled in part, and of a row that repaired nothing. */
function issuesOf({ mapped }: ReadCorrection, fate: Fate): readonly RowIssue[] {
  if (mapped.kind === 'skipped' || fate.outcome === 'skipped') return []
  if (fate.outcome === 'created') return mapped.issues
  const wrong = mapped.issues.filter(({ column }) => fate.wrong.has(column))
  const outcome = fate.outcome === 'rejected' ? 'rejected' : 'blanked'
  return wrong.map(issue => ({ ...issue, outcome }))
}

/** Findings of cells that were taken, and of those that are still refused; none of cells that nobody looked at. */
function findingsOf({ findings, mapped }: ReadCorrection, fate: Fate): readonly Finding[] {
  if (fate.outcome === 'skipped') return []
  if (fate.outcome === 'created' || mapped.kind === 'rejected') return findings
  return findings.flatMap(finding => {
    const { column, outcome } = finding
    if (column === null) return []
    const isRefused = outcome === 'blanked' || outcome === 'rejected'
    if (!isRefused) return fate.outcome === 'updated' && fate.columns.has(column) ? [finding] : []
    if (!fate.wrong.has(column)) return []
    return [{ ...finding, outcome: fate.outcome === 'rejected' ? 'rejected' : 'blanked' } as const]
  })
}
