/**
 * Claims, renews and gives back jobs of every table by the moves of `moves.ts`. It works as the service
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
  readonly table: JobTable
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

/** A table whose rows are jobs, and how its jobs differ from those of the others. */
export interface JobTable {
  readonly name: 'imports' | 'validations' | 'jobs'
  /** The column of the job's id. Together with the tenant it is the key of the table. */
  readonly key: 'id' | 'import_id'
  readonly idType: 'uuid' | 'bigint'
  /** Makes the table's own changes when a queued job is claimed, in the claim's transaction and as the job's tenant. */
  begin(sql: RunSql, claim: Claim): Promise<void>
  /** Makes the table's own changes when a poisoned job fails, in the same way. */
  fail(sql: RunSql, job: Candidate): Promise<void>
}

/** Tables whose jobs wait in one order and share their caps. */
export interface JobQueue {
  readonly tables: readonly JobTable[]
  /** The queued job whose turn it is, locked; undefined when there is none or the caps are reached. */
  findQueued(sql: RunSql, caps: Caps): Promise<Candidate | undefined>
}

/** A claim, and the table of its job. */
export interface ClaimedJob {
  readonly claim: Claim
  readonly table: JobTable
}

/** Wakes every runner once the transaction commits. */
export async function notifyQueue(sql: RunSql): Promise<void> {
  await sql(`select pg_notify('${queueChannel}', '')`)
}

/** Takes the next job of the queue, or undefined when there is none or the caps are reached. */
export function claimNext(
  orm: Orm,
  queue: JobQueue,
  options: ClaimOptions,
): Promise<ClaimedJob | undefined> {
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    const look = await lookForJobs(sql, queue)
    if (!look.isQueued && look.abandoned.length === 0) return undefined
    // A process that hangs in here would keep all others from claiming.
    await sql(
      `select set_config('idle_in_transaction_session_timeout', $1, true), pg_advisory_xact_lock($2)`,
      [String(claimIdleMs), claimLock],
    )
    const claimed = await choose(sql, queue, look.abandoned, options)
    if (claimed) crashpoint('after-claim-before-commit', claimed.claim.id)
    return claimed
  })
}

interface Look {
  readonly isQueued: boolean
  /** the tables that hold abandoned jobs */
  readonly abandoned: readonly JobTable[]
}

/** What there is to claim. Most claims find nothing, and need not wait for those of other processes. */
async function lookForJobs(sql: RunSql, { tables }: JobQueue): Promise<Look> {
  const queued = tables.map(({ name }) => `exists (select from ${name} where status = 'queued')`)
  const abandoned = tables.map(
    ({ name }, at) => `exists (select from ${name} where ${isAbandoned}) as "${at}"`,
  )
  const [row] = await sql<Record<string, boolean>>(
    `select ${queued.join(' or ')} as queued, ${abandoned.join(', ')}`,
  )
  return { isQueued: row!.queued!, abandoned: tables.filter((_, at) => row![at]) }
}

async function choose(
  sql: RunSql,
  queue: JobQueue,
  abandonedTables: readonly JobTable[],
  options: ClaimOptions,
): Promise<ClaimedJob | undefined> {
  const held = await countHeld(sql, options.owner)
  if (held.suspects > 0) return undefined
  const abandoned = await findAbandoned(sql, abandonedTables, options)
  const verdict = abandoned && judge(abandoned.crashes)
  if (verdict === 'innocent') return take(sql, abandoned!, options)
  if (verdict === 'poisoned') return failPoisoned(sql, abandoned!)
  if (verdict === 'suspect') {
    return held.running > 0 ? undefined : take(sql, abandoned!, options)
  }
  if (await suspectWaits(sql, options)) return undefined
  const queued = await queue.findQueued(sql, options)
  if (!queued) return undefined
  const claimed = await take(sql, queued, options)
  await claimed.table.begin(sql, claimed.claim)
  return claimed
}

const allTables = ['imports', 'validations', 'jobs'] as const

