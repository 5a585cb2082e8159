/** Entry of the thread that runs one claimed import. */
import { parentPort } from 'node:worker_threads'
import { armCrashpoints, type CrashOrder } from '../../crashpoints.ts'
import { type FileStoreChoice, openFileStore } from '../../storage/files/file-store.ts'
import { isPassingFault } from '../../storage/postgres/faults.ts'
import { answerThread, threadInput } from '../thread.ts'
import { type RunOptions, type RunOutcome, runImport } from './run-import.ts'

export interface ImportThreadInput extends Omit<RunOptions, 'stopping' | 'files'> {
  readonly fileStore: FileStoreChoice
  readonly crashOrder?: CrashOrder
}

/** `blocked`: PostgreSQL is away, overloaded or full; the import is given back without blame. */
export type ThreadOutcome = RunOutcome | 'blocked'

const stopping = new AbortController()
parentPort!.on('message', () => stopping.abort())
parentPort!.unref()

answerThread(await run())

async function run(): Promise<ThreadOutcome> {
  const { crashOrder, fileStore, ...input } = threadInput<ImportThreadInput>()
  const files = openFileStore(fileStore)
  armCrashpoints(crashOrder)
  try {
    return await runImport({ ...input, files, stopping: stopping.signal })
  } catch (error) {
    if (isPassingFault(error)) return 'blocked'
    throw error
  }
}
