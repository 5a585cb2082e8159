/**
 * The relay's side of the outbox: which events wait for the broker, what became of each, and the end of their
 * retention. An event waits, is published, or is parked, which means that the broker refused it for good.
 */
import {
  outboxDeleteRows,
  relayEventsPerImport,
  relayReadBytesPerImport,
  republishRows,
} from '../../limits.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import type { RunSql } from '../postgres/sql.ts'
import { inService } from '../postgres/tenant-session.ts'
import { firstWithin, type OutboxRow, outboxColumns } from './outbox.ts'

/** SQL condition: the event waits. It is spelt as in the indexes `outbox_waiting` and `outbox_waiting_since`. */
export const waits = 'published_at is null and parked_at is null'

/** When the event was published or parked, spelt as in the index `outbox_settled`. */
const settledAt = 'coalesce(published_at, parked_at)'

export interface WaitingEvent extends OutboxRow {
  /** the event was published before, and an operator asked to publish it once more */
  readonly again: boolean
}

export interface EventKey {
  readonly tenantId: string
  readonly importId: string
  readonly seq: number
}

function inRelay<T>(orm: Orm, work: (sql: RunSql) => Promise<T>): Promise<T> {
  return inService(orm, 'relay', em => work(sqlOf(em)))
}

/**
 * Reads waiting events of up to `imports` imports, the oldest import first, without the imports in `except`. Of each
 * import it gives the first events by `seq`: at least one, and no more than `relayReadBytesPerImport` bytes.
 */
export async function readWaitingEvents(
  orm: Orm,
  { imports, except }: { imports: number; except: readonly string[] },
): Promise<WaitingEvent[][]> {
  const firstEvents = `select * from outbox where ${waits} and outbox.import_id = found.import_id
    order by seq limit ${relayEventsPerImport}`
  // The query walks the index from one import to the next, so its cost grows with the imports, not with their events.
  const rows = await inRelay(orm, sql =>
    sql<WaitingEvent>(
      `with recursive found as (
        (select import_id, 1 as place from outbox where ${waits} and import_id <> all($1::uuid[])
          order by import_id limit 1)
        union all
        select next.import_id, found.place + 1 from found cross join lateral (
          select import_id from outbox
          where ${waits} and import_id > found.import_id and import_id <> all($1::uuid[])
          order by import_id limit 1) next
        where found.place < $2
      )
      select e.* from found cross join lateral (
        select ${outboxColumns}, again
        from ${firstWithin(relayReadBytesPerImport, firstEvents, 'seq')} first_events) e
      order by found.place, e.seq`,
      [except, imports],
    ),
  )
  const byImport = new Map<string, WaitingEvent[]>()
  for (const event of rows) {
    const events = byImport.get(event.importId)
    if (events) events.push(event)
    else byImport.set(event.importId, [event])
  }
  return [...byImport.values()]
}

/**
 * Records that the broker has these events. When an operator asked for an event once more after the relay had read it,
 * the event goes on waiting: the broker may have lost what it took before.
 */
export async function markPublished(
  orm: Orm,
  events: readonly (EventKey & Pick<WaitingEvent, 'again'>)[],
): Promise<void> {
  await inRelay(orm, sql =>
    sql(
      `update outbox o set published_at = clock_timestamp(), again = false
      from unnest($1::text[], $2::uuid[], $3::int[], $4::boolean[])
        as k(tenant_id, import_id, seq, again)
      where o.tenant_id = k.tenant_id and o.import_id = k.import_id and o.seq = k.seq and o.again = k.again and ${waits}`,
      [
        events.map(e => e.tenantId),
        events.map(e => e.importId),
        events.map(e => e.seq),
        events.map(e => e.again),
      ],
    ),
  )
}

/** Parks an event with the reason, so that it no longer blocks the events behind it. */
export async function parkEvent(orm: Orm, key: EventKey, reason: string): Promise<void> {
  await inRelay(orm, sql =>
    sql(
      `update outbox set parked_at = clock_timestamp(), parked_reason = $4
      where tenant_id = $1 and import_id = $2 and seq = $3 and ${waits}`,
      [key.tenantId, key.importId, key.seq, reason],
    ),
  )
}

export interface Retention {
  readonly hours: number
  /** whether no broker is there to publish to: then the retention of a waiting event counts from its creation */
  readonly withoutBroker: boolean
}

