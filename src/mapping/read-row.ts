/**
 * Reads the cells of one row by a plan and judges the row as a whole: several values in one cell, one value
 * in several cells, refused cells, required fields, contacts that nobody can reach. A row without a finding
 * allocates its values alone.
 */
import type { FindingCode } from '../contracts/findings.ts'
import type { RowIssueCode } from '../contracts/row-issues.ts'
import { issueValueCharactersMax } from '../limits.ts'
import { cellText, type SheetCell, type SheetRow } from './cell.ts'
import { countryOf } from './countries.ts'
import { type FindingsTally, wholeRow } from './findings-tally.ts'
import { looksLikeFooter } from './footer-rows.ts'
import { type CellOutcome, type Parted, refusal, type Several } from './normalise/outcome.ts'
import type { ColumnSlot, RowPlan } from './plan-columns.ts'
import { shownText } from './shown-text.ts'
import type { MappedRow, RowIssue } from './to-contact.ts'

/** A cell that is not clean. `cell` is null where a required value has none. */
interface JudgedCell {
  readonly slot: ColumnSlot
  readonly cell: SheetCell | null
  readonly outcome: 'repaired' | 'noted' | 'refused'
  readonly code: FindingCode | RowIssueCode
  /** What was stored. */
  readonly result: string | null
}

type Values = (string | null)[]

const cellError = refusal('cell-error')
const notCalculated = refusal('formula-not-calculated')
const richUnknown = refusal('rich-value-unknown')
const skipped: MappedRow = Object.freeze({ kind: 'skipped' })
const noIssues: readonly RowIssue[] = Object.freeze([])
const unreachable = {
  code: 'contact-unreachable',
  outcome: 'noted',
  cell: null,
  result: null,
} as const

const hidden = { ...unreachable, code: 'row-hidden' } as const
const footer = { ...unreachable, code: 'row-footer' } as const
const likeTotal = { ...unreachable, code: 'row-like-total' } as const

export function readRow(plan: RowPlan, row: SheetRow, tally: FindingsTally): MappedRow {
  const mapped = readUnlessFooter(plan, row, tally)
  if (mapped !== null) return mapped
  const imported = readAnyRow(plan, row, tally, true)!
  if (imported.kind === 'contact') tally.note(wholeRow, { ...likeTotal, row: row.number })
  return imported
}

/** null, and nothing told, for a row that is written like a footer. */
export function readUnlessFooter(
  plan: RowPlan,
  row: SheetRow,
  tally: FindingsTally,
): MappedRow | null {
  return readAnyRow(plan, row, tally, false)
}

/** Leaves out a row that is written like a footer and ends its sheet. */
export function leaveOutFooter(row: SheetRow, tally: FindingsTally): MappedRow {
  tally.note(wholeRow, { ...footer, row: row.number })
  return skipped
}

/** `isFooterRead`: the caller wants a row that is written like a footer read as any other. */
function readAnyRow(
  plan: RowPlan,
  row: SheetRow,
  tally: FindingsTally,
  isFooterRead: boolean,
): MappedRow | null {
  if (!row.hidden) return readShownRow(plan, row, tally, isFooterRead)
  const isLeftOut = plan.mapping.hiddenRows === 'skip'
  const mapped = isLeftOut ? skipped : readShownRow(plan, row, tally, isFooterRead)
  if (mapped === null) return null
  const holdsMapped = row.cells.some(({ column }) => plan.slots[column] !== undefined)
  if (mapped.kind !== 'skipped' || (isLeftOut && holdsMapped)) {
    tally.note(wholeRow, { ...hidden, row: row.number })
  }
  return mapped
}

