/** The process: configuration → servers → service → signals. The only place that ends the process. */
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { loadConfig } from './config.ts'
import { provideServers } from './embedded/embedded-servers.ts'
import { shutdownMs } from './limits.ts'
import { createLogger } from './log.ts'
import { startFaultLines } from './start-faults.ts'
import { startService } from './wire.ts'

const endingSignals = ['SIGINT', 'SIGTERM'] as const

try {
  const config = loadConfig(process.env)
  const log = createLogger(config.logLevel)
  const servers = await provideServers(config, line => log.info(line))
  try {
    const service = await startService(servers, log)
    log.info(`listening on ${service.url}, documentation at ${service.url}/docs`)
    const { close } = closeWithGrace(
      { delay: shutdownMs, logger: log, skip: [...endingSignals] },
      async ({ signal, err }) => {
        if (err) log.fatal({ err }, 'closing after an unexpected error')
        else if (signal) log.info(`closing on ${signal}`)
        try {
          await service.close()
        } finally {
          await servers.stop()
        }
      },
    )
    endOnce(close, log)
  } catch (fault) {
    await servers.stop()
    throw fault
  }
} catch (fault) {
  for (const line of startFaultLines(fault)) process.stderr.write(`contact-import: ${line}\n`)
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
