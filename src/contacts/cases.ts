/** Cases of contacts: opened, listed, changed, closed. */
import type { Caller } from '../contracts/caller.ts'
import type { Case, CaseChange, CasePage, CaseStatus } from '../contracts/case.ts'
import { decodeCursor, idPattern, pageLimit, toPage } from '../contracts/keyset.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import { CaseEntity } from '../storage/contacts/case-entity.ts'
import { holdContact } from '../storage/contacts/contact-rows.ts'
import { deletingImports } from '../storage/imports/deleting-imports.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { databaseTime } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ContactContext } from './context.ts'

export interface CaseQuery extends PageQuery {
  readonly contactId?: string
  readonly importIds?: readonly string[]
  readonly status?: CaseStatus
}

/** Opens a case for a contact; `not-found` when the tenant has no such contact. */
export function createCase(
  { orm }: ContactContext,
  caller: Caller,
  contactId: string,
  subject: string,
): Promise<Case> {
  return inTenant(orm, caller.tenantId, async em => {
    const contact = await holdContact(sqlOf(em), contactId)
    if (!contact) throw new AppError('not-found')
    const entity = em.create(CaseEntity, {
      tenantId: caller.tenantId,
      contactId,
      importId: contact.importId,
      subject,
      createdBy: caller.subject,
    })
    await em.flush()
    return toCase(entity)
  })
}

/** Newest first. */
export function listCases(
  { orm }: ContactContext,
  caller: Caller,
  query: CaseQuery,
): Promise<CasePage> {
  const limit = pageLimit(query.limit)
  const [before] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  return inTenant(orm, caller.tenantId, async em => {
    const hidden = await deletingImports(sqlOf(em))
    const cases = await em.find(
      CaseEntity,
      {
        tenantId: caller.tenantId,
        ...(before !== undefined && { id: { $lt: String(before) } }),
        ...(query.contactId && { contactId: query.contactId }),
        ...(query.status && { status: query.status }),
        importId: {
          ...(hidden.length > 0 && { $nin: hidden }),
          ...(query.importIds?.length && { $in: [...query.importIds] }),
        },
      },
      { orderBy: { id: 'desc' }, limit: limit + 1 },
    )
    return toPage(cases, limit, { item: toCase, key: entity => [entity.id] })
  })
}

export function changeCase(
  { orm }: ContactContext,
  caller: Caller,
  id: string,
  change: CaseChange,
): Promise<Case> {
  return inTenant(orm, caller.tenantId, async em => {
    const hidden = await deletingImports(sqlOf(em))
    const entity = await em.findOne(CaseEntity, { tenantId: caller.tenantId, id })
    if (!entity || hidden.includes(entity.importId)) throw new AppError('not-found')
    if (change.subject !== undefined) entity.subject = change.subject
    if (change.status !== undefined && change.status !== entity.status) {
      entity.status = change.status
      entity.closedAt = change.status === 'closed' ? await databaseTime(sqlOf(em)) : null
    }
    entity.changedBy = caller.subject
    await em.flush()
    return toCase(entity)
  })
}

function toCase(entity: CaseEntity): Case {
  return {
    id: entity.id,
    contactId: entity.contactId,
    importId: entity.importId,
    subject: entity.subject,
    status: entity.status,
    createdBy: entity.createdBy,
    createdAt: entity.createdAt.toISOString(),
    changedBy: entity.changedBy ?? null,
    closedAt: entity.closedAt?.toISOString() ?? null,
  }
}
