/** The job that removes a deleted import and all that came from it, step by step. */
import type { Logger } from 'pino'
import { deletionRowsPerBatch } from '../limits.ts'
import type { FileStore } from '../storage/files/file-store.ts'
import { purgeStep } from '../storage/imports/purge.ts'
import { rowsOfStep, type Step } from '../storage/jobs/step-jobs.ts'

/** The kind of its jobs. */
export const deletionKind = 'deletion'

export function createDeletionStep({
  files,
  log,
}: {
  readonly files: FileStore
  readonly log: Logger
}): Step {
  return async (sql, job) => {
    const { importId, tenantId } = job
    const rowsMax = rowsOfStep(job, deletionRowsPerBatch)
    const deletion = { importId: importId!, tenantId, rowsMax }
    const step = await purgeStep(sql, files, deletion)
    if (step === 'more') return { next: 'again' }
    log.info({ importId }, 'import deleted')
    return { next: 'gone' }
  }
}
