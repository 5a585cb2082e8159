/**
 * Imports and validations as jobs: which of them is claimed next, which events their start and their failure record, how
 * many imports wait.
 */

import type { Run } from '../../contracts/run-state.ts'
import { queueCountMax } from '../../limits.ts'
import * as jobs from '../jobs/claims.ts'
import { byService, recordEvent } from '../outbox/outbox.ts'
import type { Orm } from '../postgres/orm.ts'
import { sqlOf } from '../postgres/orm-sql.ts'
import type { RunSql } from '../postgres/sql.ts'
import { inService } from '../postgres/tenant-session.ts'
import { type ImportRow, importColumns } from './import-row.ts'

/** The right to run an import, or its validation, until another claim of it raises the epoch. */
export interface Claim {
  readonly importId: string
  readonly tenantId: string
  readonly epoch: number
}

/** A claim, and what it lets run. */
export interface RunClaim extends Claim {
  readonly run: Run
}

const imports: jobs.JobTable = {
  name: 'imports',
  key: 'id',
  idType: 'uuid',

  async begin(sql, { id, tenantId }) {
    await noteTurn(sql, tenantId)
    await recordEvent(sql, await readRow(sql, tenantId, id), 'started', byService)
  },

  async fail(sql, { id, tenantId, crashes }) {
    await sql(`update imports set ${poisoned} where tenant_id = $1 and id = $2`, [
      tenantId,
      id,
      crashes,
    ])
    await recordEvent(sql, await readRow(sql, tenantId, id), 'failed', byService)
  },
}

const validations: jobs.JobTable = {
  name: 'validations',
  key: 'import_id',
  idType: 'uuid',

  async begin(sql, { id, tenantId }) {
    await noteTurn(sql, tenantId)
    await recordEvent(sql, await readRow(sql, tenantId, id), 'validation-started', byService)
  },

  /** The event needs the lock of the import. Whoever holds that one may wait for this validation, so it is not waited for. */
  async fail(sql, { id, tenantId, crashes }) {
    await sql('select from imports where tenant_id = $1 and id = $2 for update nowait', [
      tenantId,
      id,
    ])
    await sql(`update validations set ${poisoned} where tenant_id = $1 and import_id = $2`, [
      tenantId,
      id,
      crashes,
    ])
    await recordEvent(sql, await readRow(sql, tenantId, id), 'validation-failed', byService)
  },
}

const poisoned = `failure_code = 'import-poisoned',
  failure_data = jsonb_build_object('crashes', $3::int)`

async function noteTurn(sql: RunSql, tenantId: string): Promise<void> {
  await sql(
    `insert into tenants (tenant_id, last_claimed_at) values ($1, clock_timestamp())
    on conflict (tenant_id) do update set last_claimed_at = excluded.last_claimed_at`,
    [tenantId],
  )
}

async function readRow(sql: RunSql, tenantId: string, id: string): Promise<ImportRow> {
  const [row] = await sql<ImportRow>(
    `select ${importColumns} from imports where tenant_id = $1 and id = $2`,
    [tenantId, id],
  )
  return row!
}

const queue: jobs.JobQueue = {
  tables: [imports, validations],

  /**
   * Imports and validations wait in one order. Tenants take turns in the order of `queue_places`, which tells them their
   * places. Only the first of each tenant can be next. The lock is that of the import's row, for a validation as well: a
   * caller holds it while changing either of them.
   */
  async findQueued(sql, { runningMax, runningPerTenant }) {
    const [found] = await sql<Omit<jobs.Candidate, 'table'> & { readonly run: Run }>(
      `with recursive waiting as (
        select ${nextTenant('')} as tenant_id
        union all
        select ${nextTenant('and tenant_id > waiting.tenant_id')}
        from waiting where waiting.tenant_id is not null
      ), first as materialized (
        select waiting.tenant_id, oldest.run, oldest.id, oldest.queued_at, running.runs,
          t.last_claimed_at
        from waiting cross join lateral (
          ${oldestOf('imports', 'id', 'import')} union all ${oldestOf('validations', 'import_id', 'validation')}
          order by queued_at, id limit 1) oldest
        cross join lateral (
          select ${runningOf('imports')} + ${runningOf('validations')} as runs) running
        left join tenants t on t.tenant_id = waiting.tenant_id
        where running.runs < $2
          and (select count(*) from imports where status = 'running')
            + (select count(*) from validations where status = 'running') < $1
      )
      select i.id, i.tenant_id as "tenantId", f.run, 0 as crashes
      from first f join imports i on i.tenant_id = f.tenant_id and i.id = f.id
      where i.status = 'queued' or f.run = 'validation'
      order by f.runs, f.last_claimed_at nulls first, f.queued_at, i.id
      limit 1 for update of i skip locked`,
      [runningMax, runningPerTenant],
    )
    if (!found) return undefined
    const { run, ...job } = found
    if (run === 'import') return { ...job, table: imports }
    return (await isQueued(sql, job)) ? { ...job, table: validations } : undefined
  },
}

