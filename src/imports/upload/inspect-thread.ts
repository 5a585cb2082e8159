/** Entry of the thread that inspects one file. */
import { type Fault, importFault } from '../file-fault.ts'
import { answerThread, threadInput } from '../thread.ts'
import { type Inspection, type InspectionInput, inspectFile } from './inspect-file.ts'

export type InspectionAnswer = { readonly value: Inspection } | { readonly fault: Fault }

try {
  answerThread<InspectionAnswer>({ value: await inspectFile(threadInput<InspectionInput>()) })
} catch (error) {
  const fault = importFault(error)
  // The thread dies of an error that nobody foresaw, and whoever waits for it is told why.
  if (fault === undefined) throw error
  answerThread<InspectionAnswer>({ fault })
}
