/** The job that removes an import that is being deleted, and all that came from it, step by step. */
import type { Logger } from 'pino'
import { deletionRowsPerBatch } from '../limits.ts'
import { cellAddress } from '../mapping/default-column-name.ts'
import type { FileStore } from '../storage/files/file-store.ts'
import { purgeStep } from '../storage/imports/purge.ts'
import { rowsOfStep, type Step } from '../storage/jobs/step-jobs.ts'

/** The `kind` of these jobs in the table `jobs`. */
export const deletionKind = 'deletion'

/** The step of a deletion: removes a bounded number of rows, and ends the job when nothing is left. */
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
    const deletion = { importId: importId!, tenantId, rowsMax, cellAddress }
    const step = await purgeStep(sql, files, deletion)
    if (step === 'more') return { next: 'again' }
    log.info({ importId }, 'import deleted')
    return { next: 'gone' }
  }
}
