/**
 * The sessions that write the batches of one run: how they are named, and how a worker ends those that a lost worker
 * left behind. PostgreSQL waits for the rest of a COPY as long as the TCP connection looks alive, and none of its
 * timeouts ends that wait.
 */

import type { Run } from '../../contracts/run-state.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { RunClaim } from './queue.ts'

/** Before the id of the import. A validation counts epochs of its own, so its sessions are named otherwise. */
const prefixes: Readonly<Record<Run, string>> = {
  import: 'contact-import',
  validation: 'validation-of',
}

/** What PostgreSQL shows as `application_name`; it keeps 63 bytes, and these are 62 at most. */
export function runSessionName({ run, importId, epoch }: RunClaim): string {
  return `${prefixes[run]} ${importId} ${epoch}`
}

/** The name of a session that waits for its next run. */
const idleName = 'contact-import idle'

/** Gives the session the name of a claim, or the name of a session that waits for its next run. */
export async function nameSession(sql: RunSql, claim: RunClaim | 'idle'): Promise<void> {
  const name = claim === 'idle' ? idleName : runSessionName(claim)
  await sql(`select set_config('application_name', $1, false)`, [name])
}

/** Ends the sessions of all earlier claims on the run. PostgreSQL rolls back what these had not committed. */
export async function endEarlierSessions(
  sql: RunSql,
  { run, importId, epoch }: RunClaim,
): Promise<void> {
  await sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = current_user
      and case when application_name ~ ('^' || $1 || ' [0-9]{1,10}$')
        then split_part(application_name, ' ', 3)::bigint < $2 end`,
    [`${prefixes[run]} ${importId}`, epoch],
  )
}
