/** Guards of the engine: claims, leases, the fence, completion, jobs, deletions, sessions. */
import type { Guard } from './guards.ts'

export const engineGuards: readonly Guard[] = [
  {
    name: 'hung threads: a count that stands still ends the thread',
    file: 'src/imports/threads/progress.ts',
    find: 'if (looksInVain < (count',
    replace: 'if (ms > 0 || looksInVain < (count',
    tests: ['test/imports/threads/progress.test.ts'],
  },
  {
    name: 'hung threads: ended with their imports',
    file: 'src/imports/run/import-work.ts',
    find: '{ stopping, signal: watch.signal }',
    replace: '{ stopping }',
    tests: ['test/imports/run/stalled.test.ts'],
  },
  {
    name: 'hung threads: not one that waits for an answer of PostgreSQL',
    file: 'src/imports/run/import-work.ts',
    find: 'config.importStallMs + config.leaseMs',
    replace: 'config.importStallMs',
    tests: ['test/imports/run/stalled.test.ts'],
  },
  {
    name: 'hung threads: not one that PostgreSQL answers',
    file: 'src/imports/run/run-sessions.ts',
    find: "client.on('drain', onAnswer)",
    replace: 'void onAnswer',
    tests: ['test/imports/run/stalled.test.ts'],
  },
  {
    name: 'hung threads: not one that reads rows',
    file: 'src/imports/run/pour-rows.ts',
    find: '    progress.note()\n',
    replace: '',
    tests: ['test/imports/run/footers.test.ts'],
  },
  {
    name: 'hung threads: not one that reads dates',
    file: 'src/imports/run/observe-dates.ts',
    find: '    progress.note()\n',
    replace: '',
    tests: ['test/imports/date-order.test.ts'],
  },
  {
    name: 'hung threads: nobody waits for one that cannot be ended',
    file: 'src/imports/threads/thread-pool.ts',
    find: 'isStuck = setTimeout(giveUp, threadEndMs)',
    replace: 'void [giveUp, threadEndMs, isStuck]',
    tests: ['test/imports/threads/progress.test.ts'],
  },
  {
    name: 'fence: epoch of the claim',
    file: 'src/storage/imports/batch-writer.ts',
    find: "and epoch = $3 and status = 'running' and next_row = $10",
    replace: "and $3::int is not null and status = 'running' and next_row = $10",
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'fence: the import runs',
    file: 'src/storage/imports/batch-writer.ts',
    find: "and epoch = $3 and status = 'running' and next_row = $10",
    replace: 'and epoch = $3 and next_row = $10',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'fence: next_row of the batch before',
    file: 'src/storage/imports/batch-writer.ts',
    find: "status = 'running' and next_row = $10",
    replace: "status = 'running' and $10::int is not null",
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'fence: no row passed, no batch',
    file: 'src/storage/imports/batch-writer.ts',
    find: `    )
    if (!row) throw new ClaimLostError(this.#claim.importId)
    return row
  }`,
    replace: `    )
    return row!
  }`,
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'end of an import: epoch of the claim',
    file: 'src/storage/imports/batch-writer.ts',
    find: `          finished_at = clock_timestamp()
        where tenant_id = $1 and id = $2 and epoch = $3`,
    replace: `          finished_at = clock_timestamp()
        where tenant_id = $1 and id = $2 and $3::int is not null`,
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'end of an import: nothing remains',
    file: 'src/storage/imports/batch-writer.ts',
    find: "if (event === 'completed' && remaining !== 0) {",
    replace: "if (event === 'completed' && remaining < 0) {",
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'batches: each after the one before',
    file: 'src/storage/imports/batch-writer.ts',
    find: 'await previous\n',
    replace: 'void previous\n',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'batches: one at a time on a session',
    file: 'src/storage/imports/batch-writer.ts',
    find: 'if (this.#busy)\n',
    replace: 'if (!this.#claim)\n',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'batches: rows that were inserted are those that were counted',
    file: 'src/storage/imports/staged-rows.ts',
    find: 'if (rowCount !== count)',
    replace: 'if (rowCount === null)',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'ledger: counts are those of the rows',
    file: 'migrations/0001/imports.ts',
    find: 'rows_created + rows_updated + rows_skipped + rows_rejected = next_row - first_row\n      and ',
    replace: '',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'ledger: no more rows than the sheet has',
    file: 'migrations/0001/imports.ts',
    find: '\n      and next_row <= first_row + rows_total)',
    replace: ')',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'a row becomes a contact once',
    file: 'migrations/0002-keys-begin-with-the-tenant.ts',
    find: 'create unique index concurrently contacts_of_imports',
    replace: 'create index concurrently contacts_of_imports',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'claimed import: epoch of the claim',
    file: 'src/storage/imports/claimed-import.ts',
    find: 'and epoch = $3',
    replace: 'and $3::int is not null',
    tests: ['test/storage/imports/batch-writer.test.ts'],
  },
  {
    name: 'caps of imports: running in all',
    file: 'src/storage/imports/queue.ts',
    find: "and (select count(*) from imports where status = 'running') < $1",
    replace: 'and $1::int is not null',
    tests: ['test/storage/imports/claims.test.ts'],
  },
  {
    name: 'caps of imports: running of a tenant',
    file: 'src/storage/imports/queue.ts',
    find: 'and o.tenant_running < $2',
    replace: 'and $2::int is not null',
    tests: ['test/storage/imports/claims.test.ts'],
  },
  {
    name: 'claims: one at a time',
    file: 'src/storage/jobs/claims.ts',
    find: "await sql('select pg_advisory_xact_lock($1)', [claimLock])",
    replace: 'void claimLock',
    tests: ['test/storage/imports/claims.test.ts'],
  },
  {
    name: 'caps of jobs: running in all',
    file: 'src/storage/jobs/step-jobs.ts',
    find: "and (select count(*) from jobs where status = 'running') < $1",
    replace: 'and $1::int is not null',
    tests: ['test/storage/jobs/job-claims.test.ts'],
  },
  {
    name: 'caps of jobs: running of a tenant',
    file: 'src/storage/jobs/step-jobs.ts',
    find: 'where running.jobs < $2',
    replace: 'where $2::int is not null',
    tests: ['test/storage/jobs/job-claims.test.ts'],
  },
  {
    name: 'fence of jobs: epoch of the claim',
    file: 'src/storage/jobs/step-jobs.ts',
    find: "const held = `tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`",
    replace:
      "const held = `tenant_id = $1 and id = $2 and $3::int is not null and status = 'running'`",
    tests: ['test/storage/jobs/job-claims.test.ts'],
  },
  {
    name: 'fence of jobs: the job runs',
    file: 'src/storage/jobs/step-jobs.ts',
    find: "const held = `tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`",
    replace: 'const held = `tenant_id = $1 and id = $2 and epoch = $3`',
    tests: ['test/storage/jobs/job-claims.test.ts'],
  },
  {
    name: 'steps of jobs: the claim is in force before any work',
    file: 'src/storage/jobs/step-jobs.ts',
    find: "from jobs where tenant_id = $1 and id = $2 and epoch = $3 and status = 'running'`,",
    replace: 'from jobs where tenant_id = $1 and id = $2 and $3::int is not null`,',
    tests: ['test/storage/jobs/job-claims.test.ts'],
  },
]
