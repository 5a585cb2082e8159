/**
 * Which row of a sheet holds the names of its columns: what the sheet says itself (a table, a filter), then names
 * that the dictionaries know, then texts over typed columns. A first row that holds values as the rows below does
 * is a person, and the sheet has no names.
 */
import type {
  ColumnProfile,
  HeaderRowProposal,
  ValueKind,
} from '../../contracts/sheet-description.ts'
import { cellText, type SheetRow } from '../cell.ts'
import { isKnownName } from '../headers/known-name.ts'
import type { ValueJudge } from './value-kinds.ts'

/** As `xlsx` tells it. */
export interface ListMarks {
  readonly frozenRows: number
  readonly filterRow: number | null
  readonly tableRow: number | null
}

export interface HeaderRowOptions {
  /** The first rows, as far as they are kept. */
  readonly rows: readonly SheetRow[]
  readonly profiles: readonly ColumnProfile[]
  readonly marks: ListMarks
  /** Rows in which a merged range of several columns begins. */
  readonly rowsWithMergedColumns: ReadonlySet<number>
  /** A judge of cells; it remembers what it judged. */
  readonly judge: ValueJudge
}

/** Reports begin with some rows of titles; more rows are not looked at, nor more columns. */
const lookedRows = 40
const lookedColumns = 64
const nameCharactersMax = 80

/** Kinds of which a value says that its row is no row of names. */
const typedKinds: ReadonlySet<ValueKind> = new Set([
  'email',
  'phone',
  'date',
  'national-id',
  'tax-id',
  'postal-code',
])
const columnShareMin = 0.4

interface RowFacts {
  readonly number: number
  /** Cells that hold something. */
  readonly filled: number
  readonly known: number
  /** Cells whose value is of the kind that their column holds. */
  readonly typed: number
  readonly people: number
  /** Cells that hold a number or a date. */
  readonly figures: number
  readonly isOfTexts: boolean
}

export function proposeHeaderRow(options: HeaderRowOptions): HeaderRowProposal {
  const { rows, profiles, marks } = options
  const facts = rows.slice(0, lookedRows).map(row => describeRow(row, options))
  const looked = facts.filter(({ filled }) => filled > 0)
  if (looked.length === 0) return { row: null, reason: 'empty' }
  const width = typicalWidth(rows, profiles)
  const marked = findMarked(looked, marks)
  if (marked) return marked
  const known = findKnown(looked, width)
  if (known) return { row: lowestLevel(known, looked, options), reason: 'known-names' }
  return findByContrast(looked, width, marks)
}

function describeRow(
  { number, cells }: SheetRow,
  { profiles, judge }: Pick<HeaderRowOptions, 'profiles' | 'judge'>,
): RowFacts {
  let [filled, known, typed, people, figures] = [0, 0, 0, 0, 0]
  let isOfTexts = true
  const texts = new Set<string>()
  for (const cell of cells.slice(0, lookedColumns)) {
    const text = cellText(cell).trim()
    if (text === '') continue
    filled += 1
    if (cell.type !== 'string' || text.length > nameCharactersMax) isOfTexts = false
    if (cell.type === 'number' || cell.type === 'date') figures += 1
    const column = profiles[cell.column - 1]?.kinds ?? {}
    const kinds = judge(cell).kinds.filter(kind => (column[kind] ?? 0) >= columnShareMin)
    if (kinds.some(kind => typedKinds.has(kind))) typed += 1
    else if (kinds.some(isPersonal)) people += 1
    else if (cell.type === 'string' && isKnownName(text)) known += 1
    texts.add(text.toLowerCase())
  }
  return {
    number,
    filled,
    known,
    typed,
    people,
    figures,
    isOfTexts: isOfTexts && texts.size === filled,
  }
}

function isPersonal(kind: ValueKind): boolean {
  return kind === 'given-name' || kind === 'surname' || kind === 'full-name'
}

