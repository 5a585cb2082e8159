/**
 * Publishes events once more out of the outbox, when the broker's stream was wiped or lost:
 * `npm run -s events:republish -- --since 2026-01-01T00:00:00Z [--import ID]`.
 */
import { parseArgs } from 'node:util'
import { loadConfig, processEnvironment } from '../config.ts'
import { provideServers } from '../embedded/embedded-servers.ts'
import { findRunningServers } from '../embedded/running-servers.ts'
import { type RepublishOptions, republish } from '../events/republish.ts'
import { createLogger } from '../log.ts'
import { startFaultLines } from '../start-faults.ts'
import { openOrm } from '../storage/open-orm.ts'
import { eventChannel } from '../storage/outbox/outbox.ts'
import { refuseUnfitDatabase } from '../storage/postgres/database-check.ts'
import { openNotifications } from '../storage/postgres/notifications.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'

const usage = 'usage: npm run -s events:republish -- --since 2026-01-01T00:00:00Z [--import ID]'

class UsageError extends Error {}

const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

function readWanted(args: readonly string[]): RepublishOptions['wanted'] {
  const { values } = parseArgs({
    args: [...args],
    options: { since: { type: 'string' }, import: { type: 'string' } },
  })
  const { since = '', import: importId } = values
  if (!instant.test(since) || Number.isNaN(Date.parse(since))) {
    throw new UsageError(`--since must be a time as 2026-01-01T00:00:00Z\n${usage}`)
  }
  if (importId !== undefined && !uuid.test(importId)) {
    throw new UsageError(`--import must be the id of an import\n${usage}`)
  }
  return { since: new Date(since), importId }
}

async function run(args: readonly string[]): Promise<void> {
  const wanted = readWanted(args)
  const config = loadConfig(processEnvironment())
  // A service that runs on embedded servers relays by itself.
  const running = config.databaseUrl === undefined ? findRunningServers(config.dataDir) : undefined
  const servers = running?.databaseUrl
    ? { databaseUrl: running.databaseUrl, natsUrl: undefined, stop: async () => {} }
    : await provideServers(config, line => console.error(line))
  try {
    if (!running && servers.natsUrl === undefined) {
      throw new UsageError('there is no broker to publish to: set NATS_URL')
    }
    const { databaseUrl, natsUrl } = servers
    const events = await republishOn({ databaseUrl, natsUrl, config, wanted })
    console.log(`${events} events published again`)
  } finally {
    await servers.stop()
  }
}

async function republishOn(
  options: Pick<RepublishOptions, 'databaseUrl' | 'natsUrl' | 'config' | 'wanted'>,
): Promise<number> {
  const { databaseUrl } = options
  const log = createLogger('warn', process.stderr)
  const orm = await openOrm(databaseUrl, { applicationName: 'contact-import republish' })
  try {
    await refuseUnfitDatabase(sqlOf(orm.em.fork()))
    const notifications = await openNotifications(databaseUrl, [eventChannel], error =>
      log.warn({ err: error }, 'listening for notifications was interrupted'),
    )
    try {
      return await republish({ ...options, orm, notifications, log, onProgress: showProgress })
    } finally {
      await notifications.close()
    }
  } finally {
    await orm.close()
  }
}

function showProgress(left: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u{1b}[K${left > 0 ? `${left} to go` : ''}`)
}

/** The faults that a person at the terminal can correct, in one line each. */
function describeFault(error: unknown): string {
  if (error instanceof UsageError) return error.message
  const { code, message } = error as Error & { code?: string }
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message}\n${usage}`
  return startFaultLines(error).join('\n')
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(describeFault(error))
  process.exitCode = 1
}