function readShownRow(
  plan: RowPlan,
  row: SheetRow,
  tally: FindingsTally,
  isFooterRead: boolean,
): MappedRow | null {
  const values: Values = new Array<string | null>(plan.fields.length).fill(null)
  let judged = readCells(plan, row, values)
  judged = dropRepeated(plan, row, { values, judged })
  const filled = values.some(isFilled)
  if (!filled && !judged?.some(isRefused)) {
    tellFindings(judged, { row, tally, rejected: false })
    return skipped
  }
  const isReached = isReachable(plan, values)
  if (!isFooterRead && !isReached && looksLikeFooter(plan.slots, row)) return null
  judged = addMissing(plan, values, judged)
  const rejected = judged !== null && isRejected(plan, values, judged)
  tellFindings(judged, { row, tally, rejected })
  if (rejected) return { kind: 'rejected', issues: issuesOf(judged, 'rejected') }
  if (!isReached) tally.note(wholeRow, { ...unreachable, row: row.number })
  return { kind: 'contact', values, issues: issuesOf(judged, 'blanked') }
}

/** Puts values into their places; gives the cells that are not clean, or null. */
function readCells(plan: RowPlan, row: SheetRow, values: Values): JudgedCell[] | null {
  let judged: JudgedCell[] | null = null
  const rowRegion = plan.countryColumn === 0 ? plan.mapping.region : regionOf(plan, row)
  for (const cell of row.cells) {
    const slot = plan.slots[cell.column]
    if (slot === undefined) continue
    const outcome = readCell(slot, cell, rowRegion)
    if (cell.merged !== undefined) {
      judged ??= []
      judged.push(mergedCell(slot, cell, outcome))
    }
    if (outcome === null) continue
    if (typeof outcome === 'string') {
      values[slot.index] = outcome
      continue
    }
    judged ??= []
    judged.push(placeOutcome(values, slot, cell, outcome))
  }
  return judged
}

/** Noted beside whatever else is found of the cell: the other cells of its range show its value too. */
function mergedCell(slot: ColumnSlot, cell: SheetCell, outcome: CellOutcome): JudgedCell {
  const result = typeof outcome === 'string' ? outcome : null
  return { slot, cell, outcome: 'noted', code: 'cell-merged', result }
}

/** The country that the row names, or the region of the mapping. */
function regionOf({ countryColumn, mapping }: RowPlan, row: SheetRow): string {
  const cell = row.cells.find(({ column }) => column === countryColumn)
  const country = cell?.type === 'string' ? countryOf(cell.value) : null
  return country ?? mapping.region
}

function readCell(slot: ColumnSlot, cell: SheetCell, rowRegion: string): CellOutcome {
  if (cell.type === 'error') return cellError
  if (cell.type === 'rich') return richUnknown
  return cell.type === 'uncalculated' ? notCalculated : slot.normalise(cell, rowRegion)
}

function placeOutcome(
  values: Values,
  slot: ColumnSlot,
  cell: SheetCell,
  outcome: Exclude<CellOutcome, string | null>,
): JudgedCell {
  if (outcome.outcome === 'several') return placeSeveral(values, slot, cell, outcome)
  if (outcome.outcome === 'parted') return placeParts(values, slot, cell, outcome)
  const { code } = outcome
  if (outcome.outcome === 'refused') return { slot, cell, outcome: 'refused', code, result: null }
  values[slot.index] = outcome.value
  return { slot, cell, outcome: outcome.outcome, code, result: outcome.value }
}

/** The value stays whole; its parts go to the fields that they fill. */
function placeParts(
  values: Values,
  slot: ColumnSlot,
  cell: SheetCell,
  { told, code, value, parts }: Parted,
): JudgedCell {
  values[slot.index] = value
  for (const [at, place] of slot.parts.entries()) values[place] = parts[at]!
  return { slot, cell, outcome: told, code, result: parts.join(', ') }
}

/** The first value stays, the others go to free fields of the family; all do, or the cell is refused. */
function placeSeveral(
  values: Values,
  slot: ColumnSlot,
  cell: SheetCell,
  { code, values: several }: Several,
): JudgedCell {
  const [first, ...others] = several
  const free = slot.free.filter(place => values[place] === null)
  if (free.length < others.length) return { slot, cell, outcome: 'refused', code, result: null }
  values[slot.index] = first!
  for (const [at, value] of others.entries()) values[free[at]!] = value
  return { slot, cell, outcome: 'repaired', code, result: several.join(', ') }
}

