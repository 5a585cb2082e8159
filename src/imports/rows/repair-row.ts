/** `PATCH` of one row: values that its refused cells should have held. It is read as an import would read it. */
import type { Caller } from '../../contracts/caller.ts'
import type { ContactField, FieldCatalogue } from '../../contracts/contact-fields.ts'
import { requireMove } from '../../contracts/import-states.ts'
import type { ImportedRow } from '../../contracts/imported-row.ts'
import type { RowOfImport } from '../../contracts/services.ts'
import { crashpoint } from '../../crashpoints.ts'
import { AppError, type ErrorItem, type Locale } from '../../errors.ts'
import type { SheetCell } from '../../mapping/cell.ts'
import { describeField, withoutDeleted } from '../../mapping/custom-fields.ts'
import { cellAddress } from '../../mapping/default-column-name.ts'
import { FindingsTally } from '../../mapping/findings-tally.ts'
import { type MappedRow, prepareRowMapper, type RowIssue } from '../../mapping/to-contact.ts'
import {
  OriginalMovingError,
  type RepairOutcome,
  repairRows,
} from '../../storage/imports/repair-rows.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import { fieldColumns } from '../run/field-columns.ts'
import type { DateOrders } from '../run/observe-dates.ts'
import type { StoredRow } from '../stored-rows/stored-row.ts'
import { type FoundRow, findRow } from './find-row.ts'
import { type RowContext, showRow } from './read-row.ts'
import { isRepeated, refuseReusedKey } from './row-key.ts'
import { importMoving } from './row-moving.ts'

export interface RowRepairWish extends RowOfImport {
  /** texts by the keys of fields; null takes the value of the cell away */
  readonly values: Readonly<Record<string, string | null>>
  readonly idempotencyKey: string | undefined
  readonly locale: Locale
  readonly signal: AbortSignal
}

/**
 * Gives the row as it is then. Throws as `findRow` and `StoredRows.readForRepair` do, `row-field-unmapped`, `row-invalid`
 * with what is wrong with the values, `row-not-repairable`, `import-state-conflict` unless the import stands still, and
 * `idempotency-key-reused`.
 */
export async function repairRow(
  context: RowContext,
  caller: Caller,
  wish: RowRepairWish,
): Promise<ImportedRow> {
  const found = await findRow(context, caller, wish)
  const { fields: ofTenant } = context
  const catalogue = await ofTenant.of(caller.tenantId)
  const mapping = withoutDeleted(found.mapping, catalogue)
  const observe = {
    mapping,
    fields: catalogue.fields,
    firstRow: found.entity.firstRow,
    endRow: found.entity.firstRow + found.entity.rowsTotal,
  }
  const keyed = { idempotencyKey: wish.idempotencyKey, request: requestOf(wish) }
  const ofImport = { tenantId: caller.tenantId, importId: wish.id }
  const isDone = await inTenant(context.orm, caller.tenantId, em =>
    isRepeated(sqlOf(em), ofImport, keyed),
  )
  const { row, dateOrders } = await context.storedRows.readForRepair(
    found.source,
    { row: wish.row, observe },
    wish.signal,
  )
  if (!isDone) {
    requireMove('correct', found.entity.status)
    refuseWhole(found, wish)
    const repair = readRepair({ ...found, mapping }, wish, { stored: row, catalogue, dateOrders })
    await inTenant(context.orm, caller.tenantId, async em => {
      const sql = sqlOf(em)
      if (await refuseReusedKey(sql, ofImport, keyed)) return
      const [outcome] = await repairRows(sql, {
        ...ofImport,
        ...repair,
        correctionId: null,
        actor: caller.subject,
        cellAddress,
      }).catch(error => {
        throw error instanceof OriginalMovingError ? importMoving(found.entity) : error
      })
      crashpoint('after-change-before-commit', wish.id)
      requireRepaired(outcome!)
    })
  }
  return showRow(await findRow(context, caller, wish), row, { locale: wish.locale, catalogue })
}

function requestOf({ row, values }: RowRepairWish): object {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return { method: 'PATCH', row, values: sorted }
}

