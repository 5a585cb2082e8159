/**
 * Collects findings while rows are mapped: for each column, field, code and outcome the exact count and the
 * first cells. It holds at most `findingCellsMax` cells for each, however many rows pass, and one group for
 * each pair of a mapped column and a code.
 *
 * A batch has a tally of its own: its `findings()` are plain data, to be written in the batch's transaction,
 * and `counts()` are what the import's counters go up by. Groups of a later batch are added to those of the
 * earlier ones by `mergeFindings`: it adds the counts and keeps cells up to the cap. Batches follow one another in
 * sheet order, so that the cells kept are the first of the sheet.
 */
import {
  codeByValue,
  type Finding,
  type FindingCell,
  type FindingCode,
  type FindingOutcome,
} from '../contracts/findings.ts'
import type { RowIssueCode } from '../contracts/row-issues.ts'
import { findingCellsMax, issueValueCharactersMax } from '../limits.ts'
import { cellText, type SheetCell } from './cell.ts'
import { cellAddress } from './default-column-name.ts'
import { shownText } from './shown-text.ts'

/** Cells by outcome. The ledger counts rejected cells, by their rows. */
export interface FindingCounts {
  readonly repaired: number
  readonly noted: number
  readonly blanked: number
}

/** Where a finding is: a mapped column and its field, or a row as a whole. */
export interface FindingPlace {
  /** 1-based; null for a row as a whole. */
  readonly column: number | null
  /** key of the field; null for a row as a whole. */
  readonly field: string | null
}

export interface FoundCell {
  readonly outcome: FindingOutcome
  readonly code: FindingCode | RowIssueCode
  /** 1-based row of the sheet. */
  readonly row: number
  /** null: there is no cell, or the row as a whole is meant. */
  readonly cell: SheetCell | null
  readonly result: string | null
}

interface Group extends FindingPlace {
  readonly code: FindingCode | RowIssueCode
  readonly outcome: FindingOutcome
  count: number
  readonly cells: FindingCell[]
}

export const wholeRow: FindingPlace = Object.freeze({ column: null, field: null })

export class FindingsTally {
  readonly #groups = new Map<FindingPlace, Group[]>()

  /** Counts one cell. `place` is the same object for every cell of a column. */
  note(place: FindingPlace, found: FoundCell): void {
    const group = this.#groupOf(place, found)
    group.count += 1
    if (group.cells.length >= findingCellsMax) return
    const cell = describeCell(place, found)
    if (isNew(group, cell)) group.cells.push(cell)
  }

  counts(): FindingCounts {
    const counts = { repaired: 0, noted: 0, blanked: 0, rejected: 0 }
    for (const groups of this.#groups.values()) {
      for (const { outcome, count } of groups) counts[outcome] += count
    }
    const { rejected: _, ...cells } = counts
    return cells
  }

  /** Plain data. The tally goes on counting without changing it. */
  findings(): Finding[] {
    return [...this.#groups.values()].flat().map(group => ({ ...group, cells: [...group.cells] }))
  }

  /** A column has few codes: a walk along them is quicker than a key made of three parts. */
  #groupOf(place: FindingPlace, { code, outcome }: FoundCell): Group {
    let groups = this.#groups.get(place)
    if (groups === undefined) {
      groups = []
      this.#groups.set(place, groups)
    }
    for (const group of groups) {
      if (group.code === code && group.outcome === outcome) return group
    }
    const group = { column: place.column, field: place.field, code, outcome, count: 0, cells: [] }
    groups.push(group)
    return group
  }
}

function isNew({ code, cells }: Pick<Finding, 'code' | 'cells'>, cell: FindingCell): boolean {
  return code !== codeByValue || !cells.some(({ value }) => value === cell.value)
}

function describeCell({ column }: FindingPlace, { row, cell, result }: FoundCell): FindingCell {
  return {
    row,
    cell: column === null ? null : cellAddress(row, column),
    value: cell === null ? '' : shownText(cellText(cell), issueValueCharactersMax),
    result: result === null ? null : shownText(result, issueValueCharactersMax),
  }
}

/** The findings of a reading up to here and those of the batch after it, as one list. */
export function mergeFindings(earlier: readonly Finding[], later: readonly Finding[]): Finding[] {
  const merged = new Map(earlier.map(finding => [keyOf(finding), finding]))
  for (const finding of later) {
    const key = keyOf(finding)
    const before = merged.get(key)
    merged.set(key, before ? addFinding(before, finding) : finding)
  }
  return [...merged.values()]
}

function keyOf({ column, field, code, outcome }: Finding): string {
  return JSON.stringify([column, field, code, outcome])
}

function addFinding(before: Finding, { count, cells }: Finding): Finding {
  return {
    ...before,
    count: before.count + count,
    cells: [...before.cells, ...cells.filter(cell => isNew(before, cell))].slice(
      0,
      findingCellsMax,
    ),
  }
}
