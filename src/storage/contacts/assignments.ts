/** Assignments: the jobs of the kind `assignment`, each of one import to one campaign. */

import type { ImportStatus } from '../../contracts/import.ts'
import { isKept } from '../imports/deleting-imports.ts'
import { type ImportRow, importColumns } from '../imports/import-row.ts'
import { notifyQueue } from '../jobs/claims.ts'
import { moves } from '../jobs/moves.ts'
import { queueJob } from '../jobs/step-jobs.ts'
import { isoTime, type RunSql } from '../postgres/sql.ts'
import type { LostPlaces } from './campaign-places.ts'

export const assignmentKind = 'assignment'

/** How far an assignment got. All contacts up to `row` are in, or, while it is being removed, may be in. */
export interface AssignmentCheckpoint {
  readonly row: number
  readonly assigned: number
  readonly alreadyThere: number
  /** the repaired rows that are in, beside the walk: up to this row of this repair */
  readonly repaired?: RepairPlace
  /** the state of the import that the last event `assigned` told of */
  readonly told?: string
  /** where its removal began; it is being removed when this is there */
  readonly removedFrom?: number
}

/** A place among the repaired rows of an import: repairs are numbered in the order of their commits. */
export interface RepairPlace {
  readonly repair: number
  readonly row: number
}

export interface AssignmentRecord {
  readonly id: string
  readonly campaignId: string
  readonly importId: string
  readonly status: 'queued' | 'running' | 'completed' | 'failed'
  readonly isBegun: boolean
  readonly isAsleep: boolean
  readonly checkpoint: AssignmentCheckpoint
  readonly firstRow: number
  readonly rowsTotal: number
  readonly createdBy: string
  readonly createdAt: string
  readonly finishedAt: string | null
}

const columns = `j.id::text as id, j.campaign_id::text as "campaignId", j.import_id as "importId",
  j.status, j.started_at is not null as "isBegun", j.due_at = 'infinity' as "isAsleep", j.checkpoint,
  i.first_row as "firstRow", i.rows_total as "rowsTotal", j.created_by as "createdBy",
  ${isoTime('j.created_at')} as "createdAt", ${isoTime('j.finished_at')} as "finishedAt"`

/** Those of imports that are being deleted are in no answer. */
const assignments = `jobs j join imports i on i.tenant_id = j.tenant_id and i.id = j.import_id
  where j.tenant_id = current_setting('app.tenant') and j.kind = '${assignmentKind}'
    and ${isKept('i')}`

export async function findAssignment(
  sql: RunSql,
  campaignId: string,
  id: string,
): Promise<AssignmentRecord | undefined> {
  const [row] = await sql<AssignmentRecord>(
    `select ${columns} from ${assignments} and j.campaign_id = $1 and j.id = $2`,
    [campaignId, id],
  )
  return row
}

/** Newest first, from before an id. */
export function readAssignments(
  sql: RunSql,
  campaignId: string,
  page: { readonly beforeId: string; readonly limit: number },
): Promise<AssignmentRecord[]> {
  return sql<AssignmentRecord>(
    `select ${columns} from ${assignments} and j.campaign_id = $1 and j.id < $2
    order by j.id desc limit $3`,
    [campaignId, page.beforeId, page.limit],
  )
}

interface Wanted {
  readonly tenantId: string
  readonly campaignId: string
  readonly importId: string
  readonly createdBy: string
}

/**
 * Queues the assignment unless there is one; one that failed goes on. Gives its id. The caller holds the import: the walk
 * meets the rows that were repaired before, and those of later repairs are taken in beside it.
 */
export async function queueAssignment(sql: RunSql, wanted: Wanted): Promise<string> {
  const [row] = await sql<{ repairs: number }>(
    'select repairs from imports where tenant_id = $1 and id = $2',
    [wanted.tenantId, wanted.importId],
  )
  const repaired: RepairPlace = { repair: (row?.repairs ?? 0) + 1, row: 0 }
  const checkpoint: AssignmentCheckpoint = { row: 0, assigned: 0, alreadyThere: 0, repaired }
  return queueJob(sql, { ...wanted, kind: assignmentKind, checkpoint })
}

/**
 * Has the assignments of an import look once more: rows of it were repaired. The caller holds the import, as a step does
 * before it ends its job, so that none ends unseen.
 */
export async function wakeAssignments(
  sql: RunSql,
  { tenantId, importId }: { readonly tenantId: string; readonly importId: string },
): Promise<void> {
  const woken = await sql(
    `update jobs set ${moves.queuedAgain}
    where tenant_id = $1 and import_id = $2 and kind = '${assignmentKind}'
      and (status = 'completed' or (status = 'queued' and due_at > clock_timestamp()))
      and not checkpoint ? 'removedFrom'
    returning 1`,
    [tenantId, importId],
  )
  if (woken.length > 0) await notifyQueue(sql)
}

/** Has the assignment take out again what it put in; a step in hand writes nothing more. */
export async function queueRemoval(sql: RunSql, tenantId: string, id: string): Promise<void> {
  await sql(
    `update jobs set ${moves.queuedAgain},
      checkpoint = checkpoint || jsonb_build_object('removedFrom', checkpoint->'row')
    where tenant_id = $1 and id = $2 and not checkpoint ? 'removedFrom'`,
    [tenantId, id],
  )
  await notifyQueue(sql)
}

/**
 * Takes lost places off the counts of their assignments. One that is under way begins its step anew: it would write the
 * count that it read. The caller holds the import.
 */
export async function countLostPlaces(
  sql: RunSql,
  tenantId: string,
  lost: readonly LostPlaces[],
): Promise<void> {
  if (lost.length === 0) return
  const ids = lost.map(({ assignmentId }) => assignmentId)
  await sql(
    `update jobs set ${moves.queuedAgain}
    where tenant_id = $1 and id = any($2::bigint[]) and status = 'running'`,
    [tenantId, ids],
  )
  await sql(
    `update jobs set checkpoint = checkpoint || jsonb_build_object('assigned',
      (checkpoint ->> 'assigned')::int - lost.places)
    from jsonb_to_recordset($2::jsonb) as lost ("assignmentId" bigint, places int)
    where tenant_id = $1 and id = lost."assignmentId"`,
    [tenantId, JSON.stringify(lost)],
  )
  await notifyQueue(sql)
}

/** An import as a step of an assignment sees it. */
export interface PeekedImport {
  readonly status: ImportStatus
  readonly nextRow: number
  /** number of its last repair */
  readonly repairs: number
}

/** What a step asks of its import; undefined when it is gone. */
export async function peekImport(
  sql: RunSql,
  tenantId: string,
  importId: string,
): Promise<PeekedImport | undefined> {
  const [row] = await sql<PeekedImport>(
    'select status, next_row as "nextRow", repairs from imports where tenant_id = $1 and id = $2',
    [tenantId, importId],
  )
  return row
}

export type HeldImport = ImportRow & Pick<PeekedImport, 'repairs'>

/** The same with all that an event tells, unchanged until the transaction ends: for its last moment alone. */
export async function holdImport(
  sql: RunSql,
  tenantId: string,
  importId: string,
): Promise<HeldImport | undefined> {
  const [row] = await sql<HeldImport>(
    `select ${importColumns}, repairs from imports where tenant_id = $1 and id = $2 for no key update`,
    [tenantId, importId],
  )
  return row
}
