/** Reads one row of an import: its cells from the stored file, and what became of it. */
import type { Caller } from '../../contracts/caller.ts'
import type { FieldCatalogue } from '../../contracts/contact-fields.ts'
import type { ImportedRow, RowCell } from '../../contracts/imported-row.ts'
import type { RowOfImport } from '../../contracts/services.ts'
import type { Locale } from '../../errors.ts'
import { rowAnswerCharactersMax, rowCellCharactersMax } from '../../limits.ts'
import { cellText } from '../../mapping/cell.ts'
import { cellAddress, defaultColumnName } from '../../mapping/default-column-name.ts'
import type { ImportContext } from '../context.ts'
import { issueItem } from '../list-issues.ts'
import { columnNames } from '../preview-import.ts'
import { RowSet } from '../stored-rows/row-set.ts'
import type { StoredCell, StoredRow } from '../stored-rows/stored-row.ts'
import type { StoredRows } from '../stored-rows/stored-rows.ts'
import { type FoundRow, findRow } from './find-row.ts'

export interface RowContext extends ImportContext {
  readonly storedRows: StoredRows
}

export interface RowWish extends RowOfImport {
  readonly locale: Locale
  readonly signal: AbortSignal
}

/** Throws as `findRow` and `StoredRows.read` do. */
export async function readRow(
  context: RowContext,
  caller: Caller,
  wish: RowWish,
): Promise<ImportedRow> {
  const found = await findRow(context, caller, wish)
  const stored = await readStored(context.storedRows, found, wish)
  const catalogue = await context.fields.of(caller.tenantId)
  return showRow(found, stored, { locale: wish.locale, catalogue })
}

/** The cells of a row; undefined where it holds nothing. */
export async function readStored(
  storedRows: StoredRows,
  { source, outcome: { row } }: FoundRow,
  { signal }: Pick<RowWish, 'signal'>,
): Promise<StoredRow | undefined> {
  for await (const [found] of storedRows.read(source, RowSet.of([row]), signal)) return found
  return undefined
}

export function showRow(
  { outcome, mapping, head, issues, discarded }: FoundRow,
  stored: StoredRow | undefined,
  { locale, catalogue }: { readonly locale: Locale; readonly catalogue: FieldCatalogue },
): ImportedRow {
  const { row, contactId } = outcome
  const names = columnNames(head, mapping.headerRow, locale)
  const fields = new Map(mapping.columns.map(({ column, field }) => [column, field]))
  const cells = new Map((stored?.cells ?? []).map(cell => [cell.column, cell]))
  const columns = [...new Set([...cells.keys(), ...fields.keys()])].sort((a, b) => a - b)
  const room = new TextRoom()
  return {
    row,
    outcome: outcome.outcome,
    ...(contactId !== undefined && { contactId }),
    cells: columns.map(column => ({
      cell: cellAddress(row, column),
      column,
      name: names[column - 1] ?? defaultColumnName(column, locale),
      ...room.show(cells.get(column)),
      field: fields.get(column) ?? null,
    })),
    issues: issues.map(issue => issueItem(issue, catalogue, locale)),
    discarded: discarded ?? null,
  }
}

/** Bounds the texts of a row, which may have thousands of cells of any length. */
class TextRoom {
  #left = rowAnswerCharactersMax

  show(cell: StoredCell | undefined): Pick<RowCell, 'type' | 'value' | 'isCut'> {
    if (cell === undefined) return { type: null, value: null }
    const text = cellText(cell)
    const value = text.slice(0, Math.min(rowCellCharactersMax, this.#left)).toWellFormed()
    this.#left -= value.length
    return { type: cell.type, value, ...(value.length < text.length && { isCut: true }) }
  }
}
