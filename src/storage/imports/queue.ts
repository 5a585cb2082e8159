/**
 * The queue: the `imports` row is the job. Claiming, renewing and giving back a lease; only
 * PostgreSQL's clock counts. `epoch` rises with every claim and fences the one before.
 */

import { crashpoint } from '../../crashpoints.ts'
import { claimIdleMs, crashesMax, suspectCrashes } from '../../limits.ts'
import { recordEvent } from '../outbox/outbox.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import type { RunSql } from '../postgres/sql.ts'
import { enterTenant, inService } from '../postgres/tenant-session.ts'
import { type ImportRow, importColumns } from './import-row.ts'

/** Channel that tells of work: a queued import, one given back, a deletion. */
export const queueChannel = 'contact_import_queue'

/** One claim at a time, so that counting running imports and adding one is a single step. */
const claimLock = 7_301_002

/** `lease_until` of a claim that its worker gave up: long ago, and a time that the ORM can read. */
const handedBack = `'epoch'`

export interface ClaimOptions {
  readonly owner: string
  readonly leaseMs: number
  readonly runningMax: number
  readonly runningPerTenant: number
}

export interface Claim {
  readonly importId: string
  readonly tenantId: string
  readonly epoch: number
}

/** Wakes every runner once the transaction commits. */
export async function notifyQueue(sql: RunSql): Promise<void> {
  await sql(`select pg_notify('${queueChannel}', '')`)
}

/** Takes the next import, or undefined when there is none or the caps are reached. */
export function claimImport(orm: Orm, options: ClaimOptions): Promise<Claim | undefined> {
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    // A process that hangs in here would keep all others from claiming.
    await sql(`select set_config('idle_in_transaction_session_timeout', $1, true)`, [
      String(claimIdleMs),
    ])
    await sql('select pg_advisory_xact_lock($1)', [claimLock])
    const claim = await claimNext(sql, options)
    if (claim) crashpoint('after-claim-before-commit', claim.importId)
    return claim
  })
}

/**
 * An import that took its process down takes those beside it along, which then look as guilty. So a suspect
 * runs alone: its process claims nothing beside it until its first batch is committed, and while one waits,
 * processes only finish what they have.
 */
async function claimNext(sql: RunSql, options: ClaimOptions): Promise<Claim | undefined> {
  const [mine] = await sql<{ running: number; suspects: number }>(
    `select count(*)::int as running, count(*) filter (where crashes >= $2)::int as suspects
    from imports where status = 'running' and owner = $1 and lease_until > clock_timestamp()`,
    [options.owner, suspectCrashes],
  )
  if (mine!.suspects > 0) return undefined
  const abandoned = await findAbandoned(sql, options)
  const isSuspect = abandoned !== undefined && abandoned.crashes >= suspectCrashes
  if (isSuspect && abandoned.crashes < crashesMax && mine!.running > 0) return undefined
  return abandoned ? takeAbandoned(sql, abandoned, options) : claimQueued(sql, options)
}

interface Found {
  readonly id: string
  readonly tenant_id: string
  readonly crashes: number
}

/**
 * An import whose lease ran out, those of good repute first. With an owner its process or thread died:
 * that counts as a crash. A lease last renewed before PostgreSQL's own start blames nobody: it could not
 * be renewed.
 */
async function findAbandoned(sql: RunSql, options: ClaimOptions): Promise<Found | undefined> {
  const [found] = await sql<Found>(
    `select id, tenant_id, crashes + (owner is not null and (lease_until = ${handedBack}
        or lease_until - $1 * interval '1 millisecond' > pg_postmaster_start_time()))::int as crashes
    from imports
    where status = 'running' and lease_until < clock_timestamp()
    order by crashes >= $2, lease_until limit 1 for update skip locked`,
    [options.leaseMs, suspectCrashes - 1],
  )
  return found
}

