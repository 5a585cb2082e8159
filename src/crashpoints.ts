/**
 * Named places at which the process, or just its thread, can be made to die or to hang, so that tests prove that
 * nothing is lost or doubled there. They do nothing unless `CRASH_AT` names one; no place may ever depend on one.
 */
import { writeSync } from 'node:fs'

/** Every crash point, in the order in which an import passes them. */
export const crashpoints = [
  'after-spool-before-inspection',
  'after-file-before-commit',
  'after-upload-before-answer',
  'after-change-before-commit',
  'after-claim-before-commit',
  'after-claim-before-thread',
  'after-fetch-before-rows',
  'after-copy-before-insert',
  'after-insert-before-fence',
  'after-fence-before-commit',
  'after-repair-before-fence',
  'after-batch-commit',
  'after-completion-before-commit',
  'after-completion-before-hand-back',
  'before-lease-release',
  'after-job-fence-before-commit',
  'after-job-step',
  'after-deletion-before-commit',
] as const

export type Crashpoint = (typeof crashpoints)[number]

export interface CrashOrder {
  readonly point: Crashpoint
  /** Dies at this passing of the point, counted in each thread; 1 = the first. */
  readonly passing: number
  /** Counts passings of this import alone. */
  readonly importId?: string
  /** `none`: nothing dies, and the thread spins there for ever. */
  readonly victim: 'process' | 'thread' | 'none'
}

let order: CrashOrder | undefined
let passings = 0

/** Sets the order of this thread; threads are told theirs with their input. */
export function armCrashpoints(next: CrashOrder | undefined): void {
  order = next
  passings = 0
}

/** Dies or hangs here when it was ordered to; says so on standard error first. */
export function crashpoint(point: Crashpoint, importId?: string): void {
  if (order?.point !== point) return
  if (order.importId !== undefined && order.importId !== importId) return
  passings += 1
  if (passings !== order.passing) return
  writeSync(2, `crash point ${point}\n`)
  if (order.victim === 'thread') process.exit(1)
  if (order.victim !== 'none') process.kill(process.pid, 'SIGKILL')
  // A thread that hangs; the signal ends other threads a moment later, and not one statement more may run in this one.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
