/** What a run would say of the cells of a column, by the kind of values that the column holds: told before it is mapped. */
import type { ColumnFinding, ValueKind } from '../../contracts/sheet-description.ts'
import { cellText, type SheetCell, type SheetRow } from '../cell.ts'
import { createDateOrderEvidence, observeDateCell } from '../date-order.ts'
import { cellAddress } from '../default-column-name.ts'
import { fieldKind } from '../kinds/index.ts'
import { shownText } from '../shown-text.ts'

/** Codes that a preview tells of a column, the most frequent first. */
const findingsMax = 5
const valueCharactersMax = 60

/** Kinds of values and the kinds of fields that read them. */
const readingKinds: Readonly<Partial<Record<ValueKind, string>>> = {
  email: 'email',
  phone: 'phone',
  date: 'date',
  'national-id': 'national-id',
  'tax-id': 'tax-id',
  'postal-code': 'postal-code',
  gender: 'gender',
}

/** A cell and the number of its row. */
export interface PlacedCell {
  readonly row: number
  readonly cell: SheetCell
}

/** The cells of each column, in the order of the rows: one walk, however many columns are asked for. */
export function cellsByColumn(rows: readonly SheetRow[]): Map<number, PlacedCell[]> {
  const placed = rows.flatMap(({ number: row, cells }) => cells.map(cell => ({ row, cell })))
  return Map.groupBy(placed, ({ cell }) => cell.column)
}

export function findInColumn(
  cells: readonly PlacedCell[],
  column: number,
  { kind, region }: { readonly kind: ValueKind; readonly region: string },
): ColumnFinding[] {
  const name = readingKinds[kind]
  if (name === undefined) return []
  const read = prepareReader(
    name,
    region,
    cells.map(({ cell }) => cell),
  )
  const found = new Map<string, { count: number; example: ColumnFinding['example'] }>()
  for (const { row, cell } of cells) {
    const code = read(cell)
    if (code === null) continue
    const known = found.get(code)
    if (known) known.count += 1
    else {
      const value = shownText(cellText(cell), valueCharactersMax)
      found.set(code, { count: 1, example: { cell: cellAddress(row, column), value } })
    }
  }
  return [...found]
    .map(([code, { count, example }]) => ({ code, count, example }))
    .sort((a, b) => b.count - a.count)
    .slice(0, findingsMax)
}

/** Types of cells that no kind of field reads. */
const unread: ReadonlySet<SheetCell['type']> = new Set(['error', 'uncalculated', 'rich'])

/** Gives the code of a cell that is not clean. */
function prepareReader(name: string, region: string, cells: readonly SheetCell[]) {
  const evidence = createDateOrderEvidence()
  if (name === 'date') for (const cell of cells) observeDateCell(evidence, cell)
  const kind = fieldKind(name)
  const read = kind.prepare(
    { lengthMax: kind.lengthMax },
    { region, trunkZero: 'reject', emptyValues: [], today: '9999-12-31', evidence },
  )
  return (cell: SheetCell): string | null => {
    if (unread.has(cell.type)) return null
    const outcome = read(cell, region)
    return typeof outcome === 'string' || outcome === null ? null : outcome.code
  }
}
