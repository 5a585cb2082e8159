/**
 * Claims, renews and gives back jobs of either table by the moves of `moves.ts`. It works as the service
 * `queue`, which sees the jobs of all tenants, and never touches the work of a job.
 */
import { crashpoint } from '../../crashpoints.ts'
import { claimIdleMs, suspectCrashes } from '../../limits.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import type { RunSql } from '../postgres/sql.ts'
import { enterTenant, inService } from '../postgres/tenant-session.ts'
import { crashesOfAbandoned, isAbandoned, isHeld, judge, moves, numbered } from './moves.ts'

/** PostgreSQL channel that wakes the runners: a job was queued, given back or ended, so that a claim may find one. */
export const queueChannel = 'contact_import_queue'

/** One claim at a time, so that counting running jobs and adding one is a single step. */
const claimLock = 7_301_002

export interface Claim {
  readonly id: string
  readonly tenantId: string
  readonly epoch: number
}

/** A job that a claim may take; its row is locked. */
export interface Candidate {
  readonly id: string
  readonly tenantId: string
  readonly crashes: number
}

export interface Caps {
  readonly runningMax: number
  readonly runningPerTenant: number
}

export interface ClaimOptions extends Caps {
  readonly owner: string
  readonly leaseMs: number
}

/** A table whose rows are jobs, and how its jobs differ from those of the other one. */
export interface JobTable {
  readonly name: 'imports' | 'jobs'
  readonly idType: 'uuid' | 'bigint'
  /** The queued job whose turn it is, locked; undefined when there is none or the caps are reached. */
  findQueued(sql: RunSql, caps: Caps): Promise<Candidate | undefined>
  /** Makes the table's own changes when a queued job is claimed, in the claim's transaction and as the job's tenant. */
  begin(sql: RunSql, claim: Claim): Promise<void>
  /** Makes the table's own changes when a poisoned job fails, in the same way. */
  fail(sql: RunSql, job: Candidate): Promise<void>
}

/** Wakes every runner once the transaction commits. */
export async function notifyQueue(sql: RunSql): Promise<void> {
  await sql(`select pg_notify('${queueChannel}', '')`)
}

/** Takes the next job of the table, or undefined when there is none or the caps are reached. */
export function claimNext(
  orm: Orm,
  table: JobTable,
  options: ClaimOptions,
): Promise<Claim | undefined> {
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    if (!(await hasCandidate(sql, table))) return undefined
    // A process that hangs in here would keep all others from claiming.
    await sql(
      `select set_config('idle_in_transaction_session_timeout', $1, true), pg_advisory_xact_lock($2)`,
      [String(claimIdleMs), claimLock],
    )
    const claim = await choose(sql, table, options)
    if (claim) crashpoint('after-claim-before-commit', claim.id)
    return claim
  })
}

/** Whether any job is queued or abandoned. Most claims find none, and need not wait for those of other processes. */
async function hasCandidate(sql: RunSql, { name }: JobTable): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }>(
    `select exists (select from ${name} where status = 'queued')
      or exists (select from ${name} where ${isAbandoned}) as exists`,
  )
  return row!.exists
}

async function choose(
  sql: RunSql,
  table: JobTable,
  options: ClaimOptions,
): Promise<Claim | undefined> {
  const held = await countHeld(sql, options.owner)
  if (held.suspects > 0) return undefined
  const abandoned = await findAbandoned(sql, table, options)
  const verdict = abandoned && judge(abandoned.crashes)
  if (verdict === 'innocent') return take(sql, table, abandoned!, options)
  if (verdict === 'poisoned') return failPoisoned(sql, table, abandoned!)
  if (verdict === 'suspect') {
    return held.running > 0 ? undefined : take(sql, table, abandoned!, options)
  }
  if (await suspectWaits(sql, options)) return undefined
  const queued = await table.findQueued(sql, options)
  if (!queued) return undefined
  const claim = await take(sql, table, queued, options)
  await table.begin(sql, claim)
  return claim
}

const tables = ['imports', 'jobs'] as const