/** Goes on with it, or fails it after `crashesMax` crashes without one committed batch. */
async function takeAbandoned(
  sql: RunSql,
  found: Found,
  options: ClaimOptions,
): Promise<Claim | undefined> {
  await enterTenant(sql, found.tenant_id)
  if (found.crashes < crashesMax) return takeLease(sql, found, options)
  const [row] = await sql<ImportRow>(
    `update imports set status = 'failed', failure_code = 'import-poisoned',
      failure_data = jsonb_build_object('crashes', $3::int), crashes = 0,
      epoch = epoch + 1, owner = null, lease_until = null, finished_at = clock_timestamp()
    where tenant_id = $1 and id = $2 returning ${importColumns}`,
    [found.tenant_id, found.id, found.crashes],
  )
  await recordEvent(sql, row!, 'failed')
  await notifyQueue(sql)
  return undefined
}

async function claimQueued(sql: RunSql, options: ClaimOptions): Promise<Claim | undefined> {
  const [found] = await sql<Found>(
    `select i.id, i.tenant_id, 0 as crashes
    from queue_order() o 
      join imports i on i.tenant_id = o.queued_tenant and i.id = o.import_id
    where i.status = 'queued' and o.tenant_running < $2
      and (select count(*) from imports where status = 'running') < $1
    order by o.place limit 1 for update of i skip locked`,
    [options.runningMax, options.runningPerTenant],
  )
  if (!found) return undefined
  await enterTenant(sql, found.tenant_id)
  const claim = await takeLease(sql, found, options)
  await sql(
    `insert into tenants (tenant_id, last_claimed_at) values ($1, clock_timestamp())
    on conflict (tenant_id) do update set last_claimed_at = excluded.last_claimed_at`,
    [found.tenant_id],
  )
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from imports where tenant_id = $1 and id = $2`,
    [found.tenant_id, found.id],
  )
  await recordEvent(sql, row!, 'started')
  return claim
}

async function takeLease(sql: RunSql, found: Found, options: ClaimOptions): Promise<Claim> {
  const [row] = await sql<{ epoch: number }>(
    `update imports set status = 'running', epoch = epoch + 1, owner = $3, crashes = $5,
      lease_until = clock_timestamp() + $4 * interval '1 millisecond',
      started_at = coalesce(started_at, clock_timestamp()), rows_per_second = null
    where tenant_id = $1 and id = $2 returning epoch`,
    [found.tenant_id, found.id, options.owner, options.leaseMs, found.crashes],
  )
  return { importId: found.id, tenantId: found.tenant_id, epoch: row!.epoch }
}

/**
 * Extends the leases of these claims, as far as they are in force and not given back. A row that a
 * batch holds locked is passed over: the batch extends the lease itself.
 */
export function renewLeases(orm: Orm, claims: readonly Claim[], leaseMs: number): Promise<void> {
  return inService(orm, 'queue', async em => {
    await sqlOf(em)(
      `update imports set lease_until = clock_timestamp() + $4 * interval '1 millisecond'
      where (tenant_id, id) in (
        select i.tenant_id, i.id
        from imports i join unnest($1::text[], $2::uuid[], $3::int[]) claim (tenant_id, id, epoch)
          on claim.tenant_id = i.tenant_id and claim.id = i.id and claim.epoch = i.epoch
        where i.status = 'running' and i.lease_until > ${handedBack}
        for update of i skip locked)`,
      [
        claims.map(({ tenantId }) => tenantId),
        claims.map(({ importId }) => importId),
        claims.map(({ epoch }) => epoch),
        leaseMs,
      ],
    )
  })
}

/** Gives an import back at once, for another worker to continue; `crashed` when its thread died. */
export function releaseLease(orm: Orm, claim: Claim, crashed: boolean): Promise<void> {
  crashpoint('before-lease-release', claim.importId)
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    await sql(
      `update imports set owner = case when $4 then owner end, lease_until = ${handedBack}
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,
      [claim.tenantId, claim.importId, claim.epoch, crashed],
    )
    await notifyQueue(sql)
  })
}

/** Imports by state, as far as something is left to do for them. */
export function measureQueue(orm: Orm): Promise<Record<'queued' | 'running' | 'deleting', number>> {
  return inService(orm, 'queue', async em => {
    const rows = await sqlOf(em)<{ status: string; imports: string }>(
      `select status, count(*) as imports from imports
      where status in ('queued', 'running', 'deleting') group by status`,
    )
    const counted = Object.fromEntries(rows.map(({ status, imports }) => [status, Number(imports)]))
    return { queued: 0, running: 0, deleting: 0, ...counted }
  })
}
