/** The stream of one reader: the state of each import first, then every event; or what it missed. */
import type { Caller } from '../../contracts/caller.ts'
import type { ImportEvent } from '../../contracts/events.ts'
import type { ImportStatus } from '../../contracts/import.ts'
import { toSnapshot } from '../../contracts/import-snapshot.ts'
import { uuidPattern } from '../../contracts/schema.ts'
import type { FollowQuery, StreamMessage } from '../../contracts/services.ts'
import { statesShownMax } from '../../limits.ts'
import { ImportEntity } from '../../storage/imports/import-entity.ts'
import {
  findEventPosition,
  findLastPosition,
  type OutboxRow,
  toImportEvent,
} from '../../storage/outbox/outbox.ts'
import type { EntityManager } from '../../storage/postgres/orm.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenantSnapshot } from '../../storage/postgres/tenant-session.ts'
import type { ImportContext } from '../context.ts'
import { findImport, findPlaces, type ImportWithoutSheets } from '../find-import.ts'
import type { EventTails } from './event-tail.ts'

export interface FollowContext extends ImportContext {
  readonly tails: EventTails
}

/**
 * Follows the caller's tenant, or one import of it (`not-found` when there is none). With a known
 * `lastEventId` it goes on after that event; else it begins with states. Ends when `signal` aborts.
 */
export async function* followEvents(
  context: FollowContext,
  caller: Caller,
  { query, signal }: { query: FollowQuery; signal: AbortSignal },
): AsyncGenerator<StreamMessage> {
  // The reader is open before the states are read, so that nothing falls between the two.
  const reader = context.tails.open(caller.tenantId)
  try {
    // One snapshot: no event that follows is older than the states.
    const begin = await inTenantSnapshot(context.orm, caller.tenantId, em =>
      readBeginning(em, caller, query),
    )
    let { position } = begin
    // Taken out, so that a stream does not keep for hours what it showed at first.
    yield* begin.states.splice(0)
    while (!signal.aborted) {
      for (const row of await reader.next(position, signal)) {
        position = row.position
        if (query.importId === undefined || row.importId === query.importId) {
          yield { kind: 'event', event: eventOf(row) }
        }
      }
    }
  } finally {
    reader.close()
  }
}

/** Readers of a tenant share rows, and so what is made of them. */
const events = new WeakMap<OutboxRow, ImportEvent>()

function eventOf(row: OutboxRow): ImportEvent {
  const known = events.get(row)
  if (known) return known
  const event = toImportEvent(row)
  events.set(row, event)
  return event
}

interface Beginning {
  readonly position: number
  readonly states: StreamMessage[]
}

async function readBeginning(
  em: EntityManager,
  caller: Caller,
  query: FollowQuery,
): Promise<Beginning> {
  const sql = sqlOf(em)
  const known = await findLastEvent(em, query)
  if (known !== null) return { position: known, states: [] }
  const position = await findLastPosition(sql)
  const entities = query.importId
    ? [await findImport(em, caller, query.importId)]
    : await findShown(em, caller)
  const places = await findPlaces(em, entities)
  const states = entities.map((entity): StreamMessage => {
    return { kind: 'state', state: toSnapshot(entity, { queuePosition: places.get(entity.id) }) }
  })
  return { position, states }
}

const moving: ImportStatus[] = ['queued', 'running', 'deleting']

/** The newest imports, and those that change by themselves however old they are; newest first. */
async function findShown(em: EntityManager, { tenantId }: Caller): Promise<ImportWithoutSheets[]> {
  const newestFirst = { id: 'desc' } as const
  const newest = await em.find(
    ImportEntity,
    { tenantId },
    { orderBy: newestFirst, limit: statesShownMax },
  )
  const last = newest.at(-1)
  if (!last) return []
  const older = { tenantId, id: { $lt: last.id }, status: { $in: moving } }
  return [...newest, ...(await em.find(ImportEntity, older, { orderBy: newestFirst }))]
}

/** The position of the last event that the reader saw, if it is one of this stream's. */
async function findLastEvent(em: EntityManager, query: FollowQuery): Promise<number | null> {
  const [importId, seq] = query.lastEventId?.split(':') ?? []
  if (!importId || !uuidPattern.test(importId) || !/^\d{1,9}$/.test(seq ?? '')) return null
  if (query.importId !== undefined && query.importId !== importId) return null
  return findEventPosition(sqlOf(em), importId, Number(seq))
}
