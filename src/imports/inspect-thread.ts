/** Entry of the thread that inspects one file. */
import { XlsxError } from '../xlsx/index.ts'
import { fileFault } from './file-fault.ts'
import { inspectFile } from './inspect-file.ts'
import { answerThread, threadInput } from './thread.ts'

const { path, scratchDir } = threadInput<{ path: string; scratchDir: string }>()

try {
  answerThread({ value: await inspectFile(path, scratchDir) })
} catch (error) {
  if (!(error instanceof XlsxError)) throw error
  answerThread({ fault: fileFault(error.code, error.detail) })
}
