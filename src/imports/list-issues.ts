/** The refused cells of an import, in sheet order. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import type { RowIssueItem, RowIssuePage } from '../contracts/import.ts'
import { decodeCursor, pageLimit, rowNumberPattern, toPage } from '../contracts/keyset.ts'
import { rowIssueText } from '../contracts/row-issues.ts'
import type { PageQuery } from '../contracts/services.ts'
import type { Locale } from '../errors.ts'
import { describeField } from '../mapping/custom-fields.ts'
import { cellAddress } from '../mapping/default-column-name.ts'
import { RowIssueEntity } from '../storage/imports/row-issue-entity.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findImport } from './find-import.ts'

export async function listIssues(
  { orm, fields }: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: PageQuery; locale: Locale },
): Promise<RowIssuePage> {
  const limit = pageLimit(query.limit)
  const after = query.cursor
    ? decodeCursor(query.cursor, [rowNumberPattern, rowNumberPattern]).map(Number)
    : undefined
  const catalogue = await fields.of(caller.tenantId)
  return inTenant(orm, caller.tenantId, async em => {
    await findImport(em, caller, id)
    const issues = await em.find(
      RowIssueEntity,
      {
        tenantId: caller.tenantId,
        importId: id,
        // The first condition bounds the walk of the index; the second one alone would have it begin at the first row.
        ...(after && {
          rowNumber: { $gte: after[0]! },
          $or: [
            { rowNumber: { $gt: after[0]! } },
            { rowNumber: after[0]!, columnNumber: { $gt: after[1]! } },
          ],
        }),
      },
      { orderBy: { rowNumber: 'asc', columnNumber: 'asc' }, limit: limit + 1 },
    )
    return toPage(issues, limit, {
      item: issue => toItem(issue, catalogue, locale),
      key: issue => [issue.rowNumber, issue.columnNumber],
    })
  })
}

function toItem(issue: RowIssueEntity, catalogue: FieldCatalogue, locale: Locale): RowIssueItem {
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
