/**
 * How much waits for the broker, for those who watch. It costs the same however large the outbox is: counts end
 * where a larger number would say nothing more, and the oldest event is the first of an index.
 */
import { backlogCountMax } from '../../limits.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import { inService } from '../postgres/tenant-session.ts'
import { byIndexAlone, waits } from './unpublished-events.ts'

export interface Backlog {
  /** `backlogCountMax` stands for all from there on */
  readonly waiting: number
  /** as `waiting` */
  readonly parked: number
  readonly oldestWaitingSeconds: number
}

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

/** Events that wait because they are wanted once more, every one of them. */
export async function countRepublications(orm: Orm): Promise<number> {
  const [row] = await inService(orm, 'relay', em =>
    sqlOf(em)<{ events: string }>('select count(*) as events from outbox where again'),
  )
  return Number(row!.events)
}