/**
 * Removes some of the events whose retention has ended, and gives how many. With a broker it never removes an event
 * that waits to be published.
 */
export async function removeOldEvents(
  orm: Orm,
  { hours, withoutBroker }: Retention,
): Promise<number> {
  const settled = await removeSome(orm, `${settledAt} < now() - $1 * interval '1 hour'`, hours)
  if (!withoutBroker) return settled
  const age = `${waits} and created_at < now() - $1 * interval '1 hour'`
  return settled + (await removeSome(orm, age, hours))
}

/** Several processes may do this at the same time: each one skips the rows that others have locked. */
async function removeSome(orm: Orm, condition: string, hours: number): Promise<number> {
  const [gone] = await inRelay(orm, async sql => {
    await byIndexAlone(sql)
    return sql<{ events: string }>(
      `with gone as (
        delete from outbox where ctid = any(array(
          select ctid from outbox where ${condition}
          limit ${outboxDeleteRows} for update skip locked))
        returning 1)
      select count(*) as events from gone`,
      [hours],
    )
  })
  return Number(gone!.events)
}

/**
 * Keeps PostgreSQL from reading whole tables for the rest of the transaction. With statistics older than the rows, the
 * planner may misjudge how many rows match, and choose that.
 */
export async function byIndexAlone(sql: RunSql): Promise<void> {
  await sql(`select set_config('enable_seqscan', 'off', true)`)
}

export interface Republication {
  readonly since: Date
  readonly importId?: string | undefined
}

/**
 * Makes published and parked events wait once more, and gives how many. All of it happens in one transaction, because
 * the relay must not meet a later event of an import before an earlier one.
 */
export function requestRepublication(orm: Orm, wanted: Republication): Promise<number> {
  return inRelay(orm, async sql => {
    let total = 0
    let after: EventKey | null = await beforeFirst(sql, wanted.importId)
    while (after) {
      const step = await republishSome(sql, wanted, after)
      total += step.events
      after = step.after
    }
    return total
  })
}

const nilUuid = '00000000-0000-0000-0000-000000000000'

/** The key before all events, or before the events of one import; null when that import has none. */
async function beforeFirst(sql: RunSql, importId: string | undefined): Promise<EventKey | null> {
  if (importId === undefined) return { tenantId: '', importId: nilUuid, seq: 0 }
  // The caller does not know the import's tenant: the query walks the primary key from one tenant to the next.
  const [found] = await sql<{ tenantId: string }>(
    `with recursive tenant as (
      (select tenant_id from outbox order by tenant_id limit 1)
      union all
      select (select tenant_id from outbox where tenant_id > tenant.tenant_id
        order by tenant_id limit 1)
      from tenant where tenant_id is not null
    )
    select tenant_id as "tenantId" from tenant where exists (
      select from outbox where outbox.tenant_id = tenant.tenant_id and import_id = $1)`,
    [importId],
  )
  return found ? { tenantId: found.tenantId, importId, seq: 0 } : null
}

/** Walks the primary key, so that the cost of each step depends only on its own rows. */
async function republishSome(
  sql: RunSql,
  { since, importId }: Republication,
  after: EventKey,
): Promise<{ events: number; after: EventKey | null }> {
  const isBehind =
    importId === undefined
      ? '(tenant_id, import_id, seq) > ($1, $2::uuid, $3::int)'
      : 'tenant_id = $1 and import_id = $2::uuid and seq > $3::int'
  const [step] = await sql<{ events: string } & (EventKey | Record<keyof EventKey, null>)>(
    `with page as materialized (
      select tenant_id, import_id, seq from outbox
      where ${isBehind}
      order by tenant_id, import_id, seq limit ${republishRows}
    ), changed as (
      update outbox o set published_at = null, parked_at = null, parked_reason = null, again = true
      from page where o.tenant_id = page.tenant_id and o.import_id = page.import_id
        and o.seq = page.seq and ${settledAt} is not null and created_at >= $4
      returning 1
    )
    select (select count(*) from changed) as events, last.tenant_id as "tenantId",
      last.import_id as "importId", last.seq
    from (select 1) one
    left join (select * from page order by tenant_id desc, import_id desc, seq desc limit 1) last on true`,
    [after.tenantId, after.importId, after.seq, since],
  )
  const { events, ...last } = step!
  return { events: Number(events), after: last.tenantId === null ? null : last }
}
