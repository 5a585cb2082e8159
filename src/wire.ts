/** Builds the service out of its parts: the one place that knows all of them. */
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { Closing } from './closing.ts'
import type { Config } from './config.ts'
import { assignContacts } from './contacts/assign-contacts.ts'
import { TenantCatalogues } from './contacts/field-catalogues.ts'
import { createContactService } from './contacts/index.ts'
import { fieldRemovalKind, removeFieldStep } from './contacts/remove-field.ts'
import type { Readiness } from './contracts/services.ts'
import { armCrashpoints } from './crashpoints.ts'
import type { Servers } from './embedded/embedded-servers.ts'
import { type Relay, type RelayOptions, startRelay } from './events/outbox-relay.ts'
import { startOutboxUpkeep } from './events/outbox-upkeep.ts'
import { buildApp } from './http/app.ts'
import { createVerifier } from './http/auth.ts'
import { createDeletionStep, deletionKind } from './imports/delete-import.ts'
import { createImportService } from './imports/index.ts'
import { IssueSheets } from './imports/issue-sheet/issue-sheets.ts'
import { createImportThreads, createImportWork } from './imports/run/import-work.ts'
import { openScratch } from './imports/scratch.ts'
import { StoredRows } from './imports/stored-rows/stored-rows.ts'
import { Inspector } from './imports/upload/inspection.ts'
import { startRunner } from './jobs/runner.ts'
import { createStepWork } from './jobs/step-work.ts'
import { createLogger } from './log.ts'
import { builtInFields } from './mapping/built-in-fields.ts'
import { createFieldCatalogue } from './mapping/field-catalogue.ts'
import { createMetrics } from './metrics.ts'
import { assignmentKind } from './storage/contacts/assignments.ts'
import { customFieldChannel } from './storage/contacts/custom-fields.ts'
import { type FileStoreChoice, openFileStore } from './storage/files/file-store.ts'
import { queueChannel } from './storage/jobs/claims.ts'
import { openEngineOrm, openRequestOrm } from './storage/open-orm.ts'
import { eventChannel } from './storage/outbox/outbox.ts'
import { migrate, refuseOtherSchema } from './storage/postgres/migrate.ts'
import { openNotifications } from './storage/postgres/notifications.ts'
import type { Orm } from './storage/postgres/orm.ts'
import { sqlOf } from './storage/postgres/orm-sql.ts'

/** Where uploaded files are kept, for this process and its threads. */
const fileStore: FileStoreChoice = { driver: 'postgres' }

export interface Service {
  /** where the API listens, with the port in force */
  readonly url: string
  /** Is not ready any more and goes on serving, so that proxies send requests elsewhere before it closes. */
  announceEnd(): void
  /** Claims no more, finishes batches in hand, gives leases back, closes everything it opened. */
  close(): Promise<void>
}

