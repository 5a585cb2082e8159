/** Owns one question: how long after a kill another process committed the next batch. Read from the audit. */
import { queryOnce } from '../support/query.ts'

export interface Recovery {
  importId: string
  /** until it was another's */
  claimedMs: number
  /** until that one had committed rows */
  ms: number
}

/**
 * For every import that a killed process was running: the time until another one had committed rows of it, or
 * its end. Imports that were cancelled or deleted meanwhile, and kills that hit the successor too, do not count.
 */
export async function measureRecoveries(
  adminUrl: string,
  kills: readonly { at: string; pid: number }[],
): Promise<Recovery[]> {
  const rows = await queryOnce(
    adminUrl,
    `with kills as (
      select at, pid, lead(at) over (order by at) as next_at
      from unnest($1::timestamptz[], $2::int[]) k (at, pid)
    ), held as (
      select k.at, k.next_at, k.pid, c.* from kills k cross join lateral (
        select distinct on (import_id) import_id, id, status, owner, next_row
        from audit.changes where changes.at <= k.at order by import_id, changes.id desc) c
      where c.status = 'running' and split_part(c.owner, '/', 2)::int = k.pid
    )
    select h.import_id as "importId", extract(epoch from r.at - h.at) * 1000 as ms,
      (select extract(epoch from min(c.at) - h.at) * 1000 from audit.changes c
        where c.import_id = h.import_id and c.id > h.id and c.owner <> h.owner) as "claimedMs"
    from held h cross join lateral (
      select a.at, a.status from audit.changes a
      where a.import_id = h.import_id and a.id > h.id
        and (a.next_row > h.next_row or a.status <> 'running') and a.at > h.at
      order by a.id limit 1) r
    where r.status in ('running', 'completed') and (h.next_at is null or r.at < h.next_at)
    order by ms`,
    [kills.map(({ at }) => at), kills.map(({ pid }) => pid)],
  )
  return rows.map(({ importId, claimedMs, ms }) => ({
    importId: String(importId),
    claimedMs: Number(claimedMs),
    ms: Number(ms),
  }))
}

/** The value below which the given part of them lies; undefined of none. */
export function quantile(values: readonly number[], part: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)]
}
