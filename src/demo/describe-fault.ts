/** Describes faults in the words of the part that noticed them: one line for each that the user can correct. */
import { ConfigError } from '../config.ts'
import { EmbeddedError } from '../embedded/embedded-error.ts'
import { UnfitDatabaseError } from '../storage/postgres/database-check.ts'
import { ApiProblem } from './api-client.ts'
import { DemoError, type Speaker } from './texts.ts'

/** One line for each fault; an unexpected one comes with its place in the code. */
export function describeFault(fault: unknown, speaker: Speaker): string {
  if (fault instanceof DemoError) return speaker.say(fault.key, fault.values)
  if (fault instanceof EmbeddedError) return fault.textIn(speaker.locale)
  const isClear = [ConfigError, ApiProblem, UnfitDatabaseError].some(kind => fault instanceof kind)
  if (isClear) return (fault as Error).message
  const { code, message, stack } = fault as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    const { port, address } = fault as unknown as { port: number; address: string }
    return speaker.say('port-taken', { port, address })
  }
  // Faults of the system (a port in use, a connection refused) carry a code, programming errors none.
  return code === undefined ? (stack ?? String(fault)) : `${message} (${code})`
}
