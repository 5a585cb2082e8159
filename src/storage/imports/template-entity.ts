/** The `mapping_templates` table: mappings that people keep under a name. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { TemplateContent } from '../../contracts/mapping-template.ts'

export const TemplateEntity = defineEntity({
  name: 'MappingTemplate',
  tableName: 'mapping_templates',
  properties: {
    id: p.bigint('string').primary(),
    tenantId: p.text(),
    name: p.text(),
    content: p.json<TemplateContent>(),
    createdBy: p.text(),
    createdAt: p.datetime().defaultRaw('clock_timestamp()'),
    changedBy: p.text().nullable(),
    changedAt: p.datetime().nullable(),
  },
})

export type TemplateEntity = InferEntity<typeof TemplateEntity>
