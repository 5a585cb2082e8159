/** The first rows of a sheet, as the inspection kept them. */
import type { Caller } from '../contracts/caller.ts'
import type { Preview } from '../contracts/import.ts'
import { headerOf, type SheetRecord } from '../contracts/import-snapshot.ts'
import { headerRowNumber, type Mapping, toHeaderRow } from '../contracts/mapping.ts'
import type { SheetQuery } from '../contracts/services.ts'
import {
  type DescribedColumn,
  type HeaderRowProposal,
  headerRowReason,
} from '../contracts/sheet-description.ts'
import { AppError, type Locale } from '../errors.ts'
import { previewColumnsMax, previewRowsDefault, previewRowsMax } from '../limits.ts'
import { columnLetter, defaultColumnName } from '../mapping/default-column-name.ts'
import { joinHeaderRows } from '../mapping/join-header-rows.ts'
import { mainKind } from '../mapping/profile/column-profile.ts'
import { ImportEntity, type SheetPreview } from '../storage/imports/import-entity.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { chooseSheet } from './sheet-choice.ts'

export interface SheetHead {
  readonly sheet: string
  readonly columnCount: number
  /** texts of the first rows, the header row among them */
  readonly rows: SheetPreview['rows']
  readonly merged: NonNullable<SheetPreview['merged']>
  /** what the columns hold; empty when the inspection kept no description */
  readonly columns: readonly DescribedColumn[]
  readonly header: HeaderRowProposal
  /** the mapping of the import that this one was copied from, when it maps this sheet */
  readonly earlier: Mapping | undefined
}

/**
 * Reads what the inspection kept of a sheet; without a name, of the sheet of the suggested mapping or of the proposed one.
 * Throws `not-found`, and as `chooseSheet`.
 */
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
    const name = sheetName ?? entity.suggestedMapping?.sheet
    return toSheetHead(chooseSheet(entity.sheets, name), entity)
  })
}

/** What the inspection kept of a sheet, from an import that was read with its previews. */
export function toSheetHead(
  sheet: SheetRecord,
  { preview, suggestedMapping }: Pick<ImportEntity, 'preview' | 'suggestedMapping'>,
): SheetHead {
  const previews = preview as unknown as SheetPreview[]
  const kept = previews.find(candidate => candidate.sheet === sheet.name)
  const { rows = [], merged = [], columns = [] } = kept ?? {}
  return {
    sheet: sheet.name,
    columnCount: sheet.columns,
    rows,
    merged,
    columns,
    header: headerOf(sheet),
    earlier: suggestedMapping?.sheet === sheet.name ? suggestedMapping : undefined,
  }
}

/** Names and first rows of a sheet's columns, with what is known about their contents. */
export async function previewImport(
  context: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: SheetQuery & { rows?: number }; locale: Locale },
): Promise<Preview> {
  const head = await readSheetHead(context, caller, id, query.sheet)
  const count = Math.min(query.rows ?? previewRowsDefault, previewRowsMax)
  const headerRow = chosenHeaderRow(head, query)
  const first = headerRowNumber(headerRow)
  const names = columnNames(head, headerRow, locale)
  return {
    sheet: head.sheet,
    headerRow,
    proposedHeaderRow: head.header.row,
    headerRowReason: headerRowReason(head.header.reason, locale),
    columns: names.map((name, index) => ({
      column: index + 1,
      letter: columnLetter(index + 1),
      name,
      ...describeColumn(head.columns[index]),
    })),
    rows: head.rows
      .slice(first, first + count)
      .map(row => names.map((_, index) => row[index] ?? null)),
  }
}

function describeColumn(column: DescribedColumn | undefined) {
  if (!column) return { filled: null, distinct: null, kind: null, findings: [] }
  const main = mainKind(column)
  return {
    filled: column.filled,
    distinct: column.distinct,
    kind: main && { code: main.kind, share: main.share },
    findings: [...(column.findings ?? [])],
  }
}

/** The header row that applies: the one that the caller gives, else the one of the earlier mapping, else the proposed one. */
export function chosenHeaderRow(head: SheetHead, { headerRow }: SheetQuery): boolean | number {
  const chosen = headerRow ?? head.earlier?.headerRow
  return toHeaderRow(chosen === undefined ? head.header.row : headerRowNumber(chosen))
}

/** The texts of the header row, joined with the texts above them; none without a header row. */
export function headerTexts({ rows, merged }: SheetHead, headerRow: boolean | number) {
  return joinHeaderRows(rows, headerRowNumber(headerRow), merged)
}

/** The names of the columns: the header texts, and a numbered name where a column has no header text. */
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
