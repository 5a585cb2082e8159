/** The process: configuration → servers → service → signals. The only place that ends the process. */
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { ConfigError, loadConfig } from './config.ts'
import { EmbeddedError } from './embedded/embedded-error.ts'
import { provideServers } from './embedded/embedded-servers.ts'
import { createLogger } from './log.ts'
import { UnfitDatabaseError } from './storage/database-check.ts'
import { startService } from './wire.ts'

/** Batches in hand commit within seconds; after this the leases run out by themselves. */
const closeMs = 30_000

const endingSignals = ['SIGINT', 'SIGTERM'] as const

try {
  const config = loadConfig(process.env)
  const log = createLogger(config.logLevel)
  const servers = await provideServers(config, line => log.info(line))
  try {
    const service = await startService(servers, log)
    log.info(`listening on ${service.url}, documentation at ${service.url}/docs`)
    const { close } = closeWithGrace(
      { delay: closeMs, logger: log, skip: [...endingSignals] },
      async ({ signal, err }) => {
        if (err) log.fatal({ err }, 'closing after an unexpected error')
        else if (signal) log.info(`closing on ${signal}`)
        await service.close()
        await servers.stop()
      },
    )
    endOnce(close, log)
  } catch (fault) {
    await servers.stop()
    throw fault
  }
} catch (fault) {
  for (const line of faultLines(fault)) process.stderr.write(`contact-import: ${line}\n`)
  process.exit(1)
}

/** Below npm a signal of the terminal comes twice: the second must not break off what the first began. */
function endOnce(close: () => void, log: Logger): void {
  let isEnding = false
  for (const signal of endingSignals) {
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      log.info(`closing on ${signal}`)
      close()
    })
  }
}

/** One line a fault for what an operator can correct; a stack for what only a developer can. */
function faultLines(fault: unknown): readonly string[] {
  if (fault instanceof ConfigError) return fault.faults
  if (fault instanceof EmbeddedError || fault instanceof UnfitDatabaseError) return [fault.message]
  const { code, message, stack } = fault as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    const { port, address } = fault as unknown as { port: number; address: string }
    return [`PORT ${port} on ${address} is taken: free it, or use another one (0: any free one)`]
  }
  return [code === undefined ? (stack ?? String(fault)) : `${message} (${code})`]
}
