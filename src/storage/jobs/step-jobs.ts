/**
 * The `jobs` table: work in steps, each step one transaction that passes the fence of its job. The function of a
 * kind does the work of a step; this file knows no kind.
 */
import { crashpoint } from '../../crashpoints.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'

import type { Settings } from '../postgres/session-settings.ts'
import type { RunSql } from '../postgres/sql.ts'
import { inTenant } from '../postgres/tenant-session.ts'
import * as claims from './claims.ts'
import {
  type Claim,
  type ClaimOptions,
  claimNext,
  type JobQueue,
  type JobTable,
  notifyQueue,
} from './claims.ts'
import { moves, numbered } from './moves.ts'

/** A job as its steps see it. */
export interface Job extends Claim {
  readonly kind: string
  readonly importId: string | null
  readonly campaignId: string | null
  /** how far the job got, in a form that its kind defines */
  readonly checkpoint: object
  /** steps that failed minus steps that were committed since, never below 0 */
  readonly faults: number
}

/** How many rows the next step takes: half of `rowsMax` after a fault, a quarter after two, at least one. */
export function rowsOfStep({ faults }: Pick<Job, 'faults'>, rowsMax: number): number {
  return Math.max(1, Math.floor(rowsMax / 2 ** faults))
}

/**
 * What a job does after a step: `again`: it takes the next step at once · `asleep`: it waits until somebody wakes
 * it · `laterMs`: it takes the next step after so many milliseconds · `done`: it is completed, and its row stays as
 * a record · `gone`: it is over, and its row is deleted.
 */
export type AfterStep = 'again' | 'asleep' | { readonly laterMs: number } | 'done' | 'gone'

export interface StepEnd {
  readonly next: AfterStep
  /** when left out, the job keeps the checkpoint that it had */
  readonly checkpoint?: object
}

/** One bounded piece of the work of a kind, within a transaction of the job's tenant. */
export type Step = (sql: RunSql, job: Job) => Promise<StepEnd>

/** The claim is no longer in force: the job is gone, was changed by a caller, or has another worker. */
export class JobLostError extends Error {
  constructor({ id }: Claim) {
    super(`the claim on job ${id} is lost`)
    this.name = 'JobLostError'
  }
}

const jobs: JobTable = {
  name: 'jobs',
  key: 'id',
  idType: 'bigint',

  async begin(sql, { tenantId }) {
    await sql(
      `insert into tenants (tenant_id, last_job_at) values ($1, clock_timestamp())
      on conflict (tenant_id) do update set last_job_at = excluded.last_job_at`,
      [tenantId],
    )
  },

  async fail() {},
}

const queue: JobQueue = {
  tables: [jobs],

  /** Tenants take turns: first the one with the fewest running jobs, among equals the one that waited longest. */
  async findQueued(sql, { runningMax, runningPerTenant }) {
    const [found] = await sql<Omit<claims.Candidate, 'table'>>(
      `with recursive waiting as (
        (select tenant_id from jobs where status = 'queued' order by tenant_id limit 1)
        union all
        select next.tenant_id from waiting cross join lateral (
          select tenant_id from jobs
          where status = 'queued' and tenant_id > waiting.tenant_id
          order by tenant_id limit 1) next
      ), turn as (
        select first.tenant_id, first.id
        from waiting cross join lateral (
          select tenant_id, id from jobs
          where tenant_id = waiting.tenant_id and status = 'queued' and due_at <= clock_timestamp()
          order by due_at, id limit 1) first
        cross join lateral (
          select count(*) as jobs from jobs
          where tenant_id = waiting.tenant_id and status = 'running') running
        left join tenants t on t.tenant_id = waiting.tenant_id
        where running.jobs < $2 and (select count(*) from jobs where status = 'running') < $1
        order by running.jobs, t.last_job_at nulls first, first.id limit 1
      )
      select j.id::text as id, j.tenant_id as "tenantId", 0 as crashes
      from turn join jobs j on j.tenant_id = turn.tenant_id and j.id = turn.id
      where j.status = 'queued' for update of j skip locked`,
      [runningMax, runningPerTenant],
    )
    return found && { ...found, table: jobs }
  },
}

/** Takes the next job, or undefined when none is due or the caps are reached. */
export async function claimJob(orm: Orm, options: ClaimOptions): Promise<Claim | undefined> {
  return (await claimNext(orm, queue, options))?.claim
}

/** Extends the leases of those claims on jobs that are in force, to `leaseMs` milliseconds from now. */
export function renewJobs(orm: Orm, held: readonly Claim[], leaseMs: number): Promise<void> {
  return claims.renewLeases(orm, jobs, held, leaseMs)
}

/** Gives a job back at once, so that another worker goes on with it; `crashed` when its run broke off. */
export function giveJobBack(orm: Orm, claim: Claim, crashed: boolean): Promise<void> {
  return claims.giveBack(orm, jobs, claim, crashed)
}

export interface JobCreation {
  readonly tenantId: string
  readonly kind: string
  readonly importId?: string
  readonly campaignId?: string
  readonly createdBy?: string
  readonly checkpoint?: object
}

