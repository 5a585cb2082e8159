/** The run of an import: its batches, its thread and what it keeps of refused cells. */
import { MiB } from './bytes.ts'

/** Rows of one batch, which is one transaction: enough to make the commit cheap, few enough to cancel quickly. */
export const batchRowsMax = 10_000

/**
 * A step of a validation takes as many rows as this many batches of an import: it writes no contacts, and people still see it
 * move and cancel it quickly.
 */
export const validationBatches = 2

/** Rows of the first batch of a run, so that a waiting user soon sees the import move. */
export const firstBatchRowsMax = 1_000

/**
 * A batch has as many rows as PostgreSQL should write in this part of the lease (1/4). It commits in time even when
 * PostgreSQL becomes four times slower.
 */
export const batchSharesOfLease = 4

/** A batch has at most this many times the rows of the one before: the time of one row does not foretell that of thousands. */
export const batchGrowthMax = 10

/** A batch that took longer than the lease is repeated with this part of its rows. */
export const slowBatchDivisor = 10

/** An import fails when PostgreSQL could not write even one row within the lease this often. */
export const slowTriesMax = 3

/**
 * Rows of one batch of a correction: each is looked at before it is repaired, and the row of the import that it corrects is
 * locked while its repairs are kept.
 */
export const correctionRowsMax = 2_000

/** Rows of the first batch of a correction, before any time is known. */
export const firstCorrectionRowsMax = 500

/** Sessions that write the batches of one import: while one waits for its commit, the other inserts. */
export const sessionsPerImport = 2

/** A run holds back at most this many rows that look like a footer, until it knows whether contacts follow them. */
export const footerRowsMax = 20

/** Bytes of one encoded batch. Wide rows make batches of fewer rows. */
export const batchBytesMax = 8 * MiB

/** Characters of a refused cell that its row issue keeps. */
export const issueValueCharactersMax = 200

/** Example cells that each kind of finding keeps beside its exact count: a screenful. */
export const findingCellsMax = 20

/** Bytes of the example cells in one answer. */
export const findingCellsBytesMax = 1 * MiB

/** V8 heap of the thread of an import. The bytes of its batches are not part of the heap. */
export const importHeapMiB = 96

/** A thread waits this long for its next job: to start a thread takes longer than a small import. */
export const threadIdleMs = 30_000

/**
 * A thread ends after a job that took more CPU time than this: its heap has grown, and a new thread costs little
 * beside such a job.
 */
export const threadJobCpuMs = 2_000

/** A thread ends after this many jobs, so that leaks of single jobs cannot add up. */
export const threadJobsMax = 500

/**
 * The service ends the thread of an import that neither reads rows nor gets an answer of PostgreSQL this long beyond the
 * lease, which bounds each statement. The longest stretch without progress is the opening of a workbook with millions of
 * texts, and the inspection of the upload bounded that by `inspectionMs`.
 */
export const importStallMs = 300_000

/** A shorter time would take a connection that is on its way, `connectionMs`, for a thread that hangs. */
export const importStallMsMin = 5_000

/** The service takes a thread for hung when this many looks in a row show no progress. */
export const stallLooks = 10

/** The same for a thread that starts, which takes seconds on a machine with too much to do. */
export const startLooks = 4 * stallLooks

/** The service waits this long for an ended thread to be gone. One that is not is stuck in a call of the system. */
export const threadEndMs = 5_000

/** Shortest time between two progress events of one import: about three, and never more than four, a second. */
export const progressIntervalMs = 334
