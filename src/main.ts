/** The process: configuration → servers → service → signals. The only place that ends the process. */
import closeWithGrace from 'close-with-grace'
import { ConfigError, loadConfig } from './config.ts'
import { EmbeddedError } from './embedded/embedded-error.ts'
import { provideServers } from './embedded/embedded-servers.ts'
import { UnsafeRoleError } from './storage/role-check.ts'
import { createLogger, startService } from './wire.ts'

/** Batches in hand commit within seconds; after this the leases run out by themselves. */
const closeMs = 30_000

try {
  const config = loadConfig(process.env)
  const log = createLogger(config)
  const servers = await provideServers(config, line => log.info(line))
  try {
    const service = await startService(servers, log)
    log.info(`listening on ${service.url}, documentation at ${service.url}/docs`)
    closeWithGrace({ delay: closeMs, logger: false }, async ({ signal, err }) => {
      if (err) log.fatal({ err }, 'closing after an unexpected error')
      else log.info(`closing on ${signal}`)
      await service.close()
      await servers.stop()
    })
  } catch (fault) {
    await servers.stop()
    throw fault
  }
} catch (fault) {
  for (const line of faultLines(fault)) process.stderr.write(`contact-import: ${line}\n`)
  process.exit(1)
}

/** One line a fault for what an operator can correct; a stack for what only a developer can. */
function faultLines(fault: unknown): readonly string[] {
  if (fault instanceof ConfigError) return fault.faults
  if (fault instanceof EmbeddedError || fault instanceof UnsafeRoleError) return [fault.message]
  const { code, message, stack } = fault as NodeJS.ErrnoException
  return [code === undefined ? (stack ?? String(fault)) : `${message} (${code})`]
}
