/**
 * The jobs of the `jobs` table: each kind is a function that does one bounded step. A job keeps its place for a
 * turn and then goes behind the others, so that no long job holds up short ones.
 */
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { jobRestMs, jobRestMsMax, jobTurnMs } from '../limits.ts'
import type { Claim } from '../storage/jobs/claims.ts'
import {
  claimJob,
  giveJobBack,
  JobLostError,
  renewJobs,
  restJob,
  type Step,
  takeStep,
} from '../storage/jobs/step-jobs.ts'
import { isPassingFault, isStatementTimeout } from '../storage/postgres/faults.ts'
import type { Orm } from '../storage/postgres/orm.ts'
import type { Ending, Work } from './work.ts'

/** For each kind of job, the function that does one step of it. */
export type JobKinds = Readonly<Record<string, Step>>

export interface StepWorkOptions {
  readonly orm: Orm
  readonly config: Pick<
    Config,
    'leaseMs' | 'jobsRunningPerProcess' | 'jobsRunningMax' | 'jobsRunningPerTenant'
  >
  readonly log: Logger
}

/** The work of the runner on the `jobs` table. */
export function createStepWork(options: StepWorkOptions, kinds: JobKinds): Work<Claim> {
  const { orm, config } = options
  return {
    lines: {
      claimed: 'job claimed',
      ended: 'turn of a job ended',
      died: 'a turn of a job broke off',
      level: 'debug',
    },
    placesMax: config.jobsRunningPerProcess,
    claim: owner =>
      claimJob(orm, {
        owner,
        leaseMs: config.leaseMs,
        runningMax: config.jobsRunningMax,
        runningPerTenant: config.jobsRunningPerTenant,
      }),
    run: (claim, stopping) => runTurn(options, kinds, claim, stopping),
    renew: claims => renewJobs(orm, claims, config.leaseMs),
    giveBack: (claim, crashed) => giveJobBack(orm, claim, crashed),
    describe: ({ id, tenantId, epoch }) => ({ jobId: id, tenantId, epoch }),
  }
}

async function runTurn(
  { orm, config, log }: StepWorkOptions,
  kinds: JobKinds,
  claim: Claim,
  stopping: AbortSignal,
): Promise<Ending> {
  const turnEnds = performance.now() + jobTurnMs
  const endsTurn = () => performance.now() >= turnEnds
  try {
    while (!stopping.aborted) {
      const next = await takeStep(orm, claim, stepOf(kinds), { leaseMs: config.leaseMs, endsTurn })
      if (next === 'done' || next === 'gone') return 'completed'
      if (next !== 'again') return 'waiting'
    }
    return 'stopped'
  } catch (error) {
    if (error instanceof JobLostError) return 'lost'
    if (isPassingFault(error) && !isStatementTimeout(error)) return 'blocked'
    log.warn({ err: error, jobId: claim.id }, 'a step of a job failed; a smaller one is tried')
    await restJob(orm, claim, { firstMs: jobRestMs, longestMs: jobRestMsMax })
    return 'waiting'
  }
}

/** Throws for a kind that this release does not know, so that the job waits for a process of a newer release. */
function stepOf(kinds: JobKinds): (kind: string) => Step {
  return kind => {
    const step = kinds[kind]
    if (!step) throw new Error(`no step for jobs of the kind "${kind}"`)
    return step
  }
}
