/** Jobs: how many run at once, their leases, the queue, crashes and turns. */

/** Imports and validations that run at the same time: in one process, in all processes, of one tenant. */
export const importsRunningPerProcess = 3
export const importsRunningMax = 16
export const importsRunningPerTenant = 3

/**
 * A claim expires this long after its last renewal, by PostgreSQL's clock. After a crash another process takes over by
 * then. No statement of a batch may take longer.
 */
export const leaseMs = 8_000

/**
 * PostgreSQL ends a claim whose process sends nothing this long between two statements: it holds the lock that every
 * other claim waits for.
 */
export const claimIdleMs = 3_000

/** An import whose worker died this often without progress fails as `import-poisoned`. */
export const crashesMax = 3

/** After this many crashes an import runs alone in its process, which shows whether it is the cause. */
export const suspectCrashes = 2

/** The runner looks for jobs this often, in case a notification of PostgreSQL was lost. */
export const queuePollMs = 1_000

/** The runner repeats a failed claim or hand-back after this wait. */
export const queueRetryMs = 1_000

/** Metrics count queued, running and deleting imports up to this many: a few milliseconds along an index. */
export const queueCountMax = 10_000

/**
 * A process that ends tries this long to hand a job back. It begins when the batches in hand are done, and ends within
 * `closeWorkMs`.
 */
export const handBackMs = 5_000

/** Jobs in steps that run at the same time: in one process, in all processes, of one tenant. */
export const jobsRunningPerProcess = 2
export const jobsRunningMax = 16
export const jobsRunningPerTenant = 2

/** A job in steps makes room for the next job after this time. A short job waits no longer for its place. */
export const jobTurnMs = 2_000

/** A job whose step failed rests this long before its next try. Each further failure doubles the rest up to the maximum. */
export const jobRestMs = 1_000
export const jobRestMsMax = 4_000

/** One transaction of a deletion removes at most this many rows: some 50 ms. */
export const deletionRowsPerBatch = 5_000
