/** Entry of a thread that runs claimed imports, one after the other. */
import { armCrashpoints, type CrashOrder } from '../../crashpoints.ts'
import { type FileStoreChoice, openFileStore } from '../../storage/files/file-store.ts'
import { isPassingFault } from '../../storage/postgres/faults.ts'
import { Progress } from '../threads/progress.ts'
import { serveJobs } from '../threads/thread-jobs.ts'
import { type RunOptions, type RunOutcome, runImport } from './run-import.ts'
import { SessionKeeper } from './run-sessions.ts'

export interface ImportThreadInput
  extends Omit<RunOptions, 'stopping' | 'files' | 'sessions' | 'progress'> {
  readonly fileStore: FileStoreChoice
  readonly crashOrder?: CrashOrder
  /** memory of a `Progress`, in which the run counts what it gets done */
  readonly progress: SharedArrayBuffer
}

/** `blocked`: PostgreSQL is away, overloaded or full; the runner gives the import back and counts no crash. */
export type ThreadOutcome = RunOutcome | 'blocked'

const sessions = new SessionKeeper()

serveJobs<ImportThreadInput, ThreadOutcome>(
  async (job, stopping) => {
    const { crashOrder, fileStore, ...input } = job
    armCrashpoints(crashOrder)
    const progress = new Progress(job.progress)
    progress.note()
    const files = openFileStore(fileStore)
    const answer = await run({ ...input, sessions, files, stopping, progress })
    return { answer, endedWell: answer === 'completed' }
  },
  error => (isPassingFault(error) ? 'blocked' : undefined),
)

async function run(options: RunOptions): Promise<ThreadOutcome> {
  try {
    return await runImport(options)
  } catch (error) {
    if (isPassingFault(error)) return 'blocked'
    throw error
  }
}
