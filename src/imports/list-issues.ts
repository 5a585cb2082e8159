/** The refused cells of an import, or of its validation, in sheet order. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import type { RowIssueItem, RowIssuePage } from '../contracts/import.ts'
import { decodeCursor, pageLimit, rowNumberPattern, toPage } from '../contracts/keyset.ts'
import { rowIssueText } from '../contracts/row-issues.ts'
import type { PageQuery, RunQuery } from '../contracts/services.ts'
import type { Locale } from '../errors.ts'
import { describeField } from '../mapping/custom-fields.ts'
import { cellAddress } from '../mapping/default-column-name.ts'
import type { OfImport } from '../storage/imports/findings.ts'
import { RowIssueEntity } from '../storage/imports/row-issue-entity.ts'
import { ValidationIssueEntity } from '../storage/imports/validation-issue-entity.ts'
import { findAttempt } from '../storage/imports/validations.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findImport } from './find-import.ts'

/** A page of the refused cells of an import or of its validation; throws `not-found`. */
export async function listIssues(
  { orm, fields }: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: PageQuery & RunQuery; locale: Locale },
): Promise<RowIssuePage> {
  const limit = pageLimit(query.limit)
  const after = query.cursor
    ? decodeCursor(query.cursor, [rowNumberPattern, rowNumberPattern]).map(Number)
    : undefined
  const catalogue = await fields.of(caller.tenantId)
  return inTenant(orm, caller.tenantId, async em => {
    await findImport(em, caller, id)
    const page = { tenantId: caller.tenantId, importId: id, after, limit: limit + 1 }
    const find = query.run === 'validation' ? findOfValidation : findOfImport
    return toPage(await find(em, page), limit, {
      item: issue => issueItem(issue, catalogue, locale),
      key: issue => [issue.rowNumber, issue.columnNumber],
    })
  })
}

interface IssuePage extends OfImport {
  /** row and column of the last issue of the page before */
  readonly after: readonly number[] | undefined
  readonly limit: number
}

type Issue = Pick<
  RowIssueEntity,
  'rowNumber' | 'columnNumber' | 'field' | 'code' | 'outcome' | 'value'
>

function findOfImport(
  em: EntityManager,
  { tenantId, importId, after, limit }: IssuePage,
): Promise<Issue[]> {
  const where = { tenantId, importId, ...behind(after) }
  return em.find(RowIssueEntity, where, { orderBy: inSheetOrder, limit })
}

/** Those of earlier validations may still be there: they are not shown. */
async function findOfValidation(
  em: EntityManager,
  { tenantId, importId, after, limit }: IssuePage,
): Promise<Issue[]> {
  const attempt = await findAttempt(sqlOf(em), { tenantId, importId })
  if (attempt === undefined) return []
  const where = { tenantId, importId, attempt, ...behind(after) }
  return em.find(ValidationIssueEntity, where, { orderBy: inSheetOrder, limit })
}

const inSheetOrder = { rowNumber: 'asc', columnNumber: 'asc' } as const

/** The first condition bounds the walk of the index; the second one alone would have it begin at the first row. */
function behind(after: readonly number[] | undefined) {
  const [row, column] = after ?? []
  if (row === undefined || column === undefined) return {}
  return {
    rowNumber: { $gte: row },
    $or: [{ rowNumber: { $gt: row } }, { rowNumber: row, columnNumber: { $gt: column } }],
  }
}

/** As callers read it. */
export function issueItem(issue: Issue, catalogue: FieldCatalogue, locale: Locale): RowIssueItem {
  const cell = cellAddress(issue.rowNumber, issue.columnNumber)
  const field = describeField(issue.field, catalogue)
  return {
    row: issue.rowNumber,
    column: issue.columnNumber,
    cell,
    field: issue.field,
    code: issue.code,
    outcome: issue.outcome,
    value: issue.value,
    message: rowIssueText(issue.code, locale, { address: cell, field, value: issue.value }),
  }
}
