/** Entry of the thread that inspects one file. */
import { type Fault, importFault } from '../file-fault.ts'
import { answerThread, threadInput } from '../thread.ts'
import { type Inspection, inspectFile } from './inspect-file.ts'

export type InspectionAnswer = { readonly value: Inspection } | { readonly fault: Fault }

const { path, scratchDir } = threadInput<{ path: string; scratchDir: string }>()

try {
  answerThread<InspectionAnswer>({ value: await inspectFile(path, scratchDir) })
} catch (error) {
  answerThread<InspectionAnswer>({ fault: importFault(error) })
}