/** Jobs that the owner runs, of both tables, and how many of them are suspects. */
async function countHeld(
  sql: RunSql,
  owner: string,
): Promise<{ running: number; suspects: number }> {
  const held = tables.map(
    name => `select crashes from ${name}
      where status = 'running' and owner = $1 and lease_until > clock_timestamp()`,
  )
  const [row] = await sql<{ running: number; suspects: number }>(
    `select count(*)::int as running, count(*) filter (where crashes >= $2)::int as suspects
    from (${held.join(' union all ')}) held`,
    [owner, suspectCrashes],
  )
  return row!
}

/** Whether a suspect of either table waits for a process that runs nothing. */
async function suspectWaits(sql: RunSql, { leaseMs }: ClaimOptions): Promise<boolean> {
  const crashes = numbered(crashesOfAbandoned, { leaseMs: '$1' })
  const waiting = tables.map(
    name => `exists (select from ${name} where ${isAbandoned} and ${crashes} >= $2)`,
  )
  const [row] = await sql<{ waits: boolean }>(`select ${waiting.join(' or ')} as waits`, [
    leaseMs,
    suspectCrashes,
  ])
  return row!.waits
}

/** Locks one abandoned job and gives it; jobs with few crashes come first. */
async function findAbandoned(
  sql: RunSql,
  { name }: JobTable,
  { leaseMs }: ClaimOptions,
): Promise<Candidate | undefined> {
  const [found] = await sql<Candidate>(
    `select id::text as id, tenant_id as "tenantId",
      ${numbered(crashesOfAbandoned, { leaseMs: '$1' })} as crashes
    from ${name} where ${isAbandoned}
    order by crashes >= $2, lease_until limit 1 for update skip locked`,
    [leaseMs, suspectCrashes - 1],
  )
  return found
}

async function take(
  sql: RunSql,
  { name }: JobTable,
  { id, tenantId, crashes }: Candidate,
  { owner, leaseMs }: ClaimOptions,
): Promise<Claim> {
  await enterTenant(sql, tenantId)
  const change = numbered(moves.claimed, { owner: '$3', crashes: '$4', leaseMs: '$5' })
  const [row] = await sql<{ epoch: number }>(
    `update ${name} set ${change} where tenant_id = $1 and id = $2 returning epoch`,
    [tenantId, id, owner, crashes, leaseMs],
  )
  return { id, tenantId, epoch: row!.epoch }
}

async function failPoisoned(sql: RunSql, table: JobTable, job: Candidate): Promise<undefined> {
  await enterTenant(sql, job.tenantId)
  await sql(`update ${table.name} set ${moves.poisoned} where tenant_id = $1 and id = $2`, [
    job.tenantId,
    job.id,
  ])
  await table.fail(sql, job)
  await notifyQueue(sql)
  return undefined
}

/**
 * Extends the leases of those claims that are in force and were not given back, to `leaseMs` milliseconds from now.
 * It skips a row that a step has locked: that step extends the lease itself.
 */
export function renewLeases(
  orm: Orm,
  { name, idType }: JobTable,
  claims: readonly Claim[],
  leaseMs: number,
): Promise<void> {
  return inService(orm, 'queue', async em => {
    await sqlOf(em)(
      `update ${name} set ${numbered(moves.renewed, { leaseMs: '$4' })}
      where (tenant_id, id) in (
        select held.tenant_id, held.id from ${name} held
        join unnest($1::text[], $2::${idType}[], $3::int[]) claim (tenant_id, id, epoch)
          on held.tenant_id = claim.tenant_id and held.id = claim.id and held.epoch = claim.epoch
        where ${isHeld} for update of held skip locked)`,
      [
        claims.map(({ tenantId }) => tenantId),
        claims.map(({ id }) => id),
        claims.map(({ epoch }) => epoch),
        leaseMs,
      ],
    )
  })
}

/**
 * Gives a job back at once, so that another worker goes on with it; `crashed` when the job's thread died. Does nothing
 * when the claim is lost.
 */
export function giveBack(
  orm: Orm,
  { name }: JobTable,
  { tenantId, id, epoch }: Claim,
  crashed: boolean,
): Promise<void> {
  crashpoint('before-lease-release', id)
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    await sql(
      `update ${name} set ${crashed ? moves.givenUp : moves.handedBack}
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,
      [tenantId, id, epoch],
    )
    await notifyQueue(sql)
  })
}
