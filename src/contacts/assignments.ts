/** Assignments of whole imports to campaigns: asked for, read, listed, removed. The work itself is a job. */
import type { Caller } from '../contracts/caller.ts'
import type { Assignment, AssignmentPage, AssignmentStatus } from '../contracts/campaign.ts'
import { requireMove } from '../contracts/import-states.ts'
import { decodeCursor, idPattern, pageLimit, toPage } from '../contracts/keyset.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import {
  type AssignmentRecord,
  findAssignment,
  holdImport,
  queueAssignment,
  queueRemoval,
  readAssignments,
} from '../storage/contacts/assignments.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import { findCampaign } from './campaigns.ts'
import type { ContactContext } from './context.ts'

/**
 * Has all contacts of the import join the campaign, those to come too. The same once more gives the same
 * assignment. `import-not-started`, `import-state-conflict` and `assignment-being-removed` refuse it.
 */
export function assignImport(
  { orm }: ContactContext,
  caller: Caller,
  campaignId: string,
  importId: string,
): Promise<Assignment> {
  return inTenant(orm, caller.tenantId, async em => {
    await findCampaign(em, caller, campaignId)
    const { tenantId, subject: createdBy } = caller
    const sql = sqlOf(em)
    // Held for the moment of this call: no deletion may begin between the look at its state and the job.
    const row = await holdImport(sql, tenantId, importId)
    if (!row) throw new AppError('not-found')
    if (row.status === 'uploaded' || row.status === 'mapped')
      throw new AppError('import-not-started')
    requireMove('assign', row.status)
    if (row.kind === 'correction') throw new AppError('correction-without-contacts')
    const id = await queueAssignment(sql, { tenantId, campaignId, importId, createdBy })
    const record = await requireAssignment(em, campaignId, id)
    if (record.checkpoint.removedFrom !== undefined) throw new AppError('assignment-being-removed')
    return toAssignment(record)
  })
}

/** Newest first. */
export function listAssignments(
  { orm }: ContactContext,
  caller: Caller,
  campaignId: string,
  query: PageQuery,
): Promise<AssignmentPage> {
  const limit = pageLimit(query.limit)
  const [before = newest] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  return inTenant(orm, caller.tenantId, async em => {
    await findCampaign(em, caller, campaignId)
    const page = { beforeId: String(before), limit: limit + 1 }
    const records = await readAssignments(sqlOf(em), campaignId, page)
    return toPage(records, limit, { item: toAssignment, key: ({ id }) => [id] })
  })
}

/** Above every id: `idPattern` has eighteen digits. */
const newest = '999999999999999999'

export function getAssignment(
  { orm }: ContactContext,
  caller: Caller,
  campaignId: string,
  id: string,
): Promise<Assignment> {
  return inTenant(orm, caller.tenantId, async em =>
    toAssignment(await requireAssignment(em, campaignId, id)),
  )
}

/** Has exactly the places that the assignment put in taken out again; once that is done it is gone. */
export function removeAssignment(
  { orm }: ContactContext,
  caller: Caller,
  campaignId: string,
  id: string,
): Promise<Assignment> {
  return inTenant(orm, caller.tenantId, async em => {
    await requireAssignment(em, campaignId, id)
    await queueRemoval(sqlOf(em), caller.tenantId, id)
    return toAssignment(await requireAssignment(em, campaignId, id))
  })
}

async function requireAssignment(
  em: EntityManager,
  campaignId: string,
  id: string,
): Promise<AssignmentRecord> {
  const record = await findAssignment(sqlOf(em), campaignId, id)
  if (!record) throw new AppError('not-found')
  return record
}

/** An assignment as callers and subscribers see it. */
export function toAssignment(record: AssignmentRecord): Assignment {
  const { id, campaignId, importId, checkpoint, createdBy, createdAt, finishedAt } = record
  const { assigned, alreadyThere } = checkpoint
  return {
    id,
    campaignId,
    importId,
    status: statusOf(record),
    assigned,
    alreadyThere,
    progress: { percent: percentOf(record) },
    createdBy,
    createdAt,
    finishedAt,
  }
}

function statusOf({ status, checkpoint, isBegun, isAsleep }: AssignmentRecord): AssignmentStatus {
  if (checkpoint.removedFrom !== undefined) return 'removing'
  if (status !== 'queued') return status
  if (isAsleep) return 'waiting'
  // Between two turns its job is queued again, and yet under way.
  return isBegun ? 'running' : 'queued'
}

/** Tenths of a percent, rounded down. */
function percentOf({ status, checkpoint, firstRow, rowsTotal }: AssignmentRecord): number {
  const { row, removedFrom } = checkpoint
  if (removedFrom !== undefined) return shareOf(removedFrom - row, removedFrom)
  if (status === 'completed') return 100
  return shareOf(row - firstRow + 1, rowsTotal)
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.max(0, Math.min(99.9, Math.floor((part * 1000) / whole) / 10))
}
