/** Entry of the thread that runs one claimed import. */
import { parentPort } from 'node:worker_threads'
import { isConnectionFault } from '../storage/faults.ts'
import { postgresFileStore } from '../storage/file-store.ts'
import { type RunOptions, type RunOutcome, runImport } from './run-import.ts'
import { answerThread, threadInput } from './thread.ts'

export type ImportThreadInput = Omit<RunOptions, 'isStopping' | 'files'>

/** `unreachable`: PostgreSQL went away; the import is given back without blame. */
export type ThreadOutcome = RunOutcome | 'unreachable'

let stopping = false
const onMessage = () => {
  stopping = true
}
parentPort!.on('message', onMessage)
parentPort!.unref()

answerThread({ value: await run() })

async function run(): Promise<ThreadOutcome> {
  try {
    return await runImport({
      ...threadInput<ImportThreadInput>(),
      files: postgresFileStore,
      isStopping: () => stopping,
    })
  } catch (error) {
    if (isConnectionFault(error)) return 'unreachable'
    throw error
  }
}
