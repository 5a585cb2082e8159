/** Completes a mapping request with what it leaves to a template. */
import type { Caller } from '../contracts/caller.ts'
import {
  headerRowNumber,
  type MappedColumn,
  type MappingRequest,
  type WholeMappingRequest,
} from '../contracts/mapping.ts'
import type { TemplateContent } from '../contracts/mapping-template.ts'
import { AppError, type ErrorItem } from '../errors.ts'
import { findColumns } from '../mapping/find-columns.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { withPreview } from './find-import.ts'
import { chosenHeaderRow, headerTexts, type SheetHead, toSheetHead } from './preview-import.ts'
import { chooseSheet } from './sheet-choice.ts'
import { chooseTemplate } from './templates.ts'

/**
 * The request, completed by its template. Throws `template-unknown` when there is no such template, and
 * `template-column-missing` when the sheet lacks a column of the template. A request that names no template must give
 * `headerRow` and `columns` itself; otherwise this throws `request-invalid`.
 */
export async function completeRequest(
  em: EntityManager,
  caller: Caller,
  entity: ImportEntity,
  { template, ...request }: MappingRequest,
): Promise<WholeMappingRequest> {
  if (template === undefined) return requireWhole(request)
  const { columns, ...choices } = await chooseTemplate(em, caller, template)
  const said = { ...choices, ...request }
  const whole = await withPreview(em, entity)
  const head = toSheetHead(chooseSheet(whole.sheets, said.sheet), whole)
  const headerRow = chosenHeaderRow(head, said)
  return {
    ...said,
    headerRow,
    columns: request.columns ?? numberColumns(columns, head, headerRow),
  }
}

function requireWhole(request: Omit<MappingRequest, 'template'>): WholeMappingRequest {
  const { headerRow, columns } = request
  if (headerRow !== undefined && columns !== undefined) return { ...request, headerRow, columns }
  const items = (['headerRow', 'columns'] as const)
    .filter(member => request[member] === undefined)
    .map((member): ErrorItem => ({ pointer: `/${member}`, code: 'required-without-template' }))
  throw new AppError('request-invalid', {}, { items })
}

function numberColumns(
  columns: TemplateContent['columns'],
  head: SheetHead,
  headerRow: boolean | number,
): MappedColumn[] {
  const found = findColumns(
    columns.map(({ name }) => name),
    headerTexts(head, headerRow),
  )
  const place = { sheet: head.sheet, row: headerRowNumber(headerRow) }
  const items = columns
    .filter((_, at) => found[at] === undefined)
    .map(({ name }): ErrorItem => {
      return { pointer: '/template', code: 'template-column-missing', data: { ...place, name } }
    })
  const [first] = items
  if (first) throw new AppError('template-column-missing', first.data, { items })
  return columns.map(({ field }, at) => ({ column: found[at]!, field }))
}
