/** The job that takes the values of a deleted custom field from their contacts, step by step. */
import { customFieldSettleMs, customValuesPerStep } from '../limits.ts'
import {
  areBatchesOver,
  removeValues,
  startedSoFar,
  type ValuePlace,
} from '../storage/contacts/custom-values.ts'
import { type Job, rowsOfStep, type StepEnd } from '../storage/jobs/step-jobs.ts'
import type { RunSql } from '../storage/postgres/sql.ts'

/** The kind of its jobs. */
export const fieldRemovalKind = 'field-removal'

interface Checkpoint {
  readonly fieldId: string
  /** Transactions before this one may have begun before the field was deleted. */
  readonly startedBefore?: string
  /** The last value that was removed. */
  readonly after?: ValuePlace
}

/**
 * A batch that read the field before it was deleted may still write values of it. So the job first waits until every
 * transaction that had begun then has ended: nobody writes values of the field from then on.
 */
export async function removeFieldStep(sql: RunSql, job: Job): Promise<StepEnd> {
  const checkpoint = job.checkpoint as Checkpoint
  const { fieldId, startedBefore, after } = checkpoint
  if (startedBefore === undefined) {
    const next = { ...checkpoint, startedBefore: await startedSoFar(sql) }
    return { next: 'again', checkpoint: next }
  }
  if (after === undefined && !(await areBatchesOver(sql, startedBefore))) {
    return { next: { laterMs: customFieldSettleMs } }
  }
  const limit = rowsOfStep(job, customValuesPerStep)
  const last = await removeValues(sql, { tenantId: job.tenantId, fieldId }, { after, limit })
  return last === undefined
    ? { next: 'gone' }
    : { next: 'again', checkpoint: { ...checkpoint, after: last } }
}
