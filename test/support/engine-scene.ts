/** Owns the stage of tests that harm running imports: a database with an audit, a fleet, a sheet, a reference run. */
import { join } from 'node:path'
import type { Test } from 'tap'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { createFleet, type Fleet, type Member } from './fleet.ts'
import { findDifferences, findFaults, installAudit } from './ledger-checker.ts'
import { messyColumns, writeMessySheet } from './messy-sheet.ts'
import { findMiscounts } from './outcome-reader.ts'
import { queryOnce } from './query.ts'
import { makeScratchFolder } from './scratch-folder.ts'
import { isCompleted } from './test-api.ts'

export interface SceneOptions {
  rows?: number
  env?: Record<string, string>
  /** the database, when it is not one of the shared server */
  database?: Pick<TestDatabase, 'url' | 'adminUrl'>
}

export interface Scene {
  fleet: Fleet
  /** takes calls and runs nothing */
  front: Member
  database: Pick<TestDatabase, 'url' | 'adminUrl'>
  path: string
  scratchDir: string
  /** Uploads the sheet, maps and starts it. */
  begin(): Promise<string>
  /** Waits until some rows are in and some are not. */
  waitForMiddle(id: string): Promise<void>
  /** Waits for the end and compares with the reference; gives every fault found, none is wanted. */
  faultsAtEnd(id: string): Promise<string[]>
}

export async function setEngineScene(t: Test, options: SceneOptions = {}): Promise<Scene> {
  const database = options.database ?? (await createTestDatabase(t))
  await installAudit(database.adminUrl)
  const scratchDir = makeScratchFolder(t)
  const fleet = createFleet(t, {
    databaseUrl: database.url,
    scratchDir,
    ...(options.env && { env: options.env }),
  })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), options.rows ?? 8_000)
  const [front, worker] = await Promise.all([
    fleet.start({ ROLE: 'api' }),
    fleet.start({ ROLE: 'worker' }),
  ])
  const begin = async () => {
    const { id } = await front.upload(path)
    await front.mapAndStart(id, { columns: messyColumns })
    return id
  }
  const referenceId = await begin()
  await front.waitFor(referenceId, isCompleted)
  await worker.kill('SIGTERM')
  return {
    fleet,
    front,
    database,
    path,
    scratchDir,
    begin,
    async waitForMiddle(id) {
      const { rows } = await front.waitFor(id, ({ rows }) => rows.processed > 0)
      if (rows.remaining === 0) throw new Error('the import was over before it could be harmed')
    },
    async faultsAtEnd(id) {
      await front.waitFor(id, isCompleted)
      return [
        ...(await findDifferences(database.adminUrl, id, referenceId)),
        ...(await findFaults(database.adminUrl)),
        ...(await findMiscounts(front, id)),
      ]
    },
  }
}

/** The committed changes of an import, oldest first. */
export function changesOf(adminUrl: string, importId: string) {
  return queryOnce(
    adminUrl,
    'select id, status, epoch, owner, next_row, at from audit.changes where import_id = $1 order by id',
    [importId],
  )
}
