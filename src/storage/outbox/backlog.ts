/**
 * Measures what waits for the broker, for monitoring. It costs the same however large the outbox is: counting stops at
 * `backlogCountMax`, and the oldest event is the first one of an index.
 */
import { backlogCountMax } from '../../limits.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import { inService } from '../postgres/tenant-session.ts'
import { byIndexAlone, waits } from './unpublished-events.ts'

export interface Backlog {
  /** events that wait; `backlogCountMax` means that many or more */
  readonly waiting: number
  /** parked events; `backlogCountMax` means that many or more */
  readonly parked: number
  readonly oldestWaitingSeconds: number
}

/** Measures the outbox of all tenants. */
export async function measureBacklog(orm: Orm): Promise<Backlog> {
  const [row] = await inService(orm, 'relay', async em => {
    const sql = sqlOf(em)
    await byIndexAlone(sql)
    return sql<Record<keyof Backlog, string | null>>(
      `select
        (select count(*) from (select from outbox where ${waits} limit $1) w) as waiting,
        (select count(*) from (select from outbox where parked_at is not null limit $1) p) as parked,
        (select extract(epoch from clock_timestamp() - created_at) from outbox where ${waits}
          order by created_at limit 1) as "oldestWaitingSeconds"`,
      [backlogCountMax],
    )
  })
  return {
    waiting: Number(row!.waiting),
    parked: Number(row!.parked),
    oldestWaitingSeconds: Math.max(0, Number(row!.oldestWaitingSeconds ?? 0)),
  }
}

/** The number of events that wait because an operator asked to publish them once more; it counts them without a cap. */
export async function countRepublications(orm: Orm): Promise<number> {
  const [row] = await inService(orm, 'relay', em =>
    sqlOf(em)<{ events: string }>('select count(*) as events from outbox where again'),
  )
  return Number(row!.events)
}