const nextTenant = (behind: string) => `least(
  (select tenant_id from imports where status = 'queued' ${behind} order by tenant_id limit 1),
  (select tenant_id from validations where status = 'queued' ${behind} order by tenant_id limit 1))`

const oldestOf = (table: string, id: string, run: Run) => `(
  select '${run}' as run, ${id} as id, queued_at from ${table}
  where tenant_id = waiting.tenant_id and status = 'queued' order by queued_at, ${id} limit 1)`

const runningOf = (table: string) => `(
  select count(*) from ${table} where tenant_id = waiting.tenant_id and status = 'running')`

/** Looked at again under the lock: a caller may have cancelled it in the meantime. */
async function isQueued(
  sql: RunSql,
  { tenantId, id }: Pick<jobs.Candidate, 'tenantId' | 'id'>,
): Promise<boolean> {
  const rows = await sql(
    `select from validations where tenant_id = $1 and import_id = $2 and status = 'queued'
    for update skip locked`,
    [tenantId, id],
  )
  return rows.length === 1
}

/** Takes the next import or validation, or undefined when there is none or the caps are reached. */
export async function claimRun(
  orm: Orm,
  options: jobs.ClaimOptions,
): Promise<RunClaim | undefined> {
  const claimed = await jobs.claimNext(orm, queue, options)
  if (!claimed) return undefined
  const { id: importId, tenantId, epoch } = claimed.claim
  return { importId, tenantId, epoch, run: claimed.table === validations ? 'validation' : 'import' }
}

/** Extends the leases of those claims that are in force, to `leaseMs` milliseconds from now. */
export async function renewLeases(
  orm: Orm,
  claims: readonly RunClaim[],
  leaseMs: number,
): Promise<void> {
  const byRun = Map.groupBy(claims, ({ run }) => run)
  await Promise.all(
    [...byRun].map(([run, held]) => jobs.renewLeases(orm, tableOf[run], held.map(asJob), leaseMs)),
  )
}

/** Gives a run back at once, so that another worker continues it; `crashed` when its thread died. */
export function releaseLease(orm: Orm, claim: RunClaim, crashed: boolean): Promise<void> {
  return jobs.giveBack(orm, tableOf[claim.run], asJob(claim), crashed)
}

const tableOf: Readonly<Record<Run, jobs.JobTable>> = { import: imports, validation: validations }

function asJob({ importId, tenantId, epoch }: Claim): jobs.Claim {
  return { id: importId, tenantId, epoch }
}

/** The states in which something is left to do. */
const liveStates = {
  imports: ['queued', 'running', 'deleting'],
  validations: ['queued', 'running'],
} as const

type CountsOf<Table extends keyof typeof liveStates> = Record<
  (typeof liveStates)[Table][number],
  number
>

function countsOf(table: keyof typeof liveStates): string {
  const counts = liveStates[table].map(
    status => `(select count(*)::int from (
      select tenant_id from ${table} where status = '${status}' limit ${queueCountMax}) counted) as ${status}`,
  )
  return `select ${counts.join(', ')}`
}

/**
 * Counts the imports of all tenants that still need work, by state. It counts each state along an index, up to
 * `queueCountMax`.
 */
export function measureQueue(orm: Orm): Promise<CountsOf<'imports'>> {
  return measure(orm, 'imports')
}

/** The same of validations. */
export function measureValidations(orm: Orm): Promise<CountsOf<'validations'>> {
  return measure(orm, 'validations')
}

function measure<Table extends keyof typeof liveStates>(
  orm: Orm,
  table: Table,
): Promise<CountsOf<Table>> {
  return inService(orm, 'queue', async em => {
    const [row] = await sqlOf(em)<CountsOf<Table>>(countsOf(table))
    return row!
  })
}