function requireRepaired(outcome: RepairOutcome): void {
  if (outcome.outcome === 'created' || outcome.outcome === 'updated') return
  const reason = outcome.outcome === 'skipped' ? outcome.code : 'row-unchanged'
  throw new AppError('row-not-repairable', { row: outcome.row, reason })
}

interface Reading {
  readonly stored: StoredRow | undefined
  readonly catalogue: FieldCatalogue
  readonly dateOrders: DateOrders
}

/** Of a row that came in only refused cells are mended: what its contact holds is its own by now. */
function refuseWhole({ outcome, issues }: FoundRow, { row, values }: RowRepairWish): void {
  if (outcome.outcome !== 'created') return
  const whole = Object.keys(values).filter(field => !issues.some(issue => issue.field === field))
  if (whole.length === 0) return
  const items = whole.map(field => ({ pointer: pointerOf(field), code: 'row-field-whole' }))
  throw new AppError('row-not-repairable', { row, reason: 'row-whole' }, { items })
}

/** The row with the new values in place of its cells, as an import reads it. */
function readRepair(
  { entity, mapping }: FoundRow,
  { row, values }: RowRepairWish,
  { stored, catalogue, dateOrders }: Reading,
) {
  const columns = new Map(mapping.columns.map(({ column, field }) => [field, column]))
  const unmapped = Object.keys(values).filter(field => !columns.has(field))
  if (unmapped.length > 0) throw faultOf('row-field-unmapped', unmapped.map(unmappedItem))
  const mapper = prepareRowMapper({
    mapping,
    catalogue,
    dateOrders,
    today: new Date(entity.createdAt).toISOString().slice(0, 'YYYY-MM-DD'.length),
  })
  const cells = new Map<number, SheetCell>((stored?.cells ?? []).map(cell => [cell.column, cell]))
  for (const [field, value] of Object.entries(values)) {
    const column = columns.get(field)!
    if (value === null || value === '') cells.delete(column)
    else cells.set(column, { column, type: 'string', value })
  }
  const inOrder = [...cells.values()].sort((a, b) => a.column - b.column)
  const mapped = mapper.map({ number: row, cells: inOrder }, new FindingsTally())
  refuseWrong(mapped, { row, values, catalogue })
  // A cell of the row may be refused as before; those that the caller wrote are not.
  const whole = mapped.kind === 'contact' ? mapped.values : null
  return {
    columns: fieldColumns(mapper.fields),
    fills: mapper.fills,
    rows: [{ row, values: whole, issues: mapped.kind === 'skipped' ? [] : mapped.issues }],
  }
}

/** Throws `row-invalid` when a value of the caller is refused, or the row with it. */
function refuseWrong(
  mapped: MappedRow,
  {
    row,
    values,
    catalogue,
  }: Pick<RowRepairWish, 'row' | 'values'> & { readonly catalogue: FieldCatalogue },
): void {
  if (mapped.kind === 'skipped')
    throw new AppError('row-not-repairable', { row, reason: 'row-unchanged' })
  const isWritten = ({ field }: RowIssue) => Object.hasOwn(values, field)
  const wrong = mapped.kind === 'rejected' ? mapped.issues : mapped.issues.filter(isWritten)
  if (wrong.length === 0) return
  throw faultOf(
    'row-invalid',
    wrong.map(issue => issueItem(issue, row, describeField(issue.field, catalogue))),
  )
}

function faultOf(code: 'row-invalid' | 'row-field-unmapped', items: ErrorItem[]): AppError {
  return new AppError(code, {}, { items })
}

function unmappedItem(field: string): ErrorItem {
  return { pointer: pointerOf(field), code: 'row-field-unmapped' }
}

function issueItem(
  { column, field, code, value }: RowIssue,
  row: number,
  { labels, lengthMax }: Pick<ContactField, 'labels' | 'lengthMax'>,
): ErrorItem {
  const data = { address: cellAddress(row, column), value, en: labels.en, pl: labels.pl, lengthMax }
  return { pointer: pointerOf(field), code, data }
}

/** RFC 6901. */
function pointerOf(field: string): string {
  return `/values/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
