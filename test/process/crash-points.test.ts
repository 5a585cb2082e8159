/** Dies once at every crash point there is; each time the next process makes good what was left. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import { type Crashpoint, crashpoints } from '../../src/crashpoints.ts'
import { writeCorrectedSheet } from '../support/corrected-sheet.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type Fleet, type Member, type MemberStart } from '../support/fleet.ts'
import { findDifferences, findFaults, installAudit } from '../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { findMiscounts } from '../support/outcome-reader.ts'
import { correctedLongRows, faultyColumns, writeLongFaultySheet } from '../support/repairs.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted } from '../support/test-api.ts'

const rows = 1_000
const killedAt = new Set<Crashpoint>()
const scene = await setScene(t)
const { fleet, front, adminUrl, path, referenceId } = scene

interface Scene {
  fleet: Fleet
  /** takes uploads and starts, never dies */
  front: Member
  adminUrl: string
  path: string
  scratchDir: string
  referenceId: string
}

/** Points that an import passes on its way to completion, and which passing of each is the last one. */
const runPoints: [Crashpoint, number][] = [
  ['after-claim-before-commit', 1],
  ['after-claim-before-thread', 1],
  ['after-fetch-before-rows', 1],
  ['after-copy-before-insert', 3],
  ['after-insert-before-fence', 3],
  ['after-fence-before-commit', 3],
  ['after-batch-commit', 3],
  ['after-completion-before-commit', 1],
  ['after-completion-before-hand-back', 1],
]

t.test('a worker dies at each point of a run', async t => {
  const ids: string[] = []
  for (const [point, passing] of runPoints) {
    const { id } = await front.upload(path)
    const doomed = fleet.launch({ ROLE: 'worker', CRASH_AT: `${point}#${passing}@${id}` })
    await front.mapAndStart(id, { columns: messyColumns })
    await diesAt(t, doomed, point)
    ids.push(id)
  }
  const heir = await fleet.start({ ROLE: 'worker' })
  for (const id of ids) {
    const { rows: ledger } = await front.waitFor(id, isCompleted)
    t.equal(ledger.created + ledger.skipped + ledger.rejected, rows)
    t.strictSame(await findDifferences(adminUrl, id, referenceId), [])
  }
  t.strictSame(await findFaults(adminUrl), [])
  await heir.kill('SIGTERM')
})

t.test('a worker that is told to stop dies before it gives its lease back', async t => {
  const { id } = await front.upload(path)
  // The batches go slowly enough for the signal to come between two.
  const slow = { BATCH_ROWS_MAX: '10' }
  const doomed = fleet.launch({ ...slow, ROLE: 'worker', CRASH_AT: `before-lease-release@${id}` })
  await front.mapAndStart(id, { columns: messyColumns })
  await front.waitFor(id, ({ rows }) => rows.processed > 0)
  doomed.child.kill('SIGTERM')
  await diesAt(t, doomed, 'before-lease-release')
  const heir = await fleet.start({ ROLE: 'worker' })
  await front.waitFor(id, isCompleted)
  t.strictSame(await findDifferences(adminUrl, id, referenceId), [])
  t.strictSame(await findFaults(adminUrl), [])
  await heir.kill('SIGTERM')
})

t.test('a server dies at each point of a call', async t => {
  const before = await countImports()
  for (const point of [
    'after-spool-before-inspection',
    'after-file-before-commit',
    'after-upload-before-answer',
  ] as const) {
    const doomed = fleet.launch({ ROLE: 'api', CRASH_AT: point })
    const headers = { 'idempotency-key': point }
    await t.rejects((await doomed.listening).upload(path, { headers }))
    await diesAt(t, doomed, point)
    const kept = await front.upload(path, { headers })
    t.equal(kept.status, 'uploaded', 'the same upload is possible again, and is one import')
  }
  t.equal((await countImports()) - before, 3)

  const { id } = await front.upload(path)
  const doomed = fleet.launch({ ROLE: 'api', CRASH_AT: `after-change-before-commit@${id}` })
  const member = await doomed.listening
  await t.rejects(member.mapAndStart(id, { columns: messyColumns }))
  await diesAt(t, doomed, 'after-change-before-commit')
  t.equal((await front.call<{ status: string }>('GET', `/imports/${id}`)).body.status, 'mapped')
  t.strictSame(await findFaults(adminUrl), [])
  const last = await fleet.start({ ROLE: 'api' })
  await last.kill('SIGTERM')
  t.equal(readdirSync(scene.scratchDir).length, 1, 'only the folder of the living front is left')
})

