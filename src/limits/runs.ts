/** The run of an import: its batches, its thread and what it keeps of refused cells. */
import { MiB } from './bytes.ts'

/** Rows in one batch, one transaction: long enough to amortise its commit, short enough to cancel quickly. */
export const batchRowsMax = 10_000

/** Rows in the first batch of a run: whoever waits for an import to begin, or to go on, sees it sooner. */
export const firstBatchRowsMax = 1_000

/** A batch aims at this share of the lease: PostgreSQL may turn four times slower at once, and it still commits. */
export const batchSharesOfLease = 4

/** A batch is at most so many times as large as the one before: what one row takes says little of thousands. */
export const batchGrowthMax = 10

/** A batch that outlived the lease is begun anew with this part of its rows. */
export const slowBatchDivisor = 10

/** An import of which PostgreSQL takes not even one row within the lease fails after so many tries. */
export const slowTriesMax = 3

/** Sessions that write the batches of one import side by side: one waits for a commit, one inserts. */
export const sessionsPerImport = 2

/** Rows that look like footers and are held back until a run knows that nothing follows them. */
export const footerRowsMax = 20

/** Bytes of one encoded batch; wide rows make shorter batches. */
export const batchBytesMax = 8 * MiB

/** The cell text that a row issue keeps. */
export const issueValueCharactersMax = 200

/** Cells that are kept as examples of a kind of finding, beside its exact count: a screenful. */
export const findingCellsMax = 20

/** Examples of cells in one answer: 20 of each kind in wide sheets of long texts are more than anybody reads. */
export const findingCellsBytesMax = 1 * MiB

/** Heap of an importing worker thread; what it holds is two batches of bytes, which are no part of it. */
export const importHeapMiB = 96

/** A thread that did a job waits so long for the next one; a start takes longer than a small import. */
export const threadIdleMs = 30_000

/** After a job that took a core longer a thread is ended: its heap is large, and its start cost little beside the job. */
export const threadJobCpuMs = 2_000

/** Jobs that one thread does at most, so that nothing that a job might leave behind adds up. */
export const threadJobsMax = 500

/**
 * A thread of an import that neither read rows nor got an answer of PostgreSQL for this long, beyond the lease that
 * bounds each statement, hangs and is ended. The longest stretch without progress is the opening of a workbook with
 * millions of texts, which the inspection bounded by `inspectionMs`.
 */
export const importStallMs = 300_000

/** A shorter time would take a connection that is on its way, `connectionMs`, for a thread that hangs. */
export const importStallMsMin = 5_000

/** Looks at the progress of a thread, all in vain, after which it hangs. */
export const stallLooks = 10

/** The same for a thread that starts: on a machine with too much to do that takes seconds. */
export const startLooks = 4 * stallLooks

/** A thread that was ended and is not gone by then is stuck in a call of the system: nobody waits for it any more. */
export const threadEndMs = 5_000

/** Between progress events of one import: about three a second, so that commits close together make at most four. */
export const progressIntervalMs = 334
