/** The `campaigns` table; its members live in `campaign_contacts`. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'

export const CampaignEntity = defineEntity({
  name: 'Campaign',
  tableName: 'campaigns',
  properties: {
    id: p.bigint('string').primary(),
    tenantId: p.text(),
    name: p.text(),
    createdBy: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
})

export type CampaignEntity = InferEntity<typeof CampaignEntity>
