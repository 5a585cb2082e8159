/** Lowers the priority of threads that read sheets, so that requests and PostgreSQL go first where cores are few. */
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'

/** Nice value (setpriority(2)): gives a thread a third of the weight of the thread that answers requests. */
const niceness = 5

/** Lowers the priority of the calling thread. It has an effect only on Linux, where threads have priorities of their own. */
export function standBack(): void {
  try {
    // The link reads `1234/task/1240`, for example: the last part is the thread's id, which setpriority(2) takes as well.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness)
  } catch {
    // On other systems all threads stay equal; the import runs all the same.
  }
}
