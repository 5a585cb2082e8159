/**
 * The outbox: the service writes every event in the transaction of the change that the event reports.
 * `seq` counts without gaps in one import, `position` in one tenant; both are raised under a row lock
 * that is held until the commit, so that their order is the order in which readers see them.
 */
import type { Assignment } from '../../contracts/campaign.ts'
import type { EventName, ImportAssigned, ImportEvent } from '../../contracts/events.ts'
import type { ImportProgress, ImportSnapshot, ValidationProgress } from '../../contracts/import.ts'
import {
  type ImportRecord,
  pickProgress,
  resultOf,
  toProgress,
  toSnapshot,
  toValidationProgress,
  type ValidationRecord,
} from '../../contracts/import-snapshot.ts'
import { readValidations } from '../imports/validation-record.ts'
import { isoTime, type RunSql } from '../postgres/sql.ts'

/** PostgreSQL channel that announces new events; the payload is `<tenant>:<importId>`. */
export const eventChannel = 'contact_import_events'

/** The actor of a change that the service makes by itself. */
export const byService = null

/** An import as events need it. Rows of plain SQL bring their validation; for others it is read. */
type EventRow = ImportRecord & { readonly validation?: ValidationRecord | null }

/**
 * Writes one event. `row` is the import as the current transaction leaves it; the transaction holds
 * its row lock. `actor` is the subject of the caller who made the change, or `byService`.
 */
export async function recordEvent(
  sql: RunSql,
  row: EventRow,
  event: Exclude<EventName, 'assigned'>,
  actor: string | typeof byService,
): Promise<void> {
  await writeEvent(sql, { row, event, actor, payload: await payloadOf(sql, row, event) })
}

/** Writes the event `assigned`, which describes an assignment beside the import; otherwise as `recordEvent`. */
export async function recordAssigned(
  sql: RunSql,
  row: EventRow,
  assignment: Assignment,
): Promise<void> {
  const validation = await validationOf(sql, row)
  const payload = { ...toSnapshot(row, { validation }), assignment }
  await writeEvent(sql, { row, event: 'assigned', actor: byService, payload })
}

async function writeEvent(
  sql: RunSql,
  {
    row,
    event,
    actor,
    payload,
  }: Pick<OutboxRow, 'event' | 'actor' | 'payload'> & { readonly row: ImportRecord },
): Promise<void> {
  await sql(
    `with turn as (
      insert into tenants (tenant_id, event_position) values ($1, 1)
      on conflict (tenant_id) do update set event_position = tenants.event_position + 1
      returning event_position
    ), import as (
      update imports set event_seq = event_seq + 1
      where tenant_id = $1 and id = $2 returning event_seq
    ), event as (
      insert into outbox (tenant_id, import_id, seq, position, event, payload, actor, created_at)
      select $1, $2, import.event_seq, turn.event_position, $3, $4, $6, clock_timestamp()
      from turn, import
    )
    select pg_notify('${eventChannel}', $5)`,
    [row.tenantId, row.id, event, JSON.stringify(payload), `${row.tenantId}:${row.id}`, actor],
  )
}

async function payloadOf(
  sql: RunSql,
  row: EventRow,
  event: EventName,
): Promise<OutboxRow['payload']> {
  if (event === 'progress') return toProgress(row)
  // Nobody could validate it before.
  const validation = event === 'uploaded' ? null : await validationOf(sql, row)
  if (event === 'validation-progress') return toValidationProgress(row, validation!)
  const isQueued = row.status === 'queued' || validation?.status === 'queued'
  const queuePosition = isQueued ? await findQueuePosition(sql, row.id) : null
  return toSnapshot(row, { queuePosition, validation })
}

async function validationOf(sql: RunSql, row: EventRow): Promise<ValidationRecord | null> {
  if (row.validation !== undefined) return row.validation
  return (await readValidations(sql, [row.id])).get(row.id) ?? null
}

/** The place of an import, or of its validation, in the order of claims, 1 = next; null when neither is queued. */
export async function findQueuePosition(sql: RunSql, importId: string): Promise<number | null> {
  return (await findQueuePositions(sql, [importId])).get(importId) ?? null
}

