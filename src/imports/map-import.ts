/** The mapping of an import: read, set, suggested. */
import type { Caller } from '../contracts/caller.ts'
import { contactFields } from '../contracts/contact-fields.ts'
import { requireMove } from '../contracts/import-states.ts'
import type {
  Mapping,
  MappingAnswer,
  MappingRequest,
  MappingSuggestion,
} from '../contracts/mapping.ts'
import type { SheetQuery } from '../contracts/services.ts'
import { AppError, type ErrorCode, type ErrorItem, type Locale } from '../errors.ts'
import { checkMapping, type MappingFault } from '../mapping/check-mapping.ts'
import { suggestMapping } from '../mapping/match-headers.ts'
import { isPhoneRegion } from '../mapping/normalise/phone.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findImport, lockImport } from './find-import.ts'
import { columnNames, readSheetHead } from './preview-import.ts'
import { chooseSheet, rowRange } from './sheet-choice.ts'

export function getMapping(
  { orm }: ImportContext,
  caller: Caller,
  id: string,
): Promise<MappingAnswer> {
  return inTenant(orm, caller.tenantId, async em => {
    const { mapping } = await findImport(em, caller, id)
    if (!mapping) throw new AppError('mapping-missing', { id })
    return answer(mapping)
  })
}

/** Sets the mapping, as often as wished until the import is started. */
export function putMapping(
  { orm, config }: ImportContext,
  caller: Caller,
  id: string,
  request: MappingRequest,
): Promise<MappingAnswer> {
  return inTenant(orm, caller.tenantId, async em => {
    const entity = await lockImport(em, caller, id)
    requireMove('map', entity.status)
    const sheet = chooseSheet(entity.sheets, request.sheet)
    refuseFaults(request, sheet.columns)
    const range = rowRange(sheet, request.headerRow)
    if (range.total === 0) throw new AppError('mapping-no-rows')
    const mapping: Mapping = {
      sheet: sheet.name,
      headerRow: request.headerRow,
      columns: request.columns,
      duplicates: request.duplicates ?? 'create',
      invalidValues: request.invalidValues ?? 'reject',
      region: request.region ?? config.defaultRegion,
    }
    Object.assign(entity, {
      status: 'mapped',
      mapping,
      firstRow: range.firstRow,
      nextRow: range.firstRow,
      rowsTotal: range.total,
    } satisfies Partial<ImportEntity>)
    await em.flush()
    await recordEvent(sqlOf(em), entity, 'mapped')
    return answer(mapping)
  })
}

/** For each column the field that its header suggests. Nothing is kept. */
export async function suggestImportMapping(
  context: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: SheetQuery; locale: Locale },
): Promise<MappingSuggestion> {
  const head = await readSheetHead(context, caller, id, query.sheet)
  const names = columnNames(head, query.headerRow, locale)
  const header = query.headerRow ? (head.rows[0] ?? []) : []
  const suggestions = suggestMapping(names.map((_, index) => header[index] ?? null))
  return {
    sheet: head.sheet,
    headerRow: query.headerRow,
    columns: suggestions.map(({ column, field, confidence, reason }) => ({
      column,
      name: names[column - 1]!,
      field,
      confidence,
      reason,
    })),
  }
}

function answer(mapping: Mapping): MappingAnswer {
  const { unmappedFields } = checkMapping(mapping.columns, {
    columnCount: Number.POSITIVE_INFINITY,
    fields: contactFields,
  })
  return { ...mapping, unmappedFields: [...unmappedFields] }
}

function refuseFaults(request: MappingRequest, columnCount: number): void {
  const { faults } = checkMapping(request.columns, { columnCount, fields: contactFields })
  const items = faults.map(fault => faultItem(fault, columnCount))
  if (request.region !== undefined && !isPhoneRegion(request.region)) {
    items.push({
      pointer: '/region',
      code: 'mapping-unknown-region',
      data: { region: request.region },
    })
  }
  const [first] = items
  if (first) throw new AppError(first.code as ErrorCode, first.data, { items })
}

function faultItem({ index, code, column, field }: MappingFault, columns: number): ErrorItem {
  return {
    pointer: index === null ? '/columns' : `/columns/${index}`,
    code,
    data: {
      columns,
      ...(column !== undefined && { column }),
      ...(field !== undefined && { field }),
    },
  }
}
