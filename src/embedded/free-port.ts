/** Owns the choice of a TCP port on 127.0.0.1. Never keeps a port open after it has answered. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { EmbeddedError } from './embedded-error.ts'

/**
 * The wanted port when it is free, else EmbeddedError `port-taken`; without a wish any free port. Another
 * program may take the port before the caller binds it: only the bind itself is proof.
 */
export async function choosePort(wanted?: number): Promise<number> {
  const probe = createServer()
  try {
    probe.listen({ host: '127.0.0.1', port: wanted ?? 0, exclusive: true })
    await once(probe, 'listening')
    return (probe.address() as { port: number }).port
  } catch (fault) {
    if (wanted === undefined) throw fault
    throw new EmbeddedError('port-taken', { port: wanted }, fault)
  } finally {
    probe.close()
  }
}
