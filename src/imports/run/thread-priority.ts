/** Lets the threads that read sheets stand back, so that requests and PostgreSQL go first where cores are few. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** Nice value (setpriority(2)): a third of the weight of the thread that answers requests. */
const niceness = 5

/** For the thread that calls it alone, and on Linux alone, where threads have priorities of their own. */
export function standBack(): void {
  try {
    // Such as `1234/task/1240`: the last is the thread's number, which setpriority takes for a process.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness)
  } catch {
    // Elsewhere all threads are equal; sheets are read all the same.
  }
}