/** Jobs that the owner runs, of all tables, and how many of them are suspects. */
async function countHeld(
  sql: RunSql,
  owner: string,
): Promise<{ running: number; suspects: number }> {
  const held = allTables.map(
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

/** Whether a suspect of any table waits for a process that runs nothing. */
async function suspectWaits(sql: RunSql, { leaseMs }: ClaimOptions): Promise<boolean> {
  const crashes = numbered(crashesOfAbandoned, { leaseMs: '$1' })
  const waiting = allTables.map(
    name => `exists (select from ${name} where ${isAbandoned} and ${crashes} >= $2)`,
  )
  const [row] = await sql<{ waits: boolean }>(`select ${waiting.join(' or ')} as waits`, [
    leaseMs,
    suspectCrashes,
  ])
  return row!.waits
}

/** Locks one abandoned job of these tables and gives it; jobs with few crashes come first. */
async function findAbandoned(
  sql: RunSql,
  tables: readonly JobTable[],
  options: ClaimOptions,
): Promise<Candidate | undefined> {
  let found: Candidate | undefined
  for (const table of tables) {
    const other = await findAbandonedIn(sql, table, options)
    if (other && (found === undefined || other.crashes < found.crashes)) found = other
  }
  return found
}

async function findAbandonedIn(
  sql: RunSql,
  table: JobTable,
  { leaseMs }: ClaimOptions,
): Promise<Candidate | undefined> {
  const [found] = await sql<Omit<Candidate, 'table'>>(
    `select ${table.key}::text as id, tenant_id as "tenantId",
      ${numbered(crashesOfAbandoned, { leaseMs: '$1' })} as crashes
    from ${table.name} where ${isAbandoned}
    order by crashes >= $2, lease_until limit 1 for update skip locked`,
    [leaseMs, suspectCrashes - 1],
  )
  return found && { ...found, table }
}

async function take(
  sql: RunSql,
  { table, id, tenantId, crashes }: Candidate,
  { owner, leaseMs }: ClaimOptions,
): Promise<ClaimedJob> {
  await enterTenant(sql, tenantId)
  const change = numbered(moves.claimed, { owner: '$3', crashes: '$4', leaseMs: '$5' })
  const [row] = await sql<{ epoch: number }>(
    `update ${table.name} set ${change} where tenant_id = $1 and ${table.key} = $2 returning epoch`,
    [tenantId, id, owner, crashes, leaseMs],
  )
  return { claim: { id, tenantId, epoch: row!.epoch }, table }
}

async function failPoisoned(sql: RunSql, job: Candidate): Promise<undefined> {
  const { table, tenantId, id } = job
  await enterTenant(sql, tenantId)
  await sql(
    `update ${table.name} set ${moves.poisoned} where tenant_id = $1 and ${table.key} = $2`,
    [tenantId, id],
  )
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
  { name, key, idType }: JobTable,
  claims: readonly Claim[],
  leaseMs: number,
): Promise<void> {
  return inService(orm, 'queue', async em => {
    await sqlOf(em)(
      `update ${name} set ${numbered(moves.renewed, { leaseMs: '$4' })}
      where (tenant_id, ${key}) in (
        select held.tenant_id, held.${key} from ${name} held
        join unnest($1::text[], $2::${idType}[], $3::int[]) claim (tenant_id, id, epoch)
          on held.tenant_id = claim.tenant_id and held.${key} = claim.id and held.epoch = claim.epoch
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
  { name, key }: JobTable,
  { tenantId, id, epoch }: Claim,
  crashed: boolean,
): Promise<void> {
  crashpoint('before-lease-release', id)
  return inService(orm, 'queue', async em => {
    const sql = sqlOf(em)
    await sql(
      `update ${name} set ${crashed ? moves.givenUp : moves.handedBack}
      where tenant_id = $1 and ${key} = $2 and epoch = $3 and status = 'running'`,
      [tenantId, id, epoch],
    )
    await notifyQueue(sql)
  })
}
