/**
 * The job that assigns an import to a campaign. It puts in the contacts in the order of their rows, a step at a time,
 * and follows the import until it is completed: while the import runs it looks again, and while the import stands
 * still it sleeps until the import moves on. Its removal takes the same way back.
 */
import { assignmentFollowMs, assignmentRowsPerStep } from '../limits.ts'
import {
  type AssignmentCheckpoint,
  findAssignment,
  type HeldImport,
  holdImport,
  type PeekedImport,
  peekImport,
  type RepairPlace,
} from '../storage/contacts/assignments.ts'
import {
  addPlaces,
  addRepairedPlaces,
  type PlaceGroup,
  removePlaces,
} from '../storage/contacts/campaign-places.ts'
import type { ImportRow } from '../storage/imports/import-row.ts'
import { type Job, rowsOfStep, type StepEnd } from '../storage/jobs/step-jobs.ts'
import { recordAssigned } from '../storage/outbox/outbox.ts'
import { isoTime, type RunSql } from '../storage/postgres/sql.ts'
import { toAssignment } from './assignments.ts'

export async function assignContacts(sql: RunSql, job: Job): Promise<StepEnd> {
  const { tenantId, campaignId, importId } = job
  const group = {
    tenantId,
    campaignId: campaignId!,
    importId: importId!,
    assignmentId: job.id,
  }
  const checkpoint = job.checkpoint as AssignmentCheckpoint
  const limit = rowsOfStep(job, assignmentRowsPerStep)
  return checkpoint.removedFrom === undefined
    ? addStep(sql, group, checkpoint, limit)
    : removeStep(sql, group, checkpoint, limit)
}

async function addStep(
  sql: RunSql,
  group: PlaceGroup,
  before: AssignmentCheckpoint,
  limit: number,
): Promise<StepEnd> {
  const seen = await peekImport(sql, group.tenantId, group.importId)
  if (!seen || seen.status === 'deleting') return { next: 'gone' }
  const { contacts, lastRow, added } = await addPlaces(sql, group, {
    afterRow: before.row,
    beforeRow: seen.nextRow,
    limit,
  })
  const isCaughtUp = contacts < limit
  const walked = {
    ...before,
    row: isCaughtUp ? seen.nextRow - 1 : lastRow!,
    assigned: before.assigned + added,
    alreadyThere: before.alreadyThere + contacts - added,
  }
  if (!isCaughtUp) return { next: 'again', checkpoint: walked }
  const checkpoint = await takeRepaired(sql, group, walked, { seen, limit })
  const row = await holdImport(sql, group.tenantId, group.importId)
  if (!row || row.status === 'deleting') return { next: 'gone' }
  const hasMoved = row.nextRow !== seen.nextRow || row.repairs >= checkpoint.repaired.repair
  return hasMoved ? { next: 'again', checkpoint } : follow(sql, group, row, checkpoint)
}

/**
 * Puts in contacts of rows that were repaired behind the walk: a corrected row joins the campaigns of its group, whenever
 * that is. Where all repairs that the step saw are in, the place that it gives lies behind them.
 */
async function takeRepaired(
  sql: RunSql,
  group: PlaceGroup,
  before: AssignmentCheckpoint,
  { seen, limit }: { readonly seen: PeekedImport; readonly limit: number },
): Promise<AssignmentCheckpoint & { readonly repaired: RepairPlace }> {
  const { repaired: after = { repair: 0, row: 0 } } = before
  if (after.repair > seen.repairs) return { ...before, repaired: after }
  const { repaired, last, added } = await addRepairedPlaces(sql, group, { after, limit })
  const behind = { repair: seen.repairs + 1, row: 0 }
  return {
    ...before,
    repaired: repaired < limit ? behind : last!,
    assigned: before.assigned + added,
  }
}

/** What follows once all contacts that the import has are in. The import is held: it cannot move on unseen. */
async function follow(
  sql: RunSql,
  group: PlaceGroup,
  row: HeldImport,
  checkpoint: AssignmentCheckpoint,
): Promise<StepEnd> {
  if (row.status === 'running') return { next: { laterMs: assignmentFollowMs }, checkpoint }
  // A queued import moves on soon; nothing is told of a pause between.
  if (row.status === 'queued') return { next: 'asleep', checkpoint }
  const next = row.status === 'completed' ? 'done' : 'asleep'
  const told = `${row.status} ${row.nextRow} ${row.epoch} ${row.repairs}`
  if (checkpoint.told === told) return { next, checkpoint }
  const after = { ...checkpoint, told }
  await tell(sql, group, row, after)
  return { next, checkpoint: after }
}

async function tell(
  sql: RunSql,
  { campaignId, assignmentId }: PlaceGroup,
  row: ImportRow,
  checkpoint: AssignmentCheckpoint,
): Promise<void> {
  const found = await findAssignment(sql, campaignId, assignmentId)
  if (!found) return
  const isOver = row.status === 'completed'
  const assignment = toAssignment({
    ...found,
    checkpoint,
    status: isOver ? 'completed' : 'queued',
    isAsleep: true,
    finishedAt: isOver ? await startOfStep(sql) : null,
  })
  await recordAssigned(sql, row, assignment)
}

/** The time that the fence notes as the end of the job. */
async function startOfStep(sql: RunSql): Promise<string> {
  const [row] = await sql<{ now: string }>(`select ${isoTime('now()')} as now`)
  return row!.now
}

async function removeStep(
  sql: RunSql,
  group: PlaceGroup,
  before: AssignmentCheckpoint,
  limit: number,
): Promise<StepEnd> {
  const { contacts, firstRow, removed } = await removePlaces(sql, group, {
    upToRow: before.row,
    limit,
  })
  if (contacts < limit) return { next: 'gone' }
  const checkpoint = { ...before, row: firstRow! - 1, assigned: before.assigned - removed }
  return { next: 'again', checkpoint }
}
