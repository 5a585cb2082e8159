/** The first rows of a sheet, as the inspection kept them. */
import type { Caller } from '../contracts/caller.ts'
import type { Preview } from '../contracts/import.ts'
import { headerRowNumber, toHeaderRow } from '../contracts/mapping.ts'
import type { SheetQuery } from '../contracts/services.ts'
import { AppError, type Locale } from '../errors.ts'
import { previewColumnsMax, previewRowsDefault, previewRowsMax } from '../limits.ts'
import { columnLetter, defaultColumnName } from '../mapping/default-column-name.ts'
import { ImportEntity, type SheetPreview } from '../storage/imports/import-entity.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { chooseSheet } from './sheet-choice.ts'

export interface SheetHead {
  readonly sheet: string
  readonly columnCount: number
  /** texts of the first rows, the header row among them */
  readonly rows: SheetPreview['rows']
}

/** Reads what the inspection kept of a sheet. */
export function readSheetHead(
  { orm }: ImportContext,
  caller: Caller,
  id: string,
  sheetName: string | undefined,
): Promise<SheetHead> {
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await em.findOne(
      ImportEntity,
      { tenantId: caller.tenantId, id },
      { populate: ['sheets', 'preview'] },
    )
    if (!entity) throw new AppError('not-found')
    const sheet = chooseSheet(entity.sheets, sheetName)
    const previews = entity.preview as unknown as SheetPreview[]
    const rows = previews.find(preview => preview.sheet === sheet.name)?.rows ?? []
    return { sheet: sheet.name, columnCount: sheet.columns, rows }
  })
}

export async function previewImport(
  context: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: SheetQuery & { rows?: number }; locale: Locale },
): Promise<Preview> {
  const head = await readSheetHead(context, caller, id, query.sheet)
  const count = Math.min(query.rows ?? previewRowsDefault, previewRowsMax)
  const first = headerRowNumber(query.headerRow)
  const names = columnNames(head, query.headerRow, locale)
  return {
    sheet: head.sheet,
    headerRow: toHeaderRow(first),
    columns: names.map((name, index) => ({
      column: index + 1,
      letter: columnLetter(index + 1),
      name,
    })),
    rows: head.rows
      .slice(first, first + count)
      .map(row => names.map((_, index) => row[index] ?? null)),
  }
}

/** The texts of the row that holds column names; none where no row does. */
export function headerTexts({ rows }: SheetHead, headerRow: boolean | number) {
  return rows[headerRowNumber(headerRow) - 1] ?? []
}

/** The header texts; a numbered name where there is none. */
export function columnNames(
  head: SheetHead,
  headerRow: boolean | number,
  locale: Locale,
): string[] {
  const header = headerTexts(head, headerRow)
  const count = Math.min(head.columnCount, previewColumnsMax)
  return Array.from(
    { length: count },
    (_, index) => header[index]?.trim() || defaultColumnName(index + 1, locale),
  )
}
