/** Validations whose worker dies, hangs or is told to end: another one goes on, and the ledger is that of the import. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Import } from '../../src/contracts/import.ts'
import type { Crashpoint } from '../../src/crashpoints.ts'
import { createTestDatabase } from '../support/database.ts'
import { createFleet, type MemberStart } from '../support/fleet.ts'
import { findFaults, installAudit } from '../support/ledger-checker.ts'
import { messyColumns, writeMessySheet } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted } from '../support/test-api.ts'

const { url, adminUrl } = await createTestDatabase(t)
await installAudit(adminUrl)
const fleet = createFleet(t, { databaseUrl: url, scratchDir: makeScratchFolder(t) })
const path = await writeMessySheet(join(t.testdir(), 'kontakty.xlsx'), 2_000)
/** Takes calls and runs nothing. */
const front = await fleet.start({ ROLE: 'api' })

async function mapped(): Promise<string> {
  const { id } = await front.upload(path)
  const body = { headerRow: true, columns: messyColumns }
  const { status } = await front.call('PUT', `/imports/${id}/mapping`, { body })
  if (status !== 200) throw new Error(`the mapping was answered ${status}`)
  return id
}

const validate = (id: string) => front.call<Import>('POST', `/imports/${id}/validate`)
const isOver = ({ validation }: Import) =>
  validation!.status === 'completed' || validation!.status === 'failed'

/** What a validation found, told by its tables. */
async function foundBy(id: string) {
  const [found] = await queryOnce(
    adminUrl,
    `select v.status, v.rows_created, v.rows_skipped, v.rows_rejected, v.findings_repaired, v.findings_noted,
      v.findings_blanked, i.next_row as "importRow", i.status as import,
      (select jsonb_agg(array[f.code, f.outcome, f.count::text, f.cells::text]
        order by f.column_number, f.code, f.outcome)
        from findings f where f.import_id = v.import_id and f.run = 'validation') as findings,
      (select jsonb_agg(array[r.row_number::text, r.code, r.outcome, r.value] order by r.row_number, r.column_number)
        from validation_issues r where r.import_id = v.import_id) as issues
    from validations v join imports i on i.id = v.import_id where v.import_id = $1`,
    [id],
  )
  return found!
}

async function diesAt(t: Test, doomed: MemberStart, point: Crashpoint): Promise<void> {
  t.equal(await doomed.ended, 'SIGKILL', `dies at ${point}`)
  t.ok(doomed.lines.includes(`crash point ${point}`), `says ${point}`)
}

/** What nobody disturbed, and what the import makes of the same rows. */
const reference = await (async () => {
  const worker = await fleet.start({ ROLE: 'worker' })
  const id = await mapped()
  await validate(id)
  const { validation } = await front.waitFor(id, isOver)
  const found = await foundBy(id)
  await front.call('POST', `/imports/${id}/start`)
  const { rows, findings } = await front.waitFor(id, isCompleted)
  await worker.kill('SIGTERM')
  const foretold = { rows: validation!.rows, findings: validation!.findings }
  return { found, foretold, came: { rows, findings } }
})()

t.test('what it foretells is what comes in', async t => {
  t.strictSame(reference.foretold, reference.came)
})

/** Points that a validation passes, and which passing of each is met. */
const points: [Crashpoint, number][] = [
  ['after-claim-before-commit', 1],
  ['after-claim-before-thread', 1],
  ['after-fetch-before-rows', 1],
  ['after-copy-before-insert', 2],
  ['after-insert-before-fence', 3],
  ['after-fence-before-commit', 3],
  ['after-batch-commit', 3],
  ['after-completion-before-commit', 1],
  ['after-completion-before-hand-back', 1],
]

t.test('its worker dies at each point of a run', async t => {
  const ids: string[] = []
  for (const [point, passing] of points) {
    const id = await mapped()
    const doomed = fleet.launch({ ROLE: 'worker', CRASH_AT: `${point}#${passing}@${id}` })
    await validate(id)
    await diesAt(t, doomed, point)
    ids.push(id)
  }
  const heir = await fleet.start({ ROLE: 'worker' })
  for (const id of ids) {
    t.equal((await front.waitFor(id, isOver)).validation!.status, 'completed')
    t.strictSame(await foundBy(id), reference.found)
  }
  t.strictSame(await findFaults(adminUrl), [])
  await heir.kill('SIGTERM')
})

t.test('a worker that is told to end hands it back, and the next goes on at once', async t => {
  const slow = { ROLE: 'worker', LEASE_MS: '30000', BATCH_ROWS_MAX: '5' }
  const first = await fleet.start(slow)
  const id = await mapped()
  await validate(id)
  await front.waitFor(id, ({ validation }) => validation!.rows.processed > 50)
  const begun = performance.now()
  t.equal(await first.kill('SIGTERM'), 0)
  const [state] = await queryOnce(
    adminUrl,
    'select status, owner, crashes from validations where import_id = $1',
    [id],
  )
  t.strictSame(state, { status: 'running', owner: null, crashes: 0 })
  const second = await fleet.start({ ...slow, BATCH_ROWS_MAX: '1000' })
  await front.waitFor(id, isOver)
  t.ok(performance.now() - begun < 25_000, 'no lease was waited for')
  t.strictSame(await foundBy(id), reference.found)
  await second.kill('SIGTERM')
})

t.test(
  'one that kills its worker each time fails, and its import can still be started',
  async t => {
    const id = await mapped()
    const order = { ROLE: 'worker', CRASH_AT: `after-fetch-before-rows@${id}` }
    let deaths = 0
    await validate(id)
    for (
      ;
      (await front.call<Import>('GET', `/imports/${id}`)).body.validation!.status !== 'failed';
    ) {
      const doomed = fleet.launch(order)
      const failed = front.waitFor(id, isOver).then(() => 'over')
      if ((await Promise.race([doomed.ended, failed])) === 'SIGKILL') deaths += 1
      else doomed.child.kill('SIGKILL')
      await doomed.ended
    }
    t.equal(deaths, 3)
    const { body: failed } = await front.call<Import>('GET', `/imports/${id}`)
    t.match(failed, { status: 'mapped', validation: { failure: { code: 'import-poisoned' } } })
    const heir = await fleet.start({ ROLE: 'worker' })
    await validate(id)
    t.equal((await front.waitFor(id, isOver)).validation!.status, 'completed')
    t.strictSame(await foundBy(id), reference.found)
    await front.call('POST', `/imports/${id}/start`)
    t.match(await front.waitFor(id, isCompleted), { rows: { remaining: 0 } })
    t.strictSame(await findFaults(adminUrl), [])
    await heir.kill('SIGTERM')
  },
)
