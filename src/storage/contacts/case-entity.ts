/** The `cases` table. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { CaseStatus } from '../../contracts/case.ts'

export const CaseEntity = defineEntity({
  name: 'Case',
  tableName: 'cases',
  properties: {
    id: p.bigint('string').primary(),
    tenantId: p.text(),
    contactId: p.bigint('string'),
    importId: p.uuid(),
    subject: p.text(),
    status: p.text().$type<CaseStatus>().default('open'),
    createdBy: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
    changedBy: p.text().nullable(),
    closedAt: p.datetime().nullable(),
  },
})

export type CaseEntity = InferEntity<typeof CaseEntity>
