/**
 * Two processes, eight kills at random times and at crash points: no row lost, none doubled. `npm run chaos` does the
 * same for hours.
 */
import { join } from 'node:path'
import t from 'tap'
import { FleetUnderFire } from '../chaos/fleet-under-fire.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet } from '../support/fleet.ts'
import { findFaults, installAudit } from '../support/ledger-checker.ts'
import { writeMessySheet } from '../support/messy-sheet.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'

t.test('eight kills lose and repeat no row', async t => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  t.comment(`seed ${seed}: SEED=${seed} tap test/process/random-kills.test.ts`)
  const { url, adminUrl } = await createTestDatabase(t)
  await installAudit(adminUrl)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir: makeScratchFolder(t) })
  const folder = t.testdir()
  const paths = await Promise.all([
    writeMessySheet(join(folder, 'krótki.xlsx'), 1_500, 1),
    writeMessySheet(join(folder, 'długi.xlsx'), 10_000, 2),
  ])
  const fire = new FleetUnderFire({ fleet, adminUrl, paths, seed, kills: 8, pauseMs: 300 })
  await fire.run()
  t.comment(JSON.stringify(fire.counts))
  t.strictSame(fire.faults, [])
  t.strictSame(await findFaults(adminUrl), [])
  t.ok(fire.counts.completed >= 1, 'an import came through')
})
