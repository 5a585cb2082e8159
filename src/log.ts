/** The log of every process: JSON lines in which errors tell of no data. */
import { type DestinationStream, type Logger, pino } from 'pino'
import { summarizeError } from './error-summary.ts'

/** Writes to standard output unless another destination is given. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino({ level, serializers: { err: error => summarizeError(error) } }, destination)
}