/** Migrates, wires and listens. `servers` are not its own: they outlive it. */
export async function startService(
  { config, databaseUrl, natsUrl }: Pick<Servers, 'config' | 'databaseUrl' | 'natsUrl'>,
  log: Logger = createLogger(config.logLevel),
): Promise<Service> {
  const closing = new Closing(log)
  armCrashpoints(config.crashOrder)
  try {
    const lines = { tell: (line: string) => log.info(line), warn: (line: string) => log.warn(line) }
    await (config.migratesOnStart ? migrate : refuseOtherSchema)(databaseUrl, lines)
    const { engine, ...context } = await openParts({ config, databaseUrl, log, closing })
    const inspector = new Inspector(context.scratch.directory, config.defaultRegion)
    closing.addResource('inspecting threads', () => inspector.close())
    const storedRows = new StoredRows(context)
    closing.addResource('threads that read rows', () => storedRows.close())
    const issueSheets = new IssueSheets(context)
    closing.addResource('threads that write sheets', () => issueSheets.close())
    const relay =
      config.role === 'api'
        ? undefined
        : startEvents({ ...context, orm: engine, databaseUrl, natsUrl, closing })
    const app = await buildApp({
      imports: createImportService(context, { inspector, issueSheets, storedRows }),
      contacts: createContactService(context),
      readiness: readinessOf(engine, closing),
      metrics: createMetrics({ orm: engine, relay }),
      servesApi: config.role !== 'worker',
      auth: createVerifier(config.auth),
      logger: log,
      limits: { uploadBytesMax: config.uploadBytesMax },
    })
    closing.addWork('server', () => app.close())
    await app.listen({ host: config.host, port: config.port })
    // Not before: a process that cannot listen must claim nothing.
    if (config.role !== 'api') {
      const threads = createImportThreads()
      closing.addResource('importing threads', () => threads.close())
      const imports = createImportWork({ ...context, orm: engine, databaseUrl, fileStore, threads })
      const jobs = createStepWork(
        { ...context, orm: engine },
        {
          [deletionKind]: createDeletionStep(context),
          [assignmentKind]: assignContacts,
          [fieldRemovalKind]: removeFieldStep,
        },
      )
      const runner = startRunner([imports, jobs], { ...context, leaseMs: config.leaseMs })
      closing.addWork('runner', () => runner.stop())
    }
    return {
      url: urlOf(config, app.server.address() as AddressInfo),
      announceEnd: () => closing.announce(),
      close: () => closing.run(),
    }
  } catch (error) {
    // What did not close stands in the log; the caller is told why the service did not start.
    await closing.run().catch(() => {})
    throw error
  }
}

interface PartOptions extends Pick<Servers, 'config' | 'databaseUrl'> {
  readonly log: Logger
  readonly closing: Closing
}

/** Opens all that the services work with; `engine` are the connections that requests cannot take. */
async function openParts({ config, databaseUrl, log, closing }: PartOptions) {
  const orm = await openRequestOrm(databaseUrl)
  closing.addResource('connections of requests', () => orm.close())
  const engine = await openEngineOrm(databaseUrl, config.jobsRunningPerProcess)
  closing.addResource('connections of the engine', () => engine.close())
  const scratch = await openScratch(config.scratchDir)
  closing.addResource('scratch folder', () => scratch.close())
  const tellFault = (err: unknown) =>
    log.warn({ err }, 'listening for notifications was interrupted; it is taken up again')
  const notifications = await openNotifications(
    databaseUrl,
    [queueChannel, eventChannel, customFieldChannel],
    tellFault,
  )
  closing.addResource('notifications', () => notifications.close())
  const fields = new TenantCatalogues(createFieldCatalogue(builtInFields), orm, notifications)
  const files = openFileStore(fileStore)
  return { orm, engine, fields, files, notifications, scratch, config, log }
}

interface EventParts extends Omit<RelayOptions, 'natsUrl' | 'config'> {
  readonly natsUrl: string | undefined
  readonly config: Config
  readonly closing: Closing
}

/** The upkeep of the outbox goes on always; without a broker nothing is relayed. */
function startEvents({ natsUrl, config, closing, ...parts }: EventParts): Relay | undefined {
  const retention = { hours: config.eventRetentionHours, withoutBroker: natsUrl === undefined }
  const upkeep = startOutboxUpkeep({ ...parts, retention })
  closing.addWork('upkeep of events', () => upkeep.stop())
  if (natsUrl === undefined) return undefined
  const relay = startRelay({ natsUrl, config, ...parts })
  closing.addWork('relay', () => relay.stop())
  return relay
}

function urlOf(config: Config, { port }: AddressInfo): string {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `http://${host}:${port}`
}

function readinessOf(orm: Orm, closing: Closing): Readiness {
  return {
    get ending() {
      return closing.announced
    },
    async check() {
      if (closing.announced) return { ready: false, reason: 'shutting down' }
      try {
        await sqlOf(orm.em.fork())('select 1')
        return { ready: true }
      } catch {
        return { ready: false, reason: 'PostgreSQL does not answer' }
      }
    },
  }
}
