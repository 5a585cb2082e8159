/** Imports as jobs: which import is claimed next, which events its start and its failure record, how many wait. */

import { queueCountMax } from '../../limits.ts'
import * as jobs from '../jobs/claims.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import type { RunSql } from '../postgres/sql.ts'
import { inService } from '../postgres/tenant-session.ts'
import { type ImportRow, importColumns } from './import-row.ts'

/** The right to run an import, until another claim of it raises the epoch. */
export interface Claim {
  readonly importId: string
  readonly tenantId: string
  readonly epoch: number
}

const imports: jobs.JobTable = {
  name: 'imports',
  idType: 'uuid',

  /**
   * Tenants take turns in the order of `queue_places`, which tells them their places. Only the first queued import of
   * each tenant can be next.
   */
  async findQueued(sql, { runningMax, runningPerTenant }) {
    const [found] = await sql<jobs.Candidate>(
      `with recursive waiting as (
        (select tenant_id from imports where status = 'queued' order by tenant_id limit 1)
        union all
        select next.tenant_id from waiting cross join lateral (
          select tenant_id from imports
          where status = 'queued' and tenant_id > waiting.tenant_id
          order by tenant_id limit 1) next
      ), first as materialized (
        select waiting.tenant_id, oldest.id, running.imports as running, t.last_claimed_at
        from waiting cross join lateral (
          select id from imports
          where tenant_id = waiting.tenant_id and status = 'queued'
          order by queued_at, id limit 1) oldest
        cross join lateral (
          select count(*) as imports from imports
          where tenant_id = waiting.tenant_id and status = 'running') running
        left join tenants t on t.tenant_id = waiting.tenant_id
        where running.imports < $2
          and (select count(*) from imports where status = 'running') < $1
      )
      select i.id, i.tenant_id as "tenantId", 0 as crashes
      from first f join imports i on i.tenant_id = f.tenant_id and i.id = f.id
      where i.status = 'queued'
      order by f.running, f.last_claimed_at nulls first, i.queued_at, i.id
      limit 1 for update of i skip locked`,
      [runningMax, runningPerTenant],
    )
    return found
  },

  async begin(sql, { id, tenantId }) {
    await sql(
      `insert into tenants (tenant_id, last_claimed_at) values ($1, clock_timestamp())
      on conflict (tenant_id) do update set last_claimed_at = excluded.last_claimed_at`,
      [tenantId],
    )
    await recordEvent(sql, await readRow(sql, tenantId, id), 'started', byService)
  },

  async fail(sql, { id, tenantId, crashes }) {
    await sql(
      `update imports set failure_code = 'import-poisoned',
        failure_data = jsonb_build_object('crashes', $3::int) where tenant_id = $1 and id = $2`,
      [tenantId, id, crashes],
    )
    await recordEvent(sql, await readRow(sql, tenantId, id), 'failed', byService)
  },
}

async function readRow(sql: RunSql, tenantId: string, id: string): Promise<ImportRow> {
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from imports where tenant_id = $1 and id = $2`,
    [tenantId, id],
  )
  return row!
}

/** Takes the next import, or undefined when there is none or the caps are reached. */
export async function claimImport(
  orm: Orm,
  options: jobs.ClaimOptions,
): Promise<Claim | undefined> {
  const claim = await jobs.claimNext(orm, imports, options)
  return claim && { importId: claim.id, tenantId: claim.tenantId, epoch: claim.epoch }
}

/** Extends the leases of those claims on imports that are in force, to `leaseMs` milliseconds from now. */
export function renewLeases(orm: Orm, claims: readonly Claim[], leaseMs: number): Promise<void> {
  return jobs.renewLeases(orm, imports, claims.map(asJob), leaseMs)
}

/** Gives an import back at once, so that another worker continues it; `crashed` when its thread died. */
export function releaseLease(orm: Orm, claim: Claim, crashed: boolean): Promise<void> {
  return jobs.giveBack(orm, imports, asJob(claim), crashed)
}

function asJob({ importId, tenantId, epoch }: Claim): jobs.Claim {
  return { id: importId, tenantId, epoch }
}

const queueCounts = `select ${['queued', 'running', 'deleting']
  .map(
    status => `(select count(*)::int from (
      select tenant_id from imports where status = '${status}' limit ${queueCountMax}) counted) as ${status}`,
  )
  .join(', ')}`

/**
 * Counts the imports of all tenants that still need work, by state. It counts each state along an index, up to
 * `queueCountMax`.
 */
export function measureQueue(orm: Orm): Promise<Record<'queued' | 'running' | 'deleting', number>> {
  return inService(orm, 'queue', async em => {
    const [row] = await sqlOf(em)<Record<'queued' | 'running' | 'deleting', number>>(queueCounts)
    return row!
  })
}