t.test('a purge dies at each of its points', async t => {
  let worker = await fleet.start({ ROLE: 'worker' })
  for (const point of [
    'after-job-fence-before-commit',
    'after-job-step',
    'after-deletion-before-commit',
  ] as const) {
    const { id } = await front.upload(path)
    await front.mapAndStart(id, { columns: messyColumns })
    await front.waitFor(id, isCompleted)
    await worker.kill()
    const doomed = fleet.launch({ ROLE: 'worker', CRASH_AT: `${point}@${id}` })
    await front.call('DELETE', `/imports/${id}`)
    await diesAt(t, doomed, point)
    worker = await fleet.start({ ROLE: 'worker' })
    while ((await front.call('GET', `/imports/${id}`)).status !== 404) await sleep(50)
  }
  t.strictSame(await findFaults(adminUrl), [])
  await worker.kill('SIGTERM')
})

t.test('a worker dies at each point of a correction', async t => {
  const listed = 60
  const folder = t.testdir()
  const list = await writeLongFaultySheet(join(folder, 'lista.xlsx'), listed)
  const file = join(folder, 'poprawki.xlsx')
  let worker = await fleet.start({ ROLE: 'worker' })
  for (const [point, passing] of [
    ['after-claim-before-thread', 1],
    ['after-fetch-before-rows', 1],
    ['after-repair-before-fence', 2],
    ['after-fence-before-commit', 2],
    ['after-batch-commit', 2],
    ['after-completion-before-commit', 1],
    ['after-completion-before-hand-back', 1],
  ] as const) {
    const { id } = await front.upload(list)
    await front.mapAndStart(id, { columns: faultyColumns })
    const before = await front.waitFor(id, isCompleted)
    const rows = correctedLongRows(listed)
    const correction = await front.upload(writeCorrectedSheet(file, { corrects: id, rows }))
    t.equal(correction.kind, 'correction')
    await worker.kill()
    const doomed = fleet.launch({
      ROLE: 'worker',
      BATCH_ROWS_MAX: '7',
      CRASH_AT: `${point}#${passing}@${correction.id}`,
    })
    await front.call('POST', `/imports/${correction.id}/start`)
    await diesAt(t, doomed, point)
    worker = await fleet.start({ ROLE: 'worker', BATCH_ROWS_MAX: '7' })
    const done = await front.waitFor(correction.id, isCompleted)
    const { created, rejected } = before.rows
    t.match(done.rows, { created: rejected, updated: rows.length - rejected, skipped: 0 })
    const after = await front.call<Import>('GET', `/imports/${id}`)
    t.match(after.body.rows, { created: created + rejected, rejected: 0 })
    for (const each of [id, correction.id]) t.strictSame(await findMiscounts(front, each), [])
  }
  t.strictSame(await findFaults(adminUrl), [])
  await worker.kill('SIGTERM')
})

t.test('there is no crash point at which nothing was killed', async t => {
  t.strictSame([...killedAt].sort(), [...crashpoints].sort())
})

async function countImports(): Promise<number> {
  return (await front.call<{ items: unknown[] }>('GET', '/imports')).body.items.length
}

async function setScene(t: Test): Promise<Scene> {
  const { url, adminUrl } = await createTestDatabase(t)
  await installAudit(adminUrl)
  const scratchDir = makeScratchFolder(t)
  const fleet = createFleet(t, { databaseUrl: url, scratchDir })
  const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), rows)
  const [front, worker] = await Promise.all([
    fleet.start({ ROLE: 'api' }),
    fleet.start({ ROLE: 'worker' }),
  ])
  const reference = await front.upload(path)
  await front.mapAndStart(reference.id, { columns: messyColumns })
  await front.waitFor(reference.id, isCompleted)
  await worker.kill('SIGTERM')
  return { fleet, front, adminUrl, path, scratchDir, referenceId: reference.id }
}

async function diesAt(t: Test, doomed: MemberStart, point: Crashpoint): Promise<void> {
  t.equal(await doomed.ended, 'SIGKILL', `dies at ${point}`)
  t.ok(doomed.lines.includes(`crash point ${point}`), `says ${point}`)
  killedAt.add(point)
}
