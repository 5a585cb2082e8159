/** Entry of the thread that inspects one file. */
import { importFault } from './file-fault.ts'
import { inspectFile } from './inspect-file.ts'
import { answerThread, threadInput } from './thread.ts'

const { path, scratchDir } = threadInput<{ path: string; scratchDir: string }>()

try {
  answerThread({ value: await inspectFile(path, scratchDir) })
} catch (error) {
  answerThread({ fault: importFault(error) })
}
