/** The `validation_issues` table: one entry for each cell that a validation refused. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { RowIssueCode } from '../../contracts/row-issues.ts'

export const ValidationIssueEntity = defineEntity({
  name: 'ValidationIssue',
  tableName: 'validation_issues',
  properties: {
    tenantId: p.text().primary(),
    importId: p.uuid().primary(),
    attempt: p.integer().primary(),
    rowNumber: p.integer().primary(),
    columnNumber: p.integer().primary(),
    field: p.text(),
    code: p.text().$type<RowIssueCode>(),
    outcome: p.text().$type<'blanked' | 'rejected'>(),
    value: p.text(),
  },
})

export type ValidationIssueEntity = InferEntity<typeof ValidationIssueEntity>
