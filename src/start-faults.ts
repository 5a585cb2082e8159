/** What keeps a process from starting, told in a line for each fault: for `main` and the commands. */
import { ConfigError } from './config.ts'
import { EmbeddedError } from './embedded/embedded-error.ts'
import { UnfitDatabaseError } from './storage/postgres/database-check.ts'

interface SystemFault extends NodeJS.ErrnoException {
  readonly port?: number
  readonly address?: string
  readonly hostname?: string
}

/** Lines for what an operator can correct; a stack for what only a developer can. */
export function startFaultLines(fault: unknown): readonly string[] {
  if (fault instanceof ConfigError) return fault.faults
  if (fault instanceof EmbeddedError || fault instanceof UnfitDatabaseError) return [fault.message]
  const { code, syscall, message, stack, port, address, hostname } = fault as SystemFault
  if (code === 'EADDRINUSE') {
    return [`PORT ${port} on ${address} is taken: free it, or use another one (0: any free one)`]
  }
  if (syscall === 'listen') return [`HOST or PORT cannot be listened on: ${message}`]
  if (syscall === 'getaddrinfo') {
    return [`no address is known for ${hostname}: correct the variable that names it`]
  }
  return [code === undefined ? (stack ?? String(fault)) : `${message} (${code})`]
}
