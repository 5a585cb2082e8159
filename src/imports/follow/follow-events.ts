/**
 * The stream of one reader: the state of each import, then `ready`, then every event. A reader that comes back gets no
 * states: `ready` is followed by the events that it missed.
 */
import type { Caller } from '../../contracts/caller.ts'
import type { ImportEvent } from '../../contracts/events.ts'
import { uuidPattern } from '../../contracts/schema.ts'
import type { FollowQuery, StreamMessage } from '../../contracts/services.ts'
import { findEventPosition, type OutboxRow, toImportEvent } from '../../storage/outbox/outbox.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenantSnapshot } from '../../storage/postgres/tenant-session.ts'
import type { ImportContext } from '../context.ts'
import type { EventTails } from './event-tail.ts'
import { type InSnapshot, OpeningStates } from './opening-states.ts'

export interface FollowContext extends ImportContext {
  readonly tails: EventTails
}

/**
 * Follows the caller's tenant, or one import of it (`not-found` when there is none). With a known `lastEventId` the
 * stream goes on after that event; otherwise it begins with states. It ends when `signal` aborts.
 */
export async function* followEvents(
  context: FollowContext,
  caller: Caller,
  { query, signal }: { query: FollowQuery; signal: AbortSignal },
): AsyncGenerator<StreamMessage> {
  const inSnapshot: InSnapshot = work => inTenantSnapshot(context.orm, caller.tenantId, work)
  const reader = context.tails.open(caller.tenantId)
  try {
    const opening = new OpeningStates(inSnapshot, caller, query.importId)
    const known = await findLastEvent(inSnapshot, query)
    if (known === null) for await (const state of opening.read()) yield { kind: 'state', state }
    yield { kind: 'ready', resumed: known !== null }
    let position = known ?? opening.position
    while (!signal.aborted) {
      for (const row of await reader.next(position, signal)) {
        position = row.position
        const isWanted = query.importId === undefined || row.importId === query.importId
        if (isWanted && !opening.tellsOf(row)) yield { kind: 'event', event: eventOf(row) }
      }
    }
  } finally {
    reader.close()
  }
}

/** Readers of a tenant share the rows, and through this map the events that are made of them. */
const events = new WeakMap<OutboxRow, ImportEvent>()

function eventOf(row: OutboxRow): ImportEvent {
  const known = events.get(row)
  if (known) return known
  const event = toImportEvent(row)
  events.set(row, event)
  return event
}

/** The position of the last event that the reader saw; null when the event is unknown or belongs to another stream. */
async function findLastEvent(inSnapshot: InSnapshot, query: FollowQuery): Promise<number | null> {
  const [importId, seq] = query.lastEventId?.split(':') ?? []
  if (!importId || !uuidPattern.test(importId) || !/^\d{1,9}$/.test(seq ?? '')) return null
  if (query.importId !== undefined && query.importId !== importId) return null
  return inSnapshot(em => findEventPosition(sqlOf(em), importId, Number(seq)))
}
