/** The `row_issues` table: one entry for each refused cell, and whether its row came in without it. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { RowIssueCode } from '../../contracts/row-issues.ts'

export const RowIssueEntity = defineEntity({
  name: 'RowIssue',
  tableName: 'row_issues',
  properties: {
    tenantId: p.text().primary(),
    importId: p.uuid().primary(),
    rowNumber: p.integer().primary(),
    columnNumber: p.integer().primary(),
    field: p.text(),
    code: p.text().$type<RowIssueCode>(),
    outcome: p.text().$type<'blanked' | 'rejected'>(),
    value: p.text(),
  },
})

export type RowIssueEntity = InferEntity<typeof RowIssueEntity>
