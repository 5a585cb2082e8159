/** Campaigns: made and listed, with their contacts. */
import type { Caller } from '../contracts/caller.ts'
import type { Campaign, CampaignPage } from '../contracts/campaign.ts'
import type { ContactPage } from '../contracts/contact.ts'
import { decodeCursor, idPattern, pageLimit, toPage } from '../contracts/keyset.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import { CampaignEntity } from '../storage/contacts/campaign-entity.ts'
import { countPlaces } from '../storage/contacts/campaign-places.ts'
import { readCampaignContacts } from '../storage/contacts/contact-rows.ts'
import { type EntityManager, isUniqueViolation } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ContactContext } from './context.ts'

/** Makes a campaign; `campaign-name-taken` when the tenant has one of that name. */
export async function createCampaign(
  { orm }: ContactContext,
  caller: Caller,
  name: string,
): Promise<Campaign> {
  try {
    return await inTenant(orm, caller.tenantId, async em => {
      const entity = em.create(CampaignEntity, {
        tenantId: caller.tenantId,
        name: name.trim(),
        createdBy: caller.subject,
      })
      await em.flush()
      return toCampaign(entity, 0)
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('campaign-name-taken', { name })
    throw error
  }
}

/** Newest first. */
export function listCampaigns(
  { orm }: ContactContext,
  caller: Caller,
  query: PageQuery,
): Promise<CampaignPage> {
  const limit = pageLimit(query.limit)
  const [before] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  return inTenant(orm, caller.tenantId, async em => {
    const campaigns = await em.find(
      CampaignEntity,
      {
        tenantId: caller.tenantId,
        ...(before !== undefined && { id: { $lt: String(before) } }),
      },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    )
    const page = toPage(campaigns, limit, { item: entity => entity, key: entity => [entity.id] })
    const counts = await countPlaces(
      sqlOf(em),
      page.items.map(({ id }) => id),
    )
    return {
      items: page.items.map(entity => toCampaign(entity, counts.get(entity.id) ?? 0)),
      nextCursor: page.nextCursor,
    }
  })
}

export async function listCampaignContacts(
  { orm, fields: catalogues }: ContactContext,
  caller: Caller,
  campaignId: string,
  query: PageQuery,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const { fields } = await catalogues.of(caller.tenantId)
  const [after = '0'] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  return inTenant(orm, caller.tenantId, async em => {
    await findCampaign(em, caller, campaignId)
    const page = { fields, afterId: String(after), limit: limit + 1 }
    const contacts = await readCampaignContacts(sqlOf(em), campaignId, page)
    return toPage(contacts, limit, { item: contact => contact, key: contact => [contact.id] })
  })
}

/** Throws `not-found` unless the caller's tenant has the campaign. */
export async function findCampaign(em: EntityManager, caller: Caller, id: string): Promise<void> {
  const campaign = await em.findOne(CampaignEntity, { tenantId: caller.tenantId, id })
  if (!campaign) throw new AppError('not-found')
}

function toCampaign(entity: CampaignEntity, contacts: number): Campaign {
  return {
    id: entity.id,
    name: entity.name,
    contacts,
    createdBy: entity.createdBy,
    createdAt: entity.createdAt.toISOString(),
  }
}
