/** Recognises the upload of a corrected list, and maps it as the import whose rows it repairs: one column further right. */
import type { Caller } from '../../contracts/caller.ts'
import { isUsable, type SheetRecord } from '../../contracts/import-snapshot.ts'
import { isAllowed } from '../../contracts/import-states.ts'
import { completeMapping, headerRowNumber, type Mapping } from '../../contracts/mapping.ts'
import type { Upload } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { columnLetter } from '../../mapping/default-column-name.ts'
import { foldText } from '../../mapping/fold-text.ts'
import { ImportEntity, type SheetPreview } from '../../storage/imports/import-entity.ts'
import type { EntityManager } from '../../storage/postgres/orm.ts'
import { headerTexts, toSheetHead } from '../preview-import.ts'
import { chooseSheet, rowRange } from '../sheet-choice.ts'
import { columnsBefore } from './columns-before.ts'
import type { Inspection } from './inspect-file.ts'

/** What an upload says about the rows that it corrects. */
export type Recognised =
  | { readonly kind: 'import'; readonly sheets: SheetRecord[] }
  | { readonly kind: 'correction'; readonly original: ImportEntity; readonly sheets: SheetRecord[] }

/**
 * Whether the upload corrects an import: the one that the caller names, or the one that the workbook names, unless the
 * caller maps the list. Throws `correction-original-unknown` for a caller who names none that can be corrected; a workbook
 * that does is a plain import with a warning.
 */
export async function recogniseCorrection(
  em: EntityManager,
  { tenantId }: Caller,
  { corrects: named, mapping }: Pick<Upload, 'corrects' | 'mapping'>,
  { corrects: written, sheets }: Inspection,
): Promise<Recognised> {
  const corrects = named ?? (mapping === undefined ? written : undefined)
  if (corrects === undefined) return { kind: 'import', sheets }
  const original = await em.findOne(
    ImportEntity,
    { tenantId, id: corrects },
    { populate: ['sheets', 'preview'] },
  )
  if (original && isCorrectable(original)) return { kind: 'correction', original, sheets }
  if (named !== undefined) throw new AppError('correction-original-unknown', { corrects: named })
  const [first, ...others] = sheets
  return { kind: 'import', sheets: [{ ...first!, correctsUnknown: true }, ...others] }
}

/** Whether rows of it can be corrected, now or once it stands still. */
function isCorrectable({ kind, status, mapping }: ImportEntity): boolean {
  return kind === 'import' && mapping != null && isAllowed('assign', status)
}

/**
 * The mapping of a correction, and the rows of its list. Throws `correction-rows-missing` and `correction-columns-differ`
 * for a list that is not that of the original, and `mapping-no-rows` for an empty one.
 */
export function mapCorrection(
  original: ImportEntity,
  { sheets, previews }: Inspection,
): Pick<ImportEntity, 'mapping' | 'firstRow' | 'nextRow' | 'rowsTotal'> {
  const sheet = sheets.find(isUsable)
  if (!sheet) throw new AppError('file-empty')
  const { firstRow, total } = rowRange(sheet, 1)
  if (total === 0) throw new AppError('mapping-no-rows')
  const preview = previews.find(({ sheet: name }) => name === sheet.name)?.rows ?? []
  refuseUnnumbered(preview)
  const mapping = completeMapping(original.mapping!)
  refuseOtherColumns(original, mapping, preview[0] ?? [])
  return {
    mapping: shifted(mapping, sheet.name),
    firstRow,
    nextRow: firstRow,
    rowsTotal: total,
  }
}

/** Rows of a list that look like a footer, or are hidden, are rows that somebody corrected. */
function shifted(mapping: Mapping, sheet: string): Mapping {
  const columns = mapping.columns.map(({ column, ...mapped }) => ({
    ...mapped,
    column: column + columnsBefore,
  }))
  return { ...mapping, sheet, headerRow: true, footers: 'import', hiddenRows: 'import', columns }
}

const numberOfRow = /^[1-9]\d{0,6}([.,]0+)?$/

function refuseUnnumbered(preview: SheetPreview['rows']): void {
  const rows = preview.slice(1).filter(cells => cells.some(cell => cell !== null))
  const numbered = rows.filter(([first]) => first != null && numberOfRow.test(first.trim()))
  if (rows.length > 0 && numbered.length * 2 >= rows.length) return
  throw new AppError('correction-rows-missing')
}

/** The names of mapped columns must be those of the original, where both have one. */
function refuseOtherColumns(
  original: ImportEntity,
  { sheet, headerRow, columns }: Mapping,
  names: readonly (string | null)[],
): void {
  if (headerRowNumber(headerRow) === 0) return
  const head = toSheetHead(chooseSheet(original.sheets, sheet), original)
  const expected = headerTexts(head, headerRow)
  for (const { column } of columns) {
    const [should, is] = [expected[column - 1], names[column - 1 + columnsBefore]]
    if (!should || foldText(should) === foldText(is ?? '')) continue
    throw new AppError('correction-columns-differ', {
      letter: columnLetter(column + columnsBefore),
      name: is ?? '',
      expected: should,
    })
  }
}
