/** A row of an import as the tables have it, and where its cells are stored. */
import type { Caller } from '../../contracts/caller.ts'
import { requireMove } from '../../contracts/import-states.ts'
import { completeMapping, type Mapping } from '../../contracts/mapping.ts'
import type { RowOutcome } from '../../contracts/row-outcomes.ts'
import type { RowOfImport } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { type Discarded, findDiscarded } from '../../storage/imports/discard-row.ts'
import type { ImportEntity } from '../../storage/imports/import-entity.ts'
import { RowIssueEntity } from '../../storage/imports/row-issue-entity.ts'
import { readRowWindow } from '../../storage/imports/row-window.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import { walkSettings } from '../../storage/postgres/walk-settings.ts'
import type { ImportContext } from '../context.ts'
import { findWholeImport, withPreview } from '../find-import.ts'
import { outcomesOf } from '../list-outcomes.ts'
import { type SheetHead, toSheetHead } from '../preview-import.ts'
import { chooseSheet } from '../sheet-choice.ts'
import type { StoredSheet } from '../stored-rows/stored-rows.ts'

export interface FoundRow {
  readonly entity: ImportEntity
  readonly mapping: Mapping
  readonly head: SheetHead
  readonly outcome: RowOutcome
  /** in the order of columns */
  readonly issues: readonly RowIssueEntity[]
  readonly discarded: Discarded | undefined
  readonly source: StoredSheet
}

/**
 * Throws `not-found`, `import-state-conflict` while the import is being deleted, `mapping-missing` before it is mapped, and
 * `row-unknown` for a row that is none of its data.
 */
export function findRow(
  { orm }: Pick<ImportContext, 'orm'>,
  caller: Caller,
  { id, row }: RowOfImport,
): Promise<FoundRow> {
  const { tenantId } = caller
  return inTenant(
    orm,
    tenantId,
    async em => {
      const entity = await withPreview(em, await findWholeImport(em, caller, id))
      requireMove('prove', entity.status)
      if (!entity.mapping) throw new AppError('mapping-missing', { id })
      requireRow(entity, row)
      const ofImport = { tenantId, importId: id }
      const window = await readRowWindow(sqlOf(em), ofImport, { fromRow: row, toRow: row + 1 })
      const [outcome] = window ? outcomesOf(window) : []
      if (!outcome) throw new AppError('not-found')
      const mapping = completeMapping(entity.mapping)
      const head = toSheetHead(chooseSheet(entity.sheets, mapping.sheet), entity)
      return {
        entity,
        mapping,
        head,
        outcome,
        issues: await em.find(
          RowIssueEntity,
          { tenantId, importId: id, rowNumber: row },
          { orderBy: { columnNumber: 'asc' } },
        ),
        discarded: await findDiscarded(sqlOf(em), ofImport, row),
        source: sourceOf(entity, mapping, head),
      }
    },
    walkSettings,
  )
}

/** Throws `row-unknown` for a row in front of the data of an import, or behind it. */
export function requireRow(
  { firstRow, rowsTotal }: Pick<ImportEntity, 'firstRow' | 'rowsTotal'>,
  row: number,
): void {
  if (row >= firstRow && row < firstRow + rowsTotal) return
  throw new AppError('row-unknown', { row, first: firstRow, last: firstRow + rowsTotal - 1 })
}

function sourceOf(
  { tenantId, id: importId, fileSha256 }: ImportEntity,
  { sheet, region }: Mapping,
  { merged }: SheetHead,
): StoredSheet {
  const ranges = merged.map(([row, column, rows, columns]) => ({ row, column, rows, columns }))
  return { tenantId, importId, fileSha256, sheet, region, merged: ranges }
}
