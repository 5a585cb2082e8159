/**
 * The life of a job, whichever table keeps it: an import in `imports`, a validation in `validations`, everything else in
 * `jobs`.
 *
 * A job is `queued` until a worker with a free place claims it. The claim makes it `running`, names the
 * worker as its `owner`, gives it a lease by PostgreSQL's clock, and raises its `epoch`. The worker renews
 * the lease and commits its work in steps, and every step passes a fence: the row must still be `running`
 * under the epoch of the claim. A worker that lost its claim therefore writes nothing more.
 *
 * A worker that stops, or meets a database that is away or full, hands the job back: it has no owner then,
 * and its lease ends at once. A worker whose thread died gives the job up and stays its owner. When the
 * lease of a job ends while it is `running`, the next claim takes it over before any queued job. If it has
 * an owner then, its worker died with it, and the claim counts a crash. A step that is committed clears
 * that count.
 *
 * A crash also ends the jobs that ran beside the guilty one. So a job with `suspectCrashes` crashes is a
 * suspect and runs alone: its process claims nothing else until the suspect has committed a step, and while
 * a suspect waits, processes only finish the jobs that they have. A job with `crashesMax` crashes is
 * poisoned: it fails, and no worker claims it again before a person starts it once more. Whatever a person
 * changes about a job queues it again under a new epoch, so that a worker in mid-step writes nothing more.
 *
 * Each move below is the list of columns that it changes. Parameters are named in braces.
 */
import { crashesMax, suspectCrashes } from '../../limits.ts'

/** The end of a lease that its worker gave up: a time that is long past and that the ORM can read. */
const longAgo = `'epoch'`

const lease = `lease_until = clock_timestamp() + {leaseMs} * interval '1 millisecond'`
const free = 'owner = null, lease_until = null'

export const moves = {
  claimed: `status = 'running', epoch = epoch + 1, owner = {owner}, crashes = {crashes}, ${lease},
    started_at = coalesce(started_at, clock_timestamp())`,
  renewed: lease,
  committed: `${lease}, crashes = 0`,
  handedBack: `owner = null, lease_until = ${longAgo}`,
  givenUp: `lease_until = ${longAgo}`,
  queuedAgain: `status = 'queued', epoch = epoch + 1, crashes = 0, faults = 0, ${free},
    due_at = clock_timestamp(), finished_at = null`,
  poisoned: `status = 'failed', epoch = epoch + 1, crashes = 0, ${free},
    finished_at = clock_timestamp()`,
} as const

/** A running job that its worker has neither handed back nor given up. */
export const isHeld = `status = 'running' and lease_until > ${longAgo}`

/** A running job that waits for another worker. */
export const isAbandoned = `status = 'running' and lease_until < clock_timestamp()`

/**
 * SQL for the crashes of an abandoned job, including the one that ended its lease. Where PostgreSQL itself started
 * after the last renewal, it counts no crash: the worker could not renew the lease while PostgreSQL was away.
 */
export const crashesOfAbandoned = `crashes + (owner is not null and (lease_until = ${longAgo}
  or lease_until - {leaseMs} * interval '1 millisecond' > pg_postmaster_start_time()))::int`

/** How the next claim treats an abandoned job that has so many crashes. */
export function judge(crashes: number): 'innocent' | 'suspect' | 'poisoned' {
  if (crashes >= crashesMax) return 'poisoned'
  return crashes >= suspectCrashes ? 'suspect' : 'innocent'
}

/** Replaces the named parameters of a move by numbered ones. Throws for a name that `numbers` lacks. */
export function numbered(move: string, numbers: Readonly<Record<string, string>>): string {
  return move.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const number = numbers[name]
    if (number === undefined) throw new Error(`no parameter for {${name}}`)
    return number
  })
}
