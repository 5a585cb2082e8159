/** Jobs: how many run at once, their leases, the queue, crashes and turns. */

/** Imports running at the same time: in one process, in all processes, for one tenant. */
export const importsRunningPerProcess = 3
export const importsRunningMax = 16
export const importsRunningPerTenant = 3

/**
 * How long a claim lives without renewal, by PostgreSQL's clock: what a crash costs before another process
 * takes over, and what one statement of a batch may take.
 */
export const leaseMs = 8_000

/** Between two statements of a claim: a process that hangs there holds up every other. */
export const claimIdleMs = 3_000

/** An import that took its worker down this often is failed as `import-poisoned`. */
export const crashesMax = 3

/** After this many of them it runs alone, so that it is known what took the worker down. */
export const suspectCrashes = 2

/** Queue poll that backs up LISTEN/NOTIFY. */
export const queuePollMs = 1_000

/** How long a failed claim or hand-back waits for its next try. */
export const queueRetryMs = 1_000

/** How far imports that wait, run or are being deleted are counted for metrics: a few milliseconds along an index. */
export const queueCountMax = 10_000

/** How long a process that ends tries to give a job back: within `closeWorkMs`, after the batches in hand. */
export const handBackMs = 5_000

/** Jobs in steps that run at the same time: in one process, in all processes, for one tenant. */
export const jobsRunningPerProcess = 2
export const jobsRunningMax = 16
export const jobsRunningPerTenant = 2

/** After this a job in steps makes room for the next one: the longest that a short job waits for a place. */
export const jobTurnMs = 2_000

/** How long a job whose step failed rests before its next try: doubled each time up to the longest. */
export const jobRestMs = 1_000
export const jobRestMsMax = 4_000

/** Rows removed in one transaction of a background deletion: some 50 ms. */
export const deletionRowsPerBatch = 5_000