/** Filled cells of the rows of the list: more than half of the rows have so many at least. */
function typicalWidth(rows: readonly SheetRow[], profiles: readonly ColumnProfile[]): number {
  const widths = rows
    .map(({ cells }) => Math.min(cells.length, lookedColumns))
    .sort((a, b) => a - b)
  const median = widths[Math.floor(widths.length / 2)] ?? 0
  const expected = profiles.slice(0, lookedColumns).reduce((sum, { filled }) => sum + filled, 0)
  return Math.max(1, Math.min(Math.round(expected) || 1, Math.max(median, 1)))
}

/** A table or a filter says where its names are, unless values stand there. */
function findMarked(
  looked: readonly RowFacts[],
  { tableRow, filterRow }: ListMarks,
): HeaderRowProposal | undefined {
  const isOfNames = (row: number | null) => {
    const found = looked.find(({ number }) => number === row)
    return found !== undefined && found.typed === 0
  }
  if (isOfNames(tableRow)) return { row: tableRow, reason: 'table' }
  if (isOfNames(filterRow)) return { row: filterRow, reason: 'filter' }
  return undefined
}

/** The first row of which most cells are known names; one name alone is enough in a list of one or two columns. */
function findKnown(looked: readonly RowFacts[], width: number): RowFacts | undefined {
  const isOfNames = ({ known, filled, typed, figures }: RowFacts) => {
    if (typed > 0 || figures > 0 || known * 3 < filled) return false
    return known >= 2 || (known === 1 && width <= 2 && filled * 2 >= width)
  }
  const first = looked.find(isOfNames)
  if (first === undefined) return undefined
  // Values above it are people: what looks like names stands within the list.
  const above = looked.filter(({ number }) => number < first.number)
  return above.some(({ typed, filled }) => typed > 1 && filled * 2 >= width) ? undefined : first
}

/** Names in two rows, the upper ones over several columns: the lower row names the columns. */
function lowestLevel(
  found: RowFacts,
  looked: readonly RowFacts[],
  { rowsWithMergedColumns }: HeaderRowOptions,
): number {
  const next = looked.find(({ number }) => number === found.number + 1)
  const isUpper = rowsWithMergedColumns.has(found.number)
  if (next === undefined || !isUpper) return found.number
  const isOfNames = next.isOfTexts && next.typed === 0 && next.figures === 0 && next.people === 0
  return isOfNames && (next.known > 0 || next.filled > found.filled) ? next.number : found.number
}

/**
 * The dictionaries know none of the names. The first row with values of the kinds that its columns hold is a person; the rows as wide as
 * the list that stand right above it begin with the names.
 */
function findByContrast(
  looked: readonly RowFacts[],
  width: number,
  { frozenRows }: ListMarks,
): HeaderRowProposal {
  const wide = looked.filter(({ filled }) => filled * 4 >= width * 3)
  const frozen = wide.find(({ number, typed }) => number === frozenRows && typed === 0)
  if (frozen) return { row: frozen.number, reason: 'texts-over-values' }
  const at = wide.findIndex(
    ({ typed, figures, isOfTexts }) => typed > 0 || (figures > 0 && !isOfTexts),
  )
  if (at < 0) {
    const [first] = wide
    if (first !== undefined && first.people > 0) return { row: null, reason: 'first-row-person' }
    return { row: first?.number ?? 1, reason: 'assumed' }
  }
  let top = at
  while (top > 0 && wide[top - 1]!.number === wide[top]!.number - 1) top -= 1
  const names = wide[top]!
  const isPerson = top === at || names.people > 0 || !names.isOfTexts
  if (!isPerson) return { row: names.number, reason: 'texts-over-values' }
  return wide[at]!.typed > 0 || names.people > 0
    ? { row: null, reason: 'first-row-person' }
    : { row: names.number, reason: 'assumed' }
}

/** Whether the row holds the values of a person, which would be lost were it a row of names. */
export function looksLikePerson(
  row: SheetRow,
  options: Pick<HeaderRowOptions, 'profiles' | 'judge'>,
): boolean {
  const { typed, known } = describeRow(row, options)
  return typed > 0 && known === 0
}