interface Reading {
  readonly values: Values
  readonly judged: JudgedCell[] | null
}

/** One number or address stands once in a contact, in the first of its family's fields. */
function dropRepeated(plan: RowPlan, row: SheetRow, { values, judged }: Reading) {
  let all = judged
  for (const family of plan.families) {
    for (let later = 1; later < family.length; later++) {
      const place = family[later]!
      const value = values[place]
      if (value == null || !standsBefore(values, family, later)) continue
      values[place] = null
      const slot = plan.slots.find(each => each?.index === place)
      if (slot) all = replaceJudged(all, repeatedCell(slot, row))
    }
  }
  return all
}

function standsBefore(values: Values, family: readonly number[], later: number): boolean {
  const value = values[family[later]!]!.toLowerCase()
  for (let before = 0; before < later; before++) {
    if (values[family[before]!]?.toLowerCase() === value) return true
  }
  return false
}

function repeatedCell(slot: ColumnSlot, row: SheetRow): JudgedCell {
  const cell = row.cells.find(({ column }) => column === slot.column)!
  return { slot, cell, outcome: 'repaired', code: 'value-repeated', result: null }
}

/** A cell has one finding: a later one takes the place of the earlier one. */
function replaceJudged(judged: JudgedCell[] | null, cell: JudgedCell): JudgedCell[] {
  return [...(judged ?? []).filter(({ slot }) => slot !== cell.slot), cell]
}

/** A required field without a value has its cell refused; one that was refused already keeps its code. */
function addMissing(plan: RowPlan, values: Values, judged: JudgedCell[] | null) {
  let all = judged
  for (const slot of plan.required) {
    if (values[slot.index] !== null) continue
    if (all?.some(each => each.slot === slot && isRefused(each))) continue
    all = replaceJudged(all, {
      slot,
      cell: null,
      outcome: 'refused',
      code: 'value-missing',
      result: null,
    })
  }
  return all
}

/**
 * A refused cell rejects its row where the mapping says so, where its field is required, where nothing else
 * is left of the row, and where it was the last way to reach the person.
 */
function isRejected(plan: RowPlan, values: Values, judged: readonly JudgedCell[]): boolean {
  const refused = judged.filter(isRefused)
  if (refused.length === 0) return false
  if (plan.mapping.invalidValues === 'reject' || !values.some(isFilled)) return true
  if (refused.some(({ slot }) => plan.required.includes(slot))) return true
  return (
    refused.some(({ slot }) => plan.reaching.includes(slot.index)) && !isReachable(plan, values)
  )
}

function isReachable({ reaching }: RowPlan, values: Values): boolean {
  for (const place of reaching) {
    if (values[place] !== null) return true
  }
  return false
}

interface Telling {
  readonly row: SheetRow
  readonly tally: FindingsTally
  readonly rejected: boolean
}

function tellFindings(judged: readonly JudgedCell[] | null, { row, tally, rejected }: Telling) {
  if (judged === null) return
  for (const { slot, cell, outcome, code, result } of judged) {
    const told = outcome === 'refused' ? (rejected ? 'rejected' : 'blanked') : outcome
    tally.note(slot, { row: row.number, cell, code, outcome: told, result })
  }
}

function issuesOf(
  judged: readonly JudgedCell[] | null,
  outcome: RowIssue['outcome'],
): readonly RowIssue[] {
  const refused = judged?.filter(isRefused) ?? []
  if (refused.length === 0) return noIssues
  return refused
    .map(({ slot, cell, code }) => ({
      column: slot.column,
      field: slot.field,
      code: code as RowIssueCode,
      outcome,
      value: cell === null ? '' : shownText(cellText(cell), issueValueCharactersMax),
    }))
    .sort((a, b) => a.column - b.column)
}

function isRefused({ outcome }: JudgedCell): boolean {
  return outcome === 'refused'
}

function isFilled(value: string | null): boolean {
  return value !== null
}