/**
 * Queues a job in the transaction of the change that needs it, and gives the job's id. When the table already holds
 * the same job (a unique index of its kind decides that), it makes no second one: a failed job is queued again, and
 * any other one stays as it is.
 */
export async function queueJob(sql: RunSql, job: JobCreation): Promise<string> {
  const { tenantId, kind, importId = null, campaignId = null } = job
  const { createdBy = null, checkpoint = {} } = job
  const [made] = await sql<{ id: string }>(
    `insert into jobs (tenant_id, kind, import_id, campaign_id, created_by, checkpoint)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id::text as id`,
    [tenantId, kind, importId, campaignId, createdBy, JSON.stringify(checkpoint)],
  )
  await notifyQueue(sql)
  if (made) return made.id
  const same = `tenant_id = $1 and kind = $2 and import_id is not distinct from $3
    and campaign_id is not distinct from $4`
  const key = [tenantId, kind, importId, campaignId]
  await sql(`update jobs set ${moves.queuedAgain} where ${same} and status = 'failed'`, key)
  const [found] = await sql<{ id: string }>(`select id::text as id from jobs where ${same}`, key)
  return found!.id
}

/**
 * The planner settings of every step: PostgreSQL may only walk along indexes. Where much of a table is to change, the
 * planner would choose to read the table from its beginning, so each step would read past all rows that earlier steps
 * changed. And with statistics older than the rows, the planner expects an empty group and compares all rows with all
 * others.
 */
export const stepSettings: Settings = Object.fromEntries(
  ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material', 'sort'].map(method => [
    `enable_${method}`,
    'off',
  ]),
)

/**
 * Takes one step of a claimed job in one transaction, and gives what the job does next. The fence comes last, so that
 * the job's row is locked only for the commit. Throws `JobLostError` and writes nothing when the claim is lost.
 */
export async function takeStep(
  orm: Orm,
  claim: Claim,
  stepOf: (kind: string) => Step,
  options: { readonly leaseMs: number; readonly endsTurn: () => boolean },
): Promise<AfterStep> {
  const { after, importId } = await inTenant(
    orm,
    claim.tenantId,
    async em => {
      const sql = sqlOf(em)
      const job = await loadJob(sql, claim)
      const { next, checkpoint = job.checkpoint } = await stepOf(job.kind)(sql, job)
      // A job whose turn is over goes behind the queued jobs of its own tenant and of all others.
      const after = next === 'again' && options.endsTurn() ? { laterMs: 0 } : next
      await passFence(sql, claim, { after, checkpoint, leaseMs: options.leaseMs })
      const importId = job.importId ?? undefined
      crashpoint('after-job-fence-before-commit', importId)
      return { after, importId }
    },
    stepSettings,
  )
  crashpoint('after-job-step', importId)
  return after
}

async function loadJob(sql: RunSql, claim: Claim): Promise<Job> {
  const [job] = await sql<Omit<Job, keyof Claim>>(
    `select kind, import_id as "importId", campaign_id::text as "campaignId", checkpoint, faults
    from jobs where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,
    [claim.tenantId, claim.id, claim.epoch],
  )
  if (!job) throw new JobLostError(claim)
  return { ...claim, ...job }
}

interface Passing {
  readonly after: AfterStep
  readonly checkpoint: object
  readonly leaseMs: number
}

async function passFence(sql: RunSql, claim: Claim, passing: Passing): Promise<void> {
  const key = [claim.tenantId, claim.id, claim.epoch]
  const held = `tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`
  const checkpoint = JSON.stringify(passing.checkpoint)
  const passed = await (passing.after === 'gone'
    ? sql(`delete from jobs where ${held} returning 1`, key)
    : sql(
        `update jobs set checkpoint = $4, faults = greatest(faults - 1, 0), ${changeAfter(passing)}
        where ${held} returning 1`,
        [...key, checkpoint],
      ))
  if (passed.length !== 1) throw new JobLostError(claim)
  if (passing.after !== 'again') await notifyQueue(sql)
}

const free = 'owner = null, lease_until = null, crashes = 0'

function changeAfter({ after, leaseMs }: Passing): string {
  if (after === 'again') return numbered(moves.committed, { leaseMs: String(leaseMs) })
  if (after === 'done') return `status = 'completed', finished_at = now(), ${free}`
  const due =
    after === 'asleep' || after === 'gone'
      ? `'infinity'`
      : `clock_timestamp() + ${after.laterMs} * interval '1 millisecond'`
  return `status = 'queued', due_at = ${due}, ${free}`
}

/**
 * Lets a job whose step ended in an error rest before its next try: `firstMs` milliseconds, doubled for each earlier
 * fault, at most `longestMs`. Does nothing when the claim is lost.
 */
export function restJob(
  orm: Orm,
  claim: Claim,
  wait: { readonly firstMs: number; readonly longestMs: number },
): Promise<void> {
  return inTenant(orm, claim.tenantId, async em => {
    await sqlOf(em)(
      `update jobs set status = 'queued', owner = null, lease_until = null, faults = faults + 1,
        due_at = clock_timestamp()
          + least($5::float8, $4::float8 * 2 ^ least(faults, 30)) * interval '1 millisecond'
      where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,
      [claim.tenantId, claim.id, claim.epoch, wait.firstMs, wait.longestMs],
    )
  })
}
