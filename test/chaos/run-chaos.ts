/**
 * `npm run chaos -- --kills 1000 --seed 7 [--lease 10000] [--pause 500]`: two service processes on servers of
 * their own, killed until enough; then every import is checked and the result appended to docs/reliability.md.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type EmbeddedNats, startNats } from '../../src/embedded/nats.ts'
import { type EmbeddedPostgres, startPostgres } from '../../src/embedded/postgres.ts'
import { migrate } from '../../src/storage/postgres/migrate.ts'
import { urlOfDatabase } from '../support/database-url.ts'
import { createFleet } from '../support/fleet.ts'
import { findFaults, installAudit } from '../support/ledger-checker.ts'
import { writeMessySheet } from '../support/messy-sheet.ts'
import type { Owner } from '../support/own-servers.ts'
import { queryOnce } from '../support/query.ts'
import { FleetUnderFire } from './fleet-under-fire.ts'
import { conductRun } from './long-run.ts'
import { measureRecoveries } from './recovery.ts'
import { appendReport } from './report.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    lease: { type: 'string', default: '1000' },
    pause: { type: 'string', default: '500' },
    page: { type: 'string', default: join(import.meta.dirname, '../../docs/reliability.md') },
  },
})
const [kills, seed, leaseMs, pauseMs] = [values.kills, values.seed, values.lease, values.pause].map(
  Number,
)

await conductRun(runChaos)

async function runChaos(owner: Owner): Promise<boolean> {
  console.log(`kills ${kills}, seed ${seed}, lease ${leaseMs} ms`)
  const folder = mkdtempSync(join(tmpdir(), 'contact-import-chaos-'))
  owner.teardown(() => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  const servers = await startServers(owner, folder)
  const adminUrl = urlOfDatabase(servers.postgres.adminUrl, 'contact_import')
  await migrate(servers.postgres.url)
  await installAudit(adminUrl)
  const begun = performance.now()
  const fire = new FleetUnderFire({
    fleet: createFleet(owner, {
      databaseUrl: servers.postgres.url,
      scratchDir: folder,
      env: { NATS_URL: servers.nats.url, LEASE_MS: String(leaseMs) },
    }),
    adminUrl,
    paths: [
      await writeMessySheet(join(folder, 'krótki.xlsx'), 1_500, 1),
      await writeMessySheet(join(folder, 'długi.xlsx'), 20_000, 2),
    ],
    seed: seed!,
    kills: kills!,
    pauseMs: pauseMs!,
    troubles: servers.troubles,
    log: console.log,
  })
  await fire.run()
  const faults = [
    ...fire.faults,
    ...(await findFaults(adminUrl)),
    ...(await findUnpublished(adminUrl)),
  ]
  appendReport(values.page, {
    command: `npm run chaos -- --kills ${kills} --seed ${seed} --lease ${leaseMs} --pause ${pauseMs}`,
    minutes: (performance.now() - begun) / 60_000,
    counts: fire.counts,
    recoveriesMs: (await measureRecoveries(adminUrl, fire.kills)).map(({ ms }) => ms),
    cancelsMs: fire.cancelsMs,
    faults,
  })
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults, seed ${seed}`)
  return faults.length === 0
}

/** Servers that survive their own crashes, and the ways to crash them. */
async function startServers(owner: Owner, folder: string) {
  const dataDir = join(folder, 'postgres')
  for (const each of ['postgres', 'nats']) mkdirSync(join(folder, each))
  const running: { postgres: EmbeddedPostgres; nats: EmbeddedNats } = {
    postgres: await startPostgres({ dataDir, settings: { shared_buffers: '64MB' } }),
    nats: await startNats({ storeDir: join(folder, 'nats') }),
  }
  owner.teardown(() => Promise.all([running.postgres.stop(), running.nats.stop()]))
  const { port, url, adminUrl } = running.postgres
  const natsPort = running.nats.port
  return {
    postgres: { url, adminUrl },
    nats: { url: running.nats.url },
    troubles: {
      'PostgreSQL stopped at once and started': async () => {
        running.postgres.kill('SIGQUIT')
        await running.postgres.waitForExit()
        running.postgres = await startPostgres({
          dataDir,
          port,
          settings: { shared_buffers: '64MB' },
        })
      },
      'nats-server killed and started': async () => {
        running.nats.kill('SIGKILL')
        await running.nats.waitForExit()
        await sleep(500)
        running.nats = await startNats({ storeDir: join(folder, 'nats'), port: natsPort })
      },
    },
  }
}

/** Events wait for the broker for a while only. */
async function findUnpublished(adminUrl: string): Promise<string[]> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const [row] = await queryOnce(
      adminUrl,
      'select count(*)::int as waiting from outbox where published_at is null',
    )
    if (row!.waiting === 0) return []
    if (performance.now() > deadline) return [`${row!.waiting} events were not published`]
    await sleep(200)
  }
}
