/** Entry of the thread that runs one claimed import. */
import { parentPort } from 'node:worker_threads'
import { armCrashpoints, type CrashOrder } from '../storage/crashpoints.ts'
import { isPassingFault } from '../storage/faults.ts'
import { postgresFileStore } from '../storage/file-store.ts'
import { type RunOptions, type RunOutcome, runImport } from './run-import.ts'
import { answerThread, threadInput } from './thread.ts'

export interface ImportThreadInput extends Omit<RunOptions, 'stopping' | 'files'> {
  readonly crashOrder?: CrashOrder
}

/** `blocked`: PostgreSQL is away, overloaded or full; the import is given back without blame. */
export type ThreadOutcome = RunOutcome | 'blocked'

const stopping = new AbortController()
parentPort!.on('message', () => stopping.abort())
parentPort!.unref()

answerThread(await run())

async function run(): Promise<ThreadOutcome> {
  const { crashOrder, ...input } = threadInput<ImportThreadInput>()
  armCrashpoints(crashOrder)
  try {
    return await runImport({ ...input, files: postgresFileStore, stopping: stopping.signal })
  } catch (error) {
    if (isPassingFault(error)) return 'blocked'
    throw error
  }
}
