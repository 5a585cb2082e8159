/** Errors as the log shows them: enough to find the fault, nothing of anybody's data. */

interface ErrorSummary {
  readonly type: string
  readonly code?: unknown
  readonly message?: string
  readonly frames: string
  readonly cause?: ErrorSummary
}

/** Causes deeper than this repeat what was said. */
const causesMax = 4

/** An error for the log: types, codes and stack frames, and the text only where it can not hold data. */
export function summarizeError(error: unknown, depth = 0): ErrorSummary {
  if (!(error instanceof Error)) return { type: typeof error, frames: '' }
  const { code, cause } = error as Error & { code?: unknown }
  return {
    type: error.constructor.name,
    ...(code !== undefined && { code }),
    ...(isTextSafe(error) && { message: error.message }),
    frames: (error.stack ?? '').split('\n').filter(isFrame).join('\n'),
    ...(cause !== undefined && depth < causesMax && { cause: summarizeError(cause, depth + 1) }),
  }
}

function isFrame(line: string): boolean {
  return /^ {4}at /.test(line)
}

/** Faults of the program and of the operating system; a database may quote the values it refuses. */
function isTextSafe(error: Error): boolean {
  return (
    [TypeError, RangeError, ReferenceError].some(kind => error instanceof kind) ||
    'syscall' in error
  )
}