/**
 * The places of several imports of the tenant whose transaction this is, or of their validations, by the ids of the
 * imports; those that are not queued have none. PostgreSQL reads the queue only up to the last of them: of each other tenant no more imports than this tenant
 * has running or queued up to there.
 */
export async function findQueuePositions(
  sql: RunSql,
  importIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; place: string }>(
    'select import_id as id, place from queue_places($1::uuid[])',
    [importIds],
  )
  return new Map(rows.map(({ id, place }) => [id, Number(place)]))
}

export interface OutboxRow {
  readonly tenantId: string
  readonly importId: string
  readonly seq: number
  readonly position: number
  readonly event: EventName
  readonly payload: ImportSnapshot | ImportProgress | ValidationProgress | ImportAssigned
  readonly actor: string | null
  /** size of the payload */
  readonly bytes: number
  /** RFC 3339 */
  readonly createdAt: string
}

// The release before this one put the sheets of the import into each payload.
export const outboxColumns = `tenant_id as "tenantId", import_id as "importId", seq,
  position::float8 as position, event, payload - 'sheets' as payload, actor,
  octet_length((payload - 'sheets')::text) as bytes,
  ${isoTime('created_at')} as "createdAt"`

/** SQL for the first rows of the query `page` in `order`: at least one row, and together no more than `bytesMax` bytes. */
export function firstWithin(bytesMax: number, page: string, order: string): string {
  return `(select * from (
      select *, sum(octet_length(payload::text)) over (order by ${order}) as bytes_so_far,
        row_number() over (order by ${order}) as row_of_page
      from (${page}) page) sized
    where row_of_page = 1 or bytes_so_far <= ${bytesMax})`
}

/** The CloudEvent (1.0, structured mode) of an outbox row. */
export function toImportEvent(row: OutboxRow): ImportEvent {
  return {
    specversion: '1.0',
    id: `${row.importId}:${row.seq}`,
    source: 'contact-import',
    type: `contact-import.${row.event}.v1`,
    subject: row.importId,
    time: row.createdAt,
    datacontenttype: 'application/json',
    tenant: row.tenantId,
    actor: row.actor,
    data: dataOf(row),
  } as ImportEvent
}

/** Earlier releases put the whole import into events `progress`, too, and neither kind nor result nor validation into any. */
function dataOf({ event, payload }: OutboxRow): object {
  if (event === 'progress') return pickProgress(payload)
  if (event === 'validation-progress') return payload
  const result = resultOf(payload.status, payload.rows)
  return { kind: 'import', corrects: null, result, validation: null, ...payload }
}

/** How many events a query reads at most, and how many bytes they have together at most; the first one always comes. */
export interface EventPage {
  readonly rows: number
  readonly bytes: number
}

/** The tenant's next events after a position. */
export function readEventsAfter(
  sql: RunSql,
  position: number,
  { rows, bytes }: EventPage,
): Promise<OutboxRow[]> {
  const page = `select * from outbox
    where tenant_id = current_setting('app.tenant') and position > $1
    order by position limit ${rows}`
  return sql<OutboxRow>(
    `select ${outboxColumns} from ${firstWithin(bytes, page, 'position')} events order by position`,
    [position],
  )
}

/** The position of an event; null when the event is unknown or its retention has ended. */
export async function findEventPosition(
  sql: RunSql,
  importId: string,
  seq: number,
): Promise<number | null> {
  const [row] = await sql<{ position: number }>(
    `select position::float8 as position from outbox
    where tenant_id = current_setting('app.tenant') and import_id = $1 and seq = $2`,
    [importId, seq],
  )
  return row?.position ?? null
}

/** The position of the tenant's newest event; 0 when there is none. */
export async function findLastPosition(sql: RunSql): Promise<number> {
  const [row] = await sql<{ position: number }>(
    `select event_position::float8 as position from tenants
    where tenant_id = current_setting('app.tenant')`,
  )
  return row?.position ?? 0
}
