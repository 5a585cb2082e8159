/**
 * Keeps the newest events of each followed tenant, and reads them once for all readers of the tenant. A reader that falls
 * behind the kept events reads from the database. Each reader gets only a few events at a time, so that many slow readers
 * do not hold old events in memory.
 */
import {
  eventsKeptBytesPerTenant,
  eventsKeptPerTenant,
  eventsPerTurn,
  eventsPerTurnBytes,
  outboxPageBytes,
  outboxPageRows,
} from '../../limits.ts'
import {
  type EventPage,
  eventChannel,
  findLastPosition,
  type OutboxRow,
  readEventsAfter,
} from '../../storage/outbox/outbox.ts'
import type { Notifications } from '../../storage/postgres/notifications.ts'
import type { Orm } from '../../storage/postgres/orm.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'

/** Follows one tenant's events from a position on. */
export interface TailReader {
  /** The next events after `position` of the tenant. Waits until there are some; gives [] once `signal` aborts. */
  next(position: number, signal: AbortSignal): Promise<OutboxRow[]>
  close(): void
}

/** How many events one reader gets at once, and how many one query reads for all readers of a tenant. */
const turn: EventPage = { rows: eventsPerTurn, bytes: eventsPerTurnBytes }
const sharedPage: EventPage = { rows: outboxPageRows, bytes: outboxPageBytes }

export class EventTails {
  readonly #orm: Orm
  readonly #tails = new Map<string, TenantTail>()

  constructor(orm: Orm, notifications: Notifications) {
    this.#orm = orm
    notifications.on(eventChannel, payload => {
      const tenantId = payload.split(':')[0]!
      if (tenantId) this.#tails.get(tenantId)?.wake()
      else for (const tail of this.#tails.values()) tail.wake()
    })
  }

  open(tenantId: string): TailReader {
    let tail = this.#tails.get(tenantId)
    if (!tail) {
      tail = new TenantTail(this.#orm, tenantId)
      this.#tails.set(tenantId, tail)
    }
    const opened = tail
    opened.readers += 1
    return {
      next: (position, signal) => opened.next(position, signal),
      close: () => {
        opened.readers -= 1
        if (opened.readers === 0) this.#tails.delete(tenantId)
      },
    }
  }
}

class TenantTail {
  readers = 0
  readonly #orm: Orm
  readonly #tenantId: string
  /** in order of position, the newest last */
  #kept: OutboxRow[] = []
  #waiting = new Set<() => void>()
  #reading: Promise<void> | undefined
  #stale = true

  constructor(orm: Orm, tenantId: string) {
    this.#orm = orm
    this.#tenantId = tenantId
  }

  wake(): void {
    this.#stale = true
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  async next(position: number, signal: AbortSignal): Promise<OutboxRow[]> {
    while (!signal.aborted) {
      await this.#refresh()
      const rows = await this.#after(position)
      if (rows.length > 0) return rows
      // A read that another reader began may bring rows for this one, and nobody would wake it: it waits for that read.
      if (!this.#stale && !this.#reading) await this.#wait(signal)
    }
    return []
  }

  async #after(position: number): Promise<OutboxRow[]> {
    const first = this.#kept[0]
    if (!first || position + 1 < first.position) return this.#read(position, turn)
    const next = this.#kept.findLastIndex(row => row.position <= position) + 1
    return firstOf(this.#kept.slice(next, next + turn.rows), turn.bytes)
  }

  /** Reads the events after the last kept one, once for all readers that ask now. */
  #refresh(): Promise<void> {
    if (this.#reading || !this.#stale) return this.#reading ?? Promise.resolve()
    this.#reading = this.#readOn().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readOn(): Promise<void> {
    this.#stale = false
    try {
      const position = this.#kept.at(-1)?.position ?? (await this.#beforeNewest())
      const rows = await this.#read(position, sharedPage)
      if (rows.length === 0) return
      this.#kept = newest([...this.#kept, ...rows])
      this.#stale = true
    } catch (error) {
      this.#stale = true
      throw error
    }
  }

  #beforeNewest(): Promise<number> {
    return inTenant(this.#orm, this.#tenantId, async em => (await findLastPosition(sqlOf(em))) - 1)
  }

  #read(position: number, page: EventPage): Promise<OutboxRow[]> {
    return inTenant(this.#orm, this.#tenantId, em => readEventsAfter(sqlOf(em), position, page))
  }

  #wait(signal: AbortSignal): Promise<void> {
    // The signal may have aborted during a read, and it fires no second time.
    if (signal.aborted) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    const done = () => {
      this.#waiting.delete(done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    this.#waiting.add(done)
    signal.addEventListener('abort', done, { once: true })
    return promise
  }
}

/** The first rows that together have no more than `bytesMax` bytes; the very first row in any case. */
function firstOf(rows: readonly OutboxRow[], bytesMax: number): OutboxRow[] {
  let bytes = 0
  const end = rows.findIndex((row, at) => (bytes += row.bytes) > bytesMax && at > 0)
  return end === -1 ? [...rows] : rows.slice(0, end)
}

/** The last rows within the limits of what a tenant's tail keeps; the very last row in any case. */
function newest(rows: readonly OutboxRow[]): OutboxRow[] {
  let first = rows.length
  for (let bytes = 0; first > 0 && rows.length - first < eventsKeptPerTenant; first--) {
    bytes += rows[first - 1]!.bytes
    if (bytes > eventsKeptBytesPerTenant && first < rows.length) break
  }
  return rows.slice(first)
}
