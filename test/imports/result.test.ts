/** The result of a completed import, in its answers and events. */
import { join } from 'node:path'
import t from 'tap'
import type { Import, ImportPage } from '../../src/contracts/import.ts'
import { resultOf } from '../../src/contracts/import-snapshot.ts'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { isCompleted, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

const columns = [
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
]
const header = ['Nazwisko', 'Telefon']
const good = ['Kowalska', '501 234 567']
const bad = ['Nowak', '12']

t.test('a completed import tells how much of its sheet came in', async t => {
  const service = await startTestService(t)
  const folder = makeScratchFolder(t)
  const cases = [
    { result: 'all', rows: [good, good] },
    { result: 'some', rows: [good, bad] },
    { result: 'some', rows: [good, [], good] },
    { result: 'none', rows: [bad, [], bad] },
  ]
  for (const [at, { result, rows }] of cases.entries()) {
    const path = await writeSmallSheet(join(folder, `${at}.xlsx`), [header, ...rows])
    const uploaded = await service.upload(path)
    t.equal(uploaded.result, null)
    const queued = await service.mapAndStart(uploaded.id, { columns })
    t.equal(queued.result, null)
    const done = await service.waitFor(uploaded.id, isCompleted)
    t.equal(done.result, result, JSON.stringify(rows))
    const told = await queryOnce(
      service.database.adminUrl,
      `select event, payload->>'result' as result from outbox
      where import_id = $1 and event <> 'progress' order by seq`,
      [done.id],
    )
    t.strictSame(told, [
      { event: 'uploaded', result: null },
      { event: 'mapped', result: null },
      { event: 'queued', result: null },
      { event: 'started', result: null },
      { event: 'completed', result },
    ])
  }
  const { body } = await service.call<ImportPage>('GET', '/imports')
  t.strictSame(
    body.items.map(({ result }) => result),
    cases.map(({ result }) => result).reverse(),
  )
})

t.test('only a completed import has a result', async t => {
  const rows: Import['rows'] = {
    total: 2,
    processed: 2,
    created: 1,
    updated: 1,
    skipped: 0,
    rejected: 0,
    remaining: 0,
  }
  for (const status of ['uploaded', 'running', 'failed', 'cancelled', 'deleting'] as const) {
    t.equal(resultOf(status, rows), null, status)
  }
  t.equal(resultOf('completed', rows), 'all', 'an updated contact came in, too')
})
