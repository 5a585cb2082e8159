/** Imports and validations as work of the runner: each runs in a thread of its own, and they share their places. */
import { rm } from 'node:fs/promises'
import { crashpoint } from '../../crashpoints.ts'
import type { Work } from '../../jobs/work.ts'
import { importHeapMiB } from '../../limits.ts'
import type { FileStoreChoice } from '../../storage/files/file-store.ts'
import { claimRun, type RunClaim, releaseLease, renewLeases } from '../../storage/imports/queue.ts'
import type { ImportContext } from '../context.ts'
import { Progress, watchForStall } from '../threads/progress.ts'
import { ThreadPool } from '../threads/thread-pool.ts'
import type { ImportThreadInput, ThreadOutcome } from './import-thread.ts'

export interface ImportWorkContext extends ImportContext {
  readonly databaseUrl: string
  readonly fileStore: FileStoreChoice
  readonly threads: ImportThreads
}

export type ImportThreads = ThreadPool<ImportThreadInput, ThreadOutcome>

const importThread = new URL('./import-thread.ts', import.meta.url)

export function createImportThreads(): ImportThreads {
  return new ThreadPool(importThread, importHeapMiB)
}

export function createImportWork(context: ImportWorkContext): Work<RunClaim> {
  const { orm, config } = context
  return {
    lines: {
      claimed: 'import claimed',
      ended: 'import run ended',
      died: 'import thread died',
      level: 'info',
    },
    placesMax: config.importsRunningPerProcess,
    claim: owner =>
      claimRun(orm, {
        owner,
        leaseMs: config.leaseMs,
        runningMax: config.importsRunningMax,
        runningPerTenant: config.importsRunningPerTenant,
      }),
    run: (claim, stopping) => runInThread(context, claim, stopping),
    renew: claims => renewLeases(orm, claims, config.leaseMs),
    giveBack: (claim, crashed) => releaseLease(orm, claim, crashed),
    describe: ({ run, importId, epoch }) => ({ run, importId, epoch }),
  }
}

async function runInThread(
  { scratch, databaseUrl, fileStore, config, fields: catalogues, threads }: ImportWorkContext,
  claim: RunClaim,
  stopping: AbortSignal,
): Promise<ThreadOutcome> {
  crashpoint('after-claim-before-thread', claim.importId)
  const path = scratch.newPath()
  const progress = new Progress()
  const input: ImportThreadInput = {
    databaseUrl,
    fileStore,
    claim,
    fields: catalogues.builtIn.fields,
    path,
    scratchDir: scratch.directory,
    leaseMs: config.leaseMs,
    batchRowsMax: config.batchRowsMax,
    crashOrder: config.crashOrder,
    progress: progress.memory,
  }
  // PostgreSQL may take as long as the lease for one answer, and a thread that waits for it does not hang.
  using watch = watchForStall(progress, config.importStallMs + config.leaseMs)
  try {
    return await threads.run(input, { stopping, signal: watch.signal })
  } finally {
    // A thread that died could not remove its file.
    await rm(path, { force: true })
  }
}
