/** Entry of a thread that inspects files. */
import { type Fault, importFault } from '../file-fault.ts'
import { serveJobs } from '../threads/thread-jobs.ts'
import { type Inspection, type InspectionInput, inspectFile } from './inspect-file.ts'

export type InspectionAnswer = { readonly value: Inspection } | { readonly fault: Fault }

serveJobs<InspectionInput, InspectionAnswer>(async input => {
  try {
    return { answer: { value: await inspectFile(input) }, endedWell: true }
  } catch (error) {
    const fault = importFault(error)
    // An unforeseen error ends the thread, and the pool hands the error to the caller.
    if (fault === undefined) throw error
    return { answer: { fault }, endedWell: false }
  }
})
