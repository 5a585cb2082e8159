/** Reads, sets and suggests the mapping of an import. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import { requireMove } from '../contracts/import-states.ts'
import {
  completeMapping,
  furtherChoicesOf,
  headerRowNumber,
  type Mapping,
  type MappingAnswer,
  type MappingRequest,
  type MappingSuggestion,
  toHeaderRow,
  withoutDescription,
} from '../contracts/mapping.ts'
import type { SheetQuery } from '../contracts/services.ts'
import { suggestionReasonText } from '../contracts/suggestion-reasons.ts'
import { AppError, type Locale } from '../errors.ts'
import { checkMapping } from '../mapping/check-mapping.ts'
import { nameFields, withoutDeleted } from '../mapping/custom-fields.ts'
import { suggestMapping } from '../mapping/match-headers.ts'
import { judgeRegion, proposeRegion } from '../mapping/profile/column-profile.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import { recordEvent } from '../storage/outbox/outbox.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import { completeRequest } from './apply-template.ts'
import type { ImportContext } from './context.ts'
import { findWholeImport, lockImport, withPreview } from './find-import.ts'
import { refuseMappingFaults } from './mapping-faults.ts'
import { chosenHeaderRow, columnNames, headerTexts, readSheetHead } from './preview-import.ts'
import { chooseSheet, rowRange } from './sheet-choice.ts'
import { recallMapping, suggestAsBefore } from './used-mappings.ts'
import { endValidation } from './validate-import.ts'
import { type MappedImport, warnOfMapping } from './warn-of-mapping.ts'

interface MappingCall {
  readonly id: string
  readonly locale: Locale
}

/** The mapping with its warnings; throws `not-found`, and `mapping-missing` before there is one. */
export async function getMapping(
  context: ImportContext,
  caller: Caller,
  { id, locale }: MappingCall,
): Promise<MappingAnswer> {
  const catalogue = await context.fields.of(caller.tenantId)
  return inTenant(context.orm, caller.tenantId, async em => {
    const entity = await findWholeImport(em, caller, id)
    if (!entity.mapping) throw new AppError('mapping-missing', { id })
    return answer(context, em, { entity, mapping: entity.mapping, catalogue, locale })
  })
}

/** Sets the mapping; callers may repeat that until they start the import. A template may supply what the request leaves out. */
export async function putMapping(
  context: ImportContext,
  caller: Caller,
  { id, request: asked, locale }: MappingCall & { readonly request: MappingRequest },
): Promise<MappingAnswer> {
  const catalogue = await context.fields.of(caller.tenantId)
  return inTenant(context.orm, caller.tenantId, async em => {
    const entity = await lockImport(em, caller, id)
    requireMove('map', entity.status)
    if (entity.kind === 'correction') throw new AppError('correction-mapping-fixed')
    const mapping = await mapEntity(em, entity, { context, caller, catalogue, asked })
    return answer(context, em, { entity, mapping, catalogue, locale })
  })
}

interface MappingChange {
  readonly context: ImportContext
  readonly caller: Caller
  /** the contact fields of the tenant */
  readonly catalogue: FieldCatalogue
  readonly asked: MappingRequest
}

/** Maps an import that the transaction made or locked, and records the event. */
export async function mapEntity(
  em: EntityManager,
  entity: ImportEntity,
  { context, caller, catalogue, asked }: MappingChange,
): Promise<Mapping> {
  const request = nameFields(await completeRequest(em, caller, entity, asked), catalogue)
  const sheet = chooseSheet(entity.sheets, request.sheet)
  refuseMappingFaults(request, { columnCount: sheet.columns, fields: catalogue.fields })
  const range = rowRange(sheet, request.headerRow)
  if (range.total === 0) throw new AppError('mapping-no-rows')
  const mapping = completeMapping({
    ...withoutDescription(request),
    sheet: sheet.name,
    headerRow: toHeaderRow(headerRowNumber(request.headerRow)),
    region: request.region ?? context.config.defaultRegion,
  })
  Object.assign(entity, {
    status: 'mapped',
    mapping,
    firstRow: range.firstRow,
    nextRow: range.firstRow,
    rowsTotal: range.total,
  } satisfies Partial<ImportEntity>)
  await em.flush()
  // What a validation under way would find of the former mapping is of no use to anybody.
  await endValidation(em, entity, { caller, which: 'stale' })
  await recordEvent(sqlOf(em), entity, 'mapped', caller.subject)
  return mapping
}

/**
 * Suggests a field for each column: the one of the mapping that the tenant used before for these names, or else the one
 * that the name and the contents of the column speak for.
 */
export async function suggestImportMapping(
  context: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: SheetQuery; locale: Locale },
): Promise<MappingSuggestion> {
  const head = await readSheetHead(context, caller, id, query.sheet)
  const headerRow = chosenHeaderRow(head, query)
  const names = columnNames(head, headerRow, locale)
  const header = headerTexts(head, headerRow)
  const catalogue = await context.fields.of(caller.tenantId)
  const { earlier } = head
  const isOfCopy = earlier !== undefined && earlier.headerRow === headerRow
  const used = isOfCopy ? earlier : await recallMapping(context, caller, header)
  const asBefore = used && suggestAsBefore(used, names.length, catalogue)
  const suggestions =
    asBefore ??
    suggestMapping(
      names.map((_, index) => header[index] ?? null),
      catalogue,
      head.columns,
    )
  const proposed =
    used && asBefore
      ? judgeRegion(head.columns, used.region)
      : proposeRegion(head.columns, context.config.defaultRegion)
  return {
    sheet: head.sheet,
    headerRow,
    region: proposed.region,
    regionShare: proposed.share,
    ...(isOfCopy && furtherChoicesOf(withoutDeleted(completeMapping(earlier), catalogue))),
    columns: suggestions.map(({ column, field, confidence, reason }) => ({
      column,
      name: names[column - 1]!,
      field,
      confidence,
      reason,
      message: suggestionReasonText(reason, locale),
    })),
  }
}

async function answer(
  context: ImportContext,
  em: EntityManager,
  { entity, catalogue, mapping: stored, locale }: MappedImport & { readonly locale: Locale },
): Promise<MappingAnswer> {
  const mapping = completeMapping(stored)
  const columnCount = Number.POSITIVE_INFINITY
  const { unmappedFields } = checkMapping(mapping, { columnCount, fields: catalogue.fields })
  const mapped = { entity: await withPreview(em, entity), mapping, catalogue, locale }
  const warnings = await warnOfMapping(context, em, mapped)
  return { ...mapping, unmappedFields: [...unmappedFields], warnings }
}
