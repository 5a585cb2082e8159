/** The process: configuration → servers → service → signals. The only place that ends the process. */
import closeWithGrace from 'close-with-grace'
import { type Config, loadConfig, processEnvironment } from './config.ts'
import { provideServers } from './embedded/embedded-servers.ts'
import { shutdownMs } from './limits.ts'
import { createLogger } from './log.ts'
import { startFaultLines } from './start-faults.ts'
import { version } from './version.ts'
import { type Service, startService } from './wire.ts'

const endingSignals = ['SIGINT', 'SIGTERM'] as const

try {
  const config = loadConfig(processEnvironment())
  const log = createLogger(config.logLevel)
  for (const line of config.warnings) log.warn(line)
  const servers = await provideServers(config, line => log.info(line))
  try {
    const service = await startService(servers, log)
    log.info(`contact-import ${version} listening on ${describeAddress(service, config)}`)
    const { close } = closeWithGrace(
      { delay: shutdownMs, logger: log, skip: [...endingSignals] },
      async ({ err }) => {
        if (err) log.fatal({ err }, 'closing after an unexpected error')
        try {
          await service.close()
        } finally {
          await servers.stop()
        }
      },
    )
    onFirstSignal(signal => {
      const { shutdownDelayMs } = config
      const delay = shutdownDelayMs > 0 ? `, serving for ${shutdownDelayMs} ms more` : ''
      log.info(`closing on ${signal}${delay}`)
      service.announceEnd()
      setTimeout(close, shutdownDelayMs)
    })
  } catch (fault) {
    await servers.stop()
    throw fault
  }
} catch (fault) {
  for (const line of startFaultLines(fault)) process.stderr.write(`contact-import: ${line}\n`)
  process.exit(1)
}

/** A worker serves no API, and so no documentation of it. */
function describeAddress({ url }: Service, { role }: Config): string {
  return role === 'worker' ? url : `${url}, documentation at ${url}/docs`
}

/** Below npm a signal of the terminal comes twice: the second must not break off what the first began. */
function onFirstSignal(end: (signal: string) => void): void {
  let isEnding = false
  for (const signal of endingSignals) {
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      end(signal)
    })
  }
}
