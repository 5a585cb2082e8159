/**
 * Owns the servers of one run of the suite, as a process of its own: `node keep-servers.ts OWNER_PID FOLDER`. Starts
 * them, writes their addresses into FOLDER/servers.json, and stops them when told to or when the owner is gone.
 */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type EmbeddedNats, findNatsServer, startNats } from '../../src/embedded/nats.ts'
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { startMarkOf } from '../../src/embedded/process-table.ts'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { templateName, urlOfDatabase } from './database-url.ts'
import { removeOldEvidence, type SharedServers } from './run-folder.ts'
import { startTestPostgres } from './test-postgres.ts'

/** Crashes of the machine need not be survived here; tests of crashes start servers of their own. */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
}

const tuning = { shared_buffers: '128MB', max_connections: '200' }

const [ownerPid, folder] = [Number(process.argv[2]), process.argv[3]!]
const ownerMark = startMarkOf(ownerPid)
let isToldToStop = false
process.once('SIGTERM', () => {
  isToldToStop = true
})
await keepServers()

async function keepServers(): Promise<void> {
  let postgres: EmbeddedPostgres | undefined
  let nats: EmbeddedNats | undefined
  try {
    removeOldEvidence()
    const log = (line: string) => console.log(line)
    postgres = await startTestPostgres({ dataDir: join(folder, 'postgres'), settings, tuning, log })
    if (findNatsServer()) nats = await startNats({ storeDir: join(folder, 'nats'), log })
    await makeTemplate(postgres)
    publish({
      keeperPid: process.pid,
      postgres: { url: postgres.url, adminUrl: postgres.adminUrl },
      nats: nats && { url: nats.url },
    })
    await waitForEndOfRun()
    await Promise.all([postgres.stop(), nats?.stop()])
  } catch (fault) {
    console.error(fault)
    await Promise.all([postgres?.stop(), nats?.stop()])
    writeFileSync(join(folder, 'failed.txt'), (fault as Error).message)
    await waitForEndOfRun()
  } finally {
    const isEvidenceKept = existsSync(join(folder, 'kept')) && readdirSync(join(folder, 'kept'))[0]
    if (!isEvidenceKept) rmSync(folder, { recursive: true, force: true })
  }
}

/** The migrated database that each test file's own is a copy of. */
async function makeTemplate({ url, adminUrl }: EmbeddedPostgres): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`create database ${templateName} owner contact_import`)
    await migrate(urlOfDatabase(url, templateName))
    await client.query(`alter database ${templateName} is_template true allow_connections false`)
  } finally {
    await client.end()
  }
}

function publish(servers: SharedServers): void {
  const path = join(folder, 'servers.json')
  writeFileSync(`${path}.new`, JSON.stringify(servers), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

async function waitForEndOfRun(): Promise<void> {
  while (!isToldToStop && startMarkOf(ownerPid) === ownerMark) await sleep(200)
}
